import { expect, it } from 'vitest';
import * as reconcile from '../../src/engine/reconcile.ts';
import * as watch from '../../src/engine/watch.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { listAuditEvents } from '../../src/store/audit.ts';
import { batchPublicId } from '../../src/store/batches.ts';
import { requestReconciliation } from '../../src/store/reconciliations.ts';
import { winners } from '../support/world.ts';
import { everything, payOk, type Stage, stage, workUntilRest } from './harness.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Days go by; then as many comparisons as are worth an alert, each when it may be tried, and a look at the alerts. */
async function later({ world, clock }: Stage, days: number): Promise<void> {
  clock.ms += (days - 1) * dayMs;
  for (let tries = 0; tries < 8; tries += 1) {
    clock.ms += dayMs / 8;
    await reconcile.runOnce(world, everything);
  }
  await watch.runOnce(world);
}

const alertsOf = async ({ world }: Stage) => (await openAlertsList(world.db, 10)).map(({ kind }) => kind);

it('ends the alert about a batch that is not asked about any more, and has on record that it was given up', async () => {
  const on = await stage(winners(2));
  const { db } = on.world;
  await payOk(on.world);
  await workUntilRest(on.world);
  const [sent] = on.model.batches;
  if (!sent) throw new Error('nothing was sent');
  sent.id = 'forgotten';
  const subject = await batchPublicId(db, 1n);
  const given = async () =>
    (await listAuditEvents(db, { event: 'reconciliation.given_up' }, 9, null)).map(
      ({ subjectId }) => subjectId,
    );
  await later(on, 3);
  expect(await alertsOf(on)).toEqual(['reconcile_unanswered']);
  await later(on, 57);
  expect(await alertsOf(on), 'it is still asked about').toEqual(['reconcile_unanswered']);
  expect(await given()).toEqual([]);
  await later(on, 4);
  expect(await alertsOf(on)).toEqual([]);
  expect(await given()).toEqual([subject]);
  // Who asks for it wants to know: it is asked about again, and told of, until there is an answer.
  await requestReconciliation(db, 1n, on.world.now());
  await later(on, 2);
  expect(await alertsOf(on)).toEqual(['reconcile_unanswered']);
  expect(await given()).toEqual([subject]);
});
