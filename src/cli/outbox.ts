import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes } from './command.ts';
import { momentColumn } from './moment.ts';

/** Mails shown: those that somebody at the machine is waiting for are the newest. */
const shownMax = 20;

interface MailView {
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly status: string;
  readonly createdAt: string;
  readonly lastError: string | null;
}

/** `purser outbox`: what was mailed, with the links of mails that wait, for whoever sits at the machine. */
export const outbox: Command = {
  name: 'outbox',
  usage: '',
  summary: 'Shows recent mails, with the links of those that were not sent yet. That goes on record.',
  options: {},
  help: [],
  positionals: { min: 0, max: 0 },
  run: (io, values) =>
    withApi(io, async (api) => {
      const path = '/api/admin/outbox';
      const { data } = await call<{ data: MailView[] }>(api, 'GET', `${path}?limit=${shownMax}`);
      const shown = [];
      for (const mail of data) {
        // Only what still has a body is opened: each reading is an audit event.
        const whole =
          mail.status === 'waiting' || mail.status === 'given_up'
            ? await call<MailView & { text: string | null }>(api, 'GET', `${path}/${mail.id}`)
            : { ...mail, text: null };
        shown.push({ ...whole, links: linksIn(whole.text ?? '') });
      }
      if (values['json']) io.out(JSON.stringify(shown));
      else if (shown.length === 0) io.out('The outbox is empty.');
      else {
        for (const mail of shown) {
          io.out(`${momentColumn(mail.createdAt)}  ${mail.status.padEnd(8)} ${mail.to}  ${mail.subject}`);
          if (mail.lastError !== null) io.out(`    ${mail.lastError}`);
          for (const link of mail.links) io.out(`    ${link}`);
        }
      }
      return exitCodes.ok;
    }),
};

function linksIn(text: string): string[] {
  return text.match(/https?:\/\/\S+/g) ?? [];
}
