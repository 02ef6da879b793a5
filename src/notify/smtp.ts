import { createTransport } from 'nodemailer';

/** How long the mail server may keep one mail waiting, per step: name, connection, greeting, answer. */
const waitMs = 5_000;

interface Letter {
  readonly publicId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Date;
}

/** Hands one mail to the mail server. */
export interface Mailer {
  /** Throws a MailError when it was not taken. */
  send(letter: Letter): Promise<void>;
}

/** A mail was not taken. The message names no address. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** `final`: this mail will never be taken. `later`: try this one again. `away`: the server takes none now. */
  readonly kind: 'final' | 'later' | 'away';
  constructor(kind: MailError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Sends through the server at `url` (`smtp://user:password@host:587`, or `smtps://`), one connection per mail. */
export function createMailer(settings: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url: settings.url,
    dnsTimeout: waitMs,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    // Bodies are text of ours; nothing in them may make the sender read files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ publicId, to, subject, text, html, createdAt }) => {
      try {
        await transport.sendMail({
          from: settings.from,
          // An object, as a text is split at commas into several addresses.
          to: { name: '', address: to },
          subject,
          text,
          html,
          date: createdAt,
          // The same for every try, so that a mail that arrives twice is recognised.
          messageId: `<${publicId}@${hostOf(settings.from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw mailErrorOf(error);
      }
    },
  };
}

function hostOf(from: string): string {
  return /@([^\s@<>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

/** About this mail alone: the receiver or the message was refused. Anything else says that the server takes none. */
const ofThisMail = new Set(['EENVELOPE', 'EMESSAGE']);

function mailErrorOf(error: unknown): MailError {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  const answer = responseCode === undefined ? '' : `, answered ${responseCode}`;
  if (!ofThisMail.has(code))
    return new MailError('away', `The mail server does not take mail now (${code}${answer}).`, {
      cause: error,
    });
  const isFinal = responseCode === undefined || responseCode >= 500;
  return new MailError(isFinal ? 'final' : 'later', `The mail server refused this mail (${code}${answer}).`, {
    cause: error,
  });
}
