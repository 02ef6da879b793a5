import type { CycleRow } from '../store/cycles.ts';
import { createCycle, findCycle } from '../store/cycles.ts';
import { transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Creates a cycle under the id that was chosen, or a new one; a cycle that exists is answered as it is. */
export async function openCycle(
  ctx: ActionContext,
  input: { id: string | undefined; name: string | undefined },
): Promise<{ cycle: CycleRow; created: boolean }> {
  const id = input.id ?? ctx.newId('cy');
  return transaction(ctx.db, async (tx) => {
    const created = await createCycle(tx, id, input.name ?? `Cycle ${id}`, ctx.now());
    const cycle = await findCycle(tx, id);
    if (!cycle) throw new Error('cycle was not written');
    if (created)
      await audit(tx, ctx, 'cycle.created', { type: 'cycle', id }, { after: { name: cycle.name } });
    return { cycle, created };
  });
}
