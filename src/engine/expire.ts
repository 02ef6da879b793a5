import { expirePage } from '../actions/operator-deeds.ts';
import type { EngineContext } from './context.ts';

/** Payouts one round declines. */
const expiredPerRoundMax = 500;

/** Declines what nobody approved in time; answers how many. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const declined = await expirePage(ctx, expiredPerRoundMax);
  if (declined > 0) ctx.log.info('approvals_expired', { payouts: declined });
  return declined;
}
