import { expirePage } from '../actions/operator-deeds.ts';
import { expiredPayouts } from '../store/payout-moves.ts';
import type { EngineContext } from './context.ts';

/** Payouts one round declines. */
const expiredPerRoundMax = 500;

/** Declines what nobody approved in time; answers how many. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  if ((await expiredPayouts(ctx.db, ctx.now(), 1)).length === 0) return 0;
  const declined = await expirePage(ctx, expiredPerRoundMax);
  if (declined > 0) ctx.log.info('approvals_expired', { payouts: declined });
  return declined;
}
