import type { Reader } from '../../core/language.ts';
import { moneyIn } from '../../core/money-words.ts';
import { payeeMailTexts } from '../../core/payee-mail-texts.ts';
import { explainToPayee } from '../../core/payee-words.ts';
import type { PayoutState } from '../../core/payout.ts';
import type { PayeeMail } from '../../core/settings.ts';
import { momentIn } from '../../core/when.ts';
import type { MailWords } from './mail.ts';
import { mailOf } from './mail.ts';

const states = {
  started: 'sending',
  completed: 'completed',
  failed: 'failed',
  retrying: 'failed',
  returned: 'returned',
} as const satisfies Record<PayeeMail, PayoutState>;

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
  reader: Reader;
}): MailWords {
  const { event, reasonCode, retriesAt, reader } = facts;
  const { language } = reader;
  const { hello, payout } = payeeMailTexts[language];
  // A plain space: subjects in English stay plain text.
  const money = moneyIn(language, facts.amount, facts.currency).replace('\u00A0', ' ');
  const at = retriesAt && momentIn(reader, retriesAt);
  const state = states[event];
  const situation = { state, submissionState: null, unclaimedUntil: null, reasonCode, retriesAt: at };
  const next = [explainToPayee(situation, language).nextStep, ...(at === null ? [] : [payout.nextTry(at)])];
  return mailOf({
    language,
    subject: payout.subject[event](money),
    before: [
      hello(facts.payeeName),
      payout.what[event](money),
      next.join(' '),
      payout.careful(facts.publicId),
    ],
  });
}
