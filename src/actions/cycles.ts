import { cycleExistsWords } from '../core/cycle-words.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { telling } from '../core/told.ts';
import type { CycleRow } from '../store/cycles.ts';
import { createCycle, findCycle, whoOpenedCycle } from '../store/cycles.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

interface Wanted {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Refuses an id that a cycle has already. */
  readonly mustBeNew?: boolean;
}

/** Creates a cycle under the id that was chosen, or a new one; a cycle that exists is answered as it is, or refused. */
export async function openCycle(
  ctx: ActionContext,
  { id: chosen, name, mustBeNew = false }: Wanted,
): Promise<Outcome<{ cycle: CycleRow; created: boolean }>> {
  const id = chosen ?? ctx.newId('cy');
  return transaction(ctx.db, async (tx) => {
    const created = await createCycle(tx, id, name ?? `Cycle ${id}`, ctx.now());
    const cycle = await findCycle(tx, id);
    if (!cycle) throw new Error('cycle was not written');
    if (!created && mustBeNew) return existsAlready(tx, cycle, ctx.calendar.zone);
    if (created)
      await audit(tx, ctx, 'cycle.created', { type: 'cycle', id }, { after: { name: cycle.name } });
    return done({ cycle, created });
  });
}

async function existsAlready(
  tx: Db,
  { publicId: id, name, createdAt: openedAt }: CycleRow,
  zone: string,
): Promise<Refusal> {
  const openedBy = await whoOpenedCycle(tx, id);
  const facts = { cycleId: id, name, openedAt: openedAt.toISOString() };
  const no = refuse('cycle_exists', openedBy === null ? facts : { ...facts, openedBy });
  return telling(no, cycleExistsWords({ id, name, openedBy, openedAt }, zone));
}
