import type { AlertTexts } from './alert-kinds.ts';
import { formatMoney } from './money.ts';
import { providerName } from './provider-name.ts';
import { operatorMoment } from './when.ts';
import { counted } from './words.ts';

const unknown = ({ cause }: { readonly cause: string }) =>
  `No usable answer (${cause}). It is not known whether money moved. Purser asks again with the same bytes and key; do not pay these people another way.`;

const money = (amount: string, currency: string) => formatMoney(BigInt(amount), currency);

export const alertWordsEn: AlertTexts = {
  retry_not_possible: () =>
    'It was due to be tried again and could not be: the payee is blocked or owes, the method is not usable or not the one that ' +
    'was approved, or an earlier attempt is in doubt. No money moved. Look at it, then retry it.',
  retries_exhausted({ count, times, payouts }) {
    const more = count > payouts.length ? ` and ${count - payouts.length} more` : '';
    return (
      `${counted(count, 'payout', 'payouts')} failed for a temporary reason ${times} times ` +
      `(${payouts.join(', ')}${more}). No money moved, and nothing is tried again by itself. Mend the reason, then retry them.`
    );
  },
  key_expired: () =>
    'The outcome is still not known and the provider has forgotten the key, so it is not sent again. ' +
    'Look the submission up at the provider by its key, then say what you found (purser resolve). Pay nobody another way before.',
  several_at_provider: ({ count, ids }) =>
    `The provider has ${count} payments under the reference of this submission (${ids}), so money may have ` +
    'moved more than once. Nothing is sent again. Compare them with the provider, then say which one is ours (purser resolve).',
  accepted_late: () =>
    'The provider accepted this submission after the life of its key, and an earlier call of it had no answer: it may have ' +
    'taken both. Ask the provider for a second batch under this key before anything else is paid to these people.',
  not_sent_yet: ({ tries, cause, unmoved }) =>
    `The provider has not taken this submission after ${tries} tries (${cause}). ${unmoved ? 'No money moved.' : 'It is not known whether money moved.'} Purser keeps trying.`,
  outcome_unknown: unknown,
  refused_after_loss: unknown,
  bank_payout_failed: ({ payees, amount, currency, code, id }) =>
    `The bank of payee ${payees} did not take ${money(amount, currency)}${code === null ? '' : ` (${code})`}: ${id}. The money is in the ` +
    "payee's account at the provider and is not lost; the payouts stay completed and nothing is sent again. Ask the payee to " +
    'correct the bank account at the provider, which then pays it out again.',
  item_of_another_submission: ({ key }) => `${key} lists an item that was sent in another one.`,
  unknown_status: ({ raw, of }) =>
    of === 'payout'
      ? `The provider says "${raw}", which Purser does not know. The payout stays open and is asked for again.`
      : `The provider says "${raw}" of this submission, which Purser does not know. It stays open and is asked for again.`,
  amount_mismatch: ({ listed, sent }) =>
    `The provider lists ${listed} (minor units) where ${sent} was sent. Nothing was changed; a person must compare.`,
  contradiction: ({ raw, state }) =>
    `The provider says ${raw}, but the payout is ${state}. Nothing was changed; a person must compare.`,
  late_change_of_old_attempt: ({ before, now, state }) =>
    `An earlier attempt that was ${before} is now ${now} at the provider, while the payout is ${state} otherwise. Compare before anything is paid: it may have been paid twice.`,
  partly_returned({ part, amount, currency, why, booked }) {
    const because = why === null ? '' : ` (${why})`;
    const rest = booked
      ? 'The payout stays completed, and the part is in what is available to the payee; no run and no request pays it again. Find out why it came back, then decide: pay it again, or keep it.'
      : 'The books show it whole, as the payout was converted, or is in another state here. Nothing is sent again by itself: compare with the provider, and settle the difference with the payee.';
    return `Partly came back: ${money(part, currency)} of ${money(amount, currency)}${because}. ${rest}`;
  },
  sent_after_all: ({ batch, again }) =>
    again === null
      ? `This was held to be not sent, but the provider names batch ${batch} for it. ` +
        'Its payouts are not paid again until that is cleared up. Compare with the provider.'
      : `This was held to be not sent, but the provider holds it as batch ${batch}. ` +
        `${counted(again, 'payout has', 'payouts have')} been tried again since and may be paid twice: ` +
        'compare both attempts with the provider, and take back what was paid too much.',
  legacy_conflict: ({ line, importId, reason }) =>
    `Line ${line} of import ${importId} says that an earlier system paid what this payout pays (${reason}). Compare both with the provider before anything else is paid.`,
  change_disputed({ underWay }) {
    const left =
      underWay === 0
        ? 'Nothing of theirs is on its way.'
        : `${counted(underWay, 'payout is', 'payouts are')} on the way already and cannot be stopped by a hold.`;
    return (
      `A payee says that a change of their payout details was not theirs. Nothing more is sent to them. ${left} ` +
      'Reach them by a way you trust, set the right method, then release the payee.'
    );
  },
  float_short: ({ provider, currency, needed, there, shortfall }) =>
    `What is queued and approved is ${money(shortfall, currency)} short: it needs ${money(needed, currency)}, and ${money(there, currency)} is there for it. ` +
    `Nothing was refused for it; the provider may refuse to send. Fund the ${provider} account.`,
  schedule_not_sent: ({ provider, due, zone, why }) =>
    `The run of ${operatorMoment(zone, new Date(due))} did not send what is approved through ${provider}. ${why.en} It stays approved: fund the account and pay what is approved, or leave it to the next run.`,
  listed_twice: () =>
    'The provider lists this item twice, so money may have moved twice. A person must ask the provider.',
  items_missing: ({ seen, of }) =>
    `The provider finished this submission but lists ${seen} of ${of} items. The others stay open; a person must ask the provider.`,
  not_recorded: () =>
    'What was to be written about this did not fit the books, so nothing of it was written and no money moved by it. It is ' +
    'tried again. A person must compare with the provider, and tell whoever maintains Purser.',
  shared_account: ({ payees, type, masked, named }) =>
    `For information: ${payees} payees are paid to the same ${type} account ${masked}: ${named.join(', ')}` +
    `${payees > named.length ? ' and others' : ''}. If that is not meant, put them on hold and ask.`,
  second_batch: ({ batch }) =>
    `The provider names a second batch (${batch}) under the key of a submission that it has accepted already. Money may have moved twice: ask the provider before anything else is paid to these people.`,
  adoption_mismatch: ({ batch, detail }) =>
    `The provider holds batch ${batch} under our key, but it is not what was sent: ${detail}. ` +
    'Nothing is sent again; a person must compare.',
  mail_not_sent({ mail, why, expired }) {
    const what = expired === null ? why : `${expired} mails expired before they could be sent.`;
    return `${what} The mail ${mail} was not sent in time; no money is concerned. Check SMTP_URL and MAIL_FROM, then let people ask again.`;
  },
  mail_refused: ({ why }) =>
    `${why} It was given up; no money is concerned. Check the address of whoever should have got it.`,
  reconcile_unanswered: ({ tries, cause }) =>
    `The provider was asked ${tries} times about this batch and gave no usable answer (${cause}). Nothing was changed and nothing is sent again; Purser ` +
    'goes on asking, at longer intervals. Until then nobody sees what came back without an event: check the provider’s status page and the credentials.',
  reconciliation_mismatch: ({ count }) =>
    `${counted(count, 'difference', 'differences')} between the provider and Purser could not be corrected. Nothing was ` +
    'changed for these. See the discrepancies of the last reconciliation, and compare with the provider before anything is paid again.',
  failure_rate: ({ provider, failed, ended, percent, most }) =>
    `${failed} of ${ended} attempts through ${providerName(provider)} in the last 24 hours failed (${percent} %, more than ${most} %). No money ` +
    'moved for those. See the reasons of the failed payouts: a common one is usually about your own account.',
  stuck_sending: ({ count }) =>
    `${counted(count, 'payout has', 'payouts have')} been on the way for more than an hour. Nothing is sent twice meanwhile, and Purser keeps asking; do not pay ` +
    'them another way. See what the provider says of the batch.',
};
