import { expect, it } from 'vitest';
import { retryPayouts } from '../../src/actions/retry.ts';
import { winners } from '../support/world.ts';
import { differences, payOk, stage, tally, workUntilRest } from './harness.ts';

it('pays a payout again that came back, as the next attempt of the same payout', async () => {
  const on = await stage(winners(3, (index) => (index === 1 ? { email: 'back+returned@example.com' } : {})));
  await payOk(on.world);
  await workUntilRest(on.world);
  expect(await tally(on.world)).toEqual({ completed: 2, returned: 1 });
  const retried = await retryPayouts(on.world, on.world.providers, { ids: ['sel1'], startedBy: 'test' });
  expect(retried).toMatchObject({ ok: true, value: { totalItems: 1 } });
  await workUntilRest(on.world);
  const references = on.model.batches.flatMap((batch) => batch.items.map((item) => item.itemReference));
  expect(references).toContain('winner-sel1-user1-a2');
  expect(await differences(on.world)).toEqual([]);
});

it('refuses all when one of them was paid or is on its way', async () => {
  const on = await stage(winners(3, (index) => (index === 1 ? { email: 'back+returned@example.com' } : {})));
  await payOk(on.world);
  const early = await retryPayouts(on.world, on.world.providers, { ids: ['sel0'], startedBy: 'test' });
  expect(early).toMatchObject({ ok: false, code: 'payout_in_progress' });
  await workUntilRest(on.world);
  const mixed = await retryPayouts(on.world, on.world.providers, {
    ids: ['sel1', 'sel0'],
    startedBy: 'test',
  });
  expect(mixed).toMatchObject({ ok: false, code: 'already_processed', details: { payoutId: 'sel0' } });
  const unknown = await retryPayouts(on.world, on.world.providers, { ids: ['nobody'], startedBy: 'test' });
  expect(unknown).toMatchObject({ ok: false, code: 'payout_not_found' });
  expect(await tally(on.world)).toEqual({ completed: 2, returned: 1 });
});
