import { sql } from 'kysely';
import type { Asked } from '../../src/actions/resolutions.ts';
import { askResolution } from '../../src/actions/resolutions.ts';
import type { Outcome } from '../../src/core/refusal.ts';
import type { ResolutionOutcome } from '../../src/core/resolution.ts';
import * as send from '../../src/engine/send.ts';
import { all } from '../../src/store/db.ts';
import { resolutionsOf } from '../../src/store/resolutions.ts';
import type { Fault } from '../support/model-provider.ts';
import type { World } from '../support/world.ts';
import { winners } from '../support/world.ts';
import type { Stage } from './harness.ts';
import { everything, payOk, stage } from './harness.ts';

export const dayMs = 24 * 3_600_000;
const evidence = 'Activity report of 21 December: no batch with this sender_batch_id.';

/** A batch of three whose one send was lost, after the life of its key. */
export async function stuck(fault: Fault): Promise<Stage & { batch: string }> {
  const from = await stage(winners(3));
  from.faults.on('send', fault);
  const batch = await payOk(from.world);
  await send.runOnce(from.world, everything);
  from.world.advance(31 * dayMs);
  await send.runOnce(from.world, everything);
  return { ...from, batch };
}

/** A person says what became of the submission of cycle 18. */
export async function say(
  world: World,
  outcome: ResolutionOutcome,
  more: { batch?: string; name?: string } = {},
): Promise<Outcome<Asked>> {
  const name = more.name ?? 'ann';
  const actor = { ...world.actor, kind: 'person', id: `pe_${name}`, name } as const;
  const [row] = await all(
    world.db,
    sql<{ id: string }>`select public_id as id from submission order by id limit 1`,
  );
  const said = { submission: row?.id ?? '', outcome, providerBatchId: more.batch ?? null, evidence };
  return askResolution({ ...world, actor }, said);
}

/** What came of everything that was said, oldest first; `open` where nothing has yet. */
export async function results(world: World): Promise<string[]> {
  return (await resolutionsOf(world.db, 1n, 50)).map((said) => said.result ?? 'open').toReversed();
}

export async function audited(world: World): Promise<string[]> {
  const rows = await all(
    world.db,
    sql<{ line: string }>`select event || ' by ' || actor_name as line from audit_event
      where event like 'submission.%' order by id`,
  );
  return rows.map((row) => row.line);
}
