import { destinationKind } from '../core/payout-method.ts';
import type { PayoutProvider } from '../providers/provider.ts';
import { LookupFailedError } from '../providers/provider.ts';
import { withDestinations } from '../store/payout-methods.ts';
import type { DueAccount } from '../store/provider-accounts.ts';
import {
  accountWork,
  claimAccounts,
  postponeAccounts,
  saveAccount,
  takeUpMethods,
} from '../store/provider-accounts.ts';
import type { EngineContext } from './context.ts';

/** Methods one round takes up. */
const takenUpPerRoundMax = 500;
/** How old a look may be where somebody is to be paid through the account. */
const readyAgeMs = 24 * 60 * 60_000;
/** The same of an account that cannot be paid, as events may be missing. */
const notReadyAgeMs = 60 * 60_000;
/** How soon a provider that did not answer is asked again. */
const unansweredWaitMs = 5 * 60_000;

/**
 * Asks providers whether payees' accounts can be paid: those nobody has looked at, those an event named, and those of
 * payees who are to be paid when the last look is old. At most as many in a round as the provider takes calls side by side.
 * Answers how many were asked about.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const able = ctx.providers.all.filter((provider) => provider.checkDestination !== undefined);
  if (able.length === 0) return 0;
  const names = able.map(({ name }) => name);
  const { fresh, due } = await accountWork(ctx.db, names, ctx.now());
  if (fresh) await takeUpMethods(ctx.db, takenUpPerRoundMax, (prefix) => ctx.newId(prefix), ctx.now());
  if (!fresh && !due) return 0;
  const counts = await Promise.all(able.map((provider) => lookAtSome(ctx, provider)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function lookAtSome(ctx: EngineContext, provider: PayoutProvider): Promise<number> {
  const now = ctx.now();
  const leaseUntil = new Date(now.getTime() + ctx.sendLeaseMs);
  const limit = provider.capabilities.callsAtOnceMax;
  const due = await claimAccounts(ctx.db, provider.name, limit, leaseUntil, now);
  const wanted = due.filter((account) => account.wanted);
  const others = due.filter((account) => !account.wanted).map(({ id }) => id);
  await postponeAccounts(ctx.db, others, leaseUntil, new Date(now.getTime() + readyAgeMs));
  const opened = await withDestinations(ctx.db, ctx.vault, wanted);
  await Promise.all(opened.map((account) => lookAt(ctx, provider, account, leaseUntil)));
  return wanted.length;
}

/** One call, and then one statement: between the two lies no transaction. */
async function lookAt(
  ctx: EngineContext,
  provider: PayoutProvider,
  account: DueAccount & { destination: string },
  leaseUntil: Date,
): Promise<void> {
  const kind = destinationKind(account.kind);
  if (kind === null || !provider.checkDestination) return;
  const startedAt = ctx.now();
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  try {
    const issue = await provider.checkDestination({ kind, value: account.destination });
    const next = after(issue === null ? readyAgeMs : notReadyAgeMs);
    const said = issue && {
      transfersEnabled: null,
      payoutsEnabled: null,
      askedFor: [],
      ...issue,
    };
    await saveAccount(ctx.db, account.id, { issue: said }, { startedAt, leaseUntil, next });
    const state = issue === null ? 'ready' : 'not_ready';
    ctx.log.info('account_checked', { account: account.publicId, state, code: issue?.code ?? null });
  } catch (error) {
    if (!(error instanceof LookupFailedError)) throw error;
    const wait = error.retryAfterMs ?? unansweredWaitMs;
    await postponeAccounts(ctx.db, [account.id], leaseUntil, after(wait));
    ctx.log.warn('account_unanswered', { account: account.publicId, cause: error.message });
  }
}
