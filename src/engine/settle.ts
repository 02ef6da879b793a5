import { settlePage } from '../actions/settle.ts';
import { hasMatured } from '../store/settle.ts';
import type { EngineContext } from './context.ts';

/** Earnings one transaction makes available. */
const earningsPerPage = 5000;
/** Pages of one round: a large event frees its money over some rounds and never holds up sending. */
const pagesPerRoundMax = 4;

/** Makes earnings available whose time has come; answers how many. */
export async function runOnce(ctx: EngineContext): Promise<number> {
  if (!(await hasMatured(ctx.db, ctx.now()))) return 0;
  let settled = 0;
  for (let pages = 0; pages < pagesPerRoundMax; pages += 1) {
    const count = await settlePage(ctx, earningsPerPage);
    settled += count;
    if (count < earningsPerPage) break;
  }
  if (settled > 0) ctx.log.info('earnings_available', { earnings: settled });
  return settled;
}
