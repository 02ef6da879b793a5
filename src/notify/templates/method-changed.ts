import { momentText } from '../../core/local-time.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

/** The mail that tells a payee of a change. `method` null: the mail address was changed. */
export function methodChangedMail(facts: {
  name: string;
  method: { words: string; usableFrom: Date | null } | null;
  url: string;
  now: Date;
  timezone: string | null;
}): MailWords {
  const { name, method, url, now, timezone } = facts;
  const what = method
    ? `Your payouts are set to go to ${method.words}${waiting(method.usableFrom, now, timezone)}.`
    : 'The e-mail address of your payouts was changed. Mail about them goes to the new one from now on.';
  return mailOf({
    subject: method ? 'Your payout method was changed' : 'The e-mail address of your payouts was changed',
    before: [`Hello ${name},`, what, 'If this was you, there is nothing to do.'],
    link: { label: 'This was not me', url },
    after: [
      'That page asks once more and then stops all your payouts until the platform that pays you has looked into it. You do not have to sign in.',
    ],
  });
}

function waiting(usableFrom: Date | null, now: Date, timezone: string | null): string {
  if (usableFrom === null || usableFrom <= now) return '';
  return `. For your safety nothing is paid to it before ${momentText(usableFrom, timezone)}`;
}
