import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

/** The mail with a payee's sign-in link. `minutes`: how long the link works. */
export function portalLinkMail(facts: { name: string; url: string; minutes: number }): MailWords {
  return mailOf({
    subject: `Your sign-in link, ${facts.name}`,
    before: [
      `Hello ${facts.name},`,
      'somebody, most likely you, asked to see your payouts. This link signs you in once:',
    ],
    link: { label: 'Sign in to your payouts', url: facts.url },
    after: [
      `It works for ${facts.minutes} minutes. If you did not ask for it, do nothing: without the link nobody gets in, and no money moves.`,
    ],
  });
}
