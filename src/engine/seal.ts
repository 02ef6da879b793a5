import { eventsPerPageMax, sealPage } from '../actions/audit-seal.ts';
import { hasUnsealed } from '../store/audit-seals.ts';
import type { EngineContext } from './context.ts';

/** Pages of one round: what waits longer goes on in the next one, so that sealing holds up nothing else. */
const pagesPerRoundMax = 10;

/**
 * Seals events that wait into the chain; answers how many. Each page is told to the log, whose copies elsewhere are
 * anchors: nobody can rewrite the chain up to there unseen.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  if (!(await hasUnsealed(ctx.db))) return 0;
  let sealed = 0;
  for (let pages = 0; pages < pagesPerRoundMax; pages += 1) {
    const page = await sealPage(ctx);
    if (!page) break;
    const { seq, hash, events } = page;
    ctx.log.info('audit_sealed', { seq: seq.toString(), hash, events });
    sealed += events;
    if (events < eventsPerPageMax) break;
  }
  return sealed;
}
