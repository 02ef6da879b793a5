import type { Asked } from '../actions/float.ts';
import { recordReading, recordUnread } from '../actions/float.ts';
import { askGapMs, readEveryMs } from '../core/float.ts';
import { LookupFailedError } from '../providers/provider.ts';
import type { ProviderBalance } from '../providers/provider.ts';
import { claimAccount, dueAccounts } from '../store/float.ts';
import type { EngineContext } from './context.ts';

const pace = { everyMs: readEveryMs, gapMs: askGapMs };

/**
 * Asks the provider accounts that are due what they hold: every five minutes, and sooner when somebody looked at an older
 * reading. Answers how many were asked. A provider that cannot tell is not asked.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const readable = ctx.providers.all.filter((provider) => provider.balances !== undefined);
  if (readable.length === 0) return 0;
  const names = readable.map(({ name }) => name);
  const due = await dueAccounts(ctx.db, names, ctx.now(), pace);
  const asked = await Promise.all(due.map(async (provider) => ask(ctx, provider)));
  return asked.filter(Boolean).length;
}

/** False when another worker asks already. */
async function ask(ctx: EngineContext, provider: string): Promise<boolean> {
  const at = ctx.now();
  const asks = await claimAccount(ctx.db, provider, at, pace);
  if (asks === undefined) return false;
  const asked = { provider, asks, at };
  const answer = await answerOf(ctx, provider);
  if (answer instanceof LookupFailedError) await unread(ctx, asked, answer);
  else await recordReading(ctx, asked, answer);
  return true;
}

async function answerOf(
  ctx: EngineContext,
  provider: string,
): Promise<readonly ProviderBalance[] | LookupFailedError> {
  try {
    return (await ctx.providers.of(provider).balances?.()) ?? [];
  } catch (error) {
    // No answer is an answer here: what the account holds is not known.
    if (error instanceof LookupFailedError) return error;
    throw error;
  }
}

async function unread(ctx: EngineContext, asked: Asked, error: LookupFailedError): Promise<void> {
  const isNews = await recordUnread(ctx, asked, error.message);
  if (isNews) ctx.log.warn('float_unread', { provider: asked.provider, error: error.message });
}
