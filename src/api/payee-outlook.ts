import { z } from 'zod';
import type { Quote } from '../actions/quotes.ts';
import { quotePayout } from '../actions/quotes.ts';
import { nextPayoutOf } from '../actions/schedules.ts';
import type { FailedMoney } from '../core/failed-money.ts';
import { failedMoneyWords } from '../core/failed-money.ts';
import { formatMoney } from '../core/money.ts';
import type { TeamLanguage } from '../core/language.ts';
import { payeeOutlookTexts } from '../core/payee-outlook-texts.ts';
import { payeeHeadline } from '../core/payee-outlook.ts';
import { refuse } from '../core/refusal.ts';
import { requestRefused } from '../core/request-outlook.ts';
import { failedMoney } from '../store/failed-money.ts';
import { payoutsUnderWay } from '../store/payee-outlook.ts';
import type { OwnBalance } from '../store/payee-own.ts';
import { ownBalances } from '../store/payee-own.ts';
import type { PayoutState } from '../core/payout.ts';
import type { PayeeRow } from '../store/payees.ts';
import { findPayee } from '../store/payees.ts';
import { payeeOutlookView } from '../wire/payee-outlook.ts';
import { presentPayout } from '../wire/payouts.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { blocksFor } from './payee-blocks.ts';
import { lookOf } from './providers.ts';
import { readerOf } from './reader.ts';
import { paidInOf } from './quotes.ts';
import { ok, route } from './route.ts';
import { sendTimes } from './schedule-view.ts';

/** Payouts under way that are shown. */
const shownMax = 20;

export const payeeOutlookRoutes = [
  route({
    method: 'GET',
    path: '/payees/:id/outlook',
    right: 'read',
    summary: 'Whether a payee can be paid now, what is available and under way, and what is in the way',
    answer: payeeOutlookView,
    refuses: ['payee_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const payee = await findPayee(deps.db, id);
      return payee ? ok(await outlookOf(deps, payee)) : refuse('payee_not_found', { payeeId: id });
    },
  }),
];

async function outlookOf(deps: ApiDeps, payee: PayeeRow): Promise<z.output<typeof payeeOutlookView>> {
  const { db } = deps;
  const { methodType: type, masked } = payee;
  const reader = readerOf(deps);
  const blocks = (await blocksFor(deps, [payee]))(payee);
  const balances = await ownBalances(db, payee.id);
  const underWay = await payoutsUnderWay(db, payee.id, shownMax);
  const sendsAt = await sendTimes(deps);
  const failed = await failedMoney(db, payee.id);
  const who = payee.name === '' ? payee.externalId : payee.name;
  const moving = underWay.filter(moves).length;
  const shown = [];
  for (const balance of balances) shown.push(await presentOne(deps, payee, balance, failed));
  return {
    payeeId: payee.publicId,
    externalId: payee.externalId,
    name: payee.name,
    canBePaid: blocks.length === 0,
    headline: payeeHeadline({ who, blocks, balances, failed, underWay: moving }, reader.language),
    payoutMethod: type === null ? null : { type, destination: masked ?? '' },
    blocks,
    balances: shown,
    underWay: underWay.map((payout) => presentPayout(payout, lookOf(deps), sendsAt(payout))),
    nextPayoutDate: await nextPayoutOf(deps, db, payee.id),
  };
}

/** What failed or came back stands still until somebody does something. */
function moves({ state, nextRetryAt }: { state: PayoutState; nextRetryAt: Date | null }): boolean {
  return (state !== 'failed' && state !== 'returned') || nextRetryAt !== null;
}

async function presentOne(
  deps: ApiDeps,
  payee: PayeeRow,
  balance: OwnBalance,
  failed: readonly FailedMoney[],
) {
  const { currency } = balance;
  const reader = readerOf(deps);
  const input = { payee: payee.id, currency, ...paidInOf(deps, {}) };
  const tied = failed.find((one) => one.currency === currency);
  const quoted = await afterRaces(() => quotePayout(deps, input));
  const request = quoted.ok
    ? { possible: true, code: null, words: canAsk(quoted.value, tied, reader.language) }
    : {
        possible: false,
        code: quoted.code,
        words: requestRefused(quoted, currency, tied, reader),
      };
  return { ...balance, inFailed: tied?.amount ?? 0n, request };
}

function canAsk(
  { amount, currency }: Quote,
  failed: FailedMoney | undefined,
  language: TeamLanguage,
): string {
  const words = payeeOutlookTexts[language].request.possible(formatMoney(amount, currency, language));
  return failed ? `${words} ${failedMoneyWords(failed, language)}` : words;
}
