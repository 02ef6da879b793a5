import { momentText } from '../../core/local-time.ts';
import { formatMoney } from '../../core/money.ts';
import { explainToPayee } from '../../core/payee-words.ts';
import type { PayoutState } from '../../core/payout.ts';
import type { PayeeMail } from '../../core/settings.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

const told = {
  started: { state: 'sending', subject: 'is on its way', what: 'is on its way to you' },
  completed: { state: 'completed', subject: 'was paid', what: 'was paid' },
  failed: { state: 'failed', subject: 'could not be paid', what: 'could not be paid' },
  retrying: { state: 'failed', subject: 'is delayed', what: 'did not go through yet' },
  returned: { state: 'returned', subject: 'came back', what: 'came back and did not stay with you' },
} as const satisfies Record<PayeeMail, { state: PayoutState; subject: string; what: string }>;

/**
 * The mail that tells a payee what became of a payout, in the words of their portal. It names no payout method: a mail is
 * read by whoever holds the mailbox. Amount in minor units.
 */
export function payoutToldMail(facts: {
  payeeName: string;
  publicId: string;
  amount: bigint;
  currency: string;
  event: PayeeMail;
  reasonCode: string | null;
  retriesAt: Date | null;
  timezone: string | null;
}): MailWords {
  const { event, reasonCode, retriesAt } = facts;
  const { state, subject, what } = told[event];
  const money = formatMoney(facts.amount, facts.currency);
  const at = retriesAt && momentText(retriesAt, facts.timezone);
  const situation = { state, submissionState: null, unclaimedUntil: null, reasonCode, retriesAt: at };
  const when = at === null ? '' : ` The next try is at ${at}.`;
  return mailOf({
    subject: `Your payout of ${money} ${subject}`,
    before: [
      `Hello ${facts.payeeName},`,
      `your payout of ${money} ${what}.`,
      explainToPayee(situation, 'en').nextStep + when,
      `Payout ${facts.publicId}. Ask the platform that pays you if something is not clear; never send a password or bank details in answer to a mail.`,
    ],
  });
}
