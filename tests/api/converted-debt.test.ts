import { afterAll, beforeAll, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import { runRound } from '../../src/engine/service.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { House } from './support.ts';
import { asPayee, dayMs, differences, request, sell, ticketHouse } from './tickets.ts';

// A payout in euros from a balance in dollars, one earning of which was taken back on the way: what is owed is owed in dollars.

let house: House;
let isShort = true;
const model = new ModelProvider((call) => (call === 'send' && isShort ? 'insufficient_funds' : 'none'));
beforeAll(async () => {
  house = await ticketHouse({ providers: new Providers([model]) });
  const at = new Date(house.clock.ms - 1000).toISOString();
  const rates = [{ from: 'USD', to: 'EUR', rate: '0.9', at, source: 'bank' }];
  await house.ask('POST', '/api/admin/fx-rates', { rates });
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const process = async () => house.ask('POST', '/api/admin/payout-batches/process-approved', {});
async function round(): Promise<void> {
  const engine = { worker: 'w', sendLeaseMs: 120_000, pollIntervalMs: 15_000 };
  await runRound({ ...house.deps, ...engine } as unknown as EngineContext, { batchId: null });
}

it('is neither retried nor resubmitted while the payee owes, and keeps nobody else from being paid', async () => {
  await sell(house, 'one', 6);
  const asked = await asPayee(house, 'one')('POST', '/request-payout', {
    currency: 'USD',
    payoutCurrency: 'EUR',
  });
  const id = String(asked.body['id']);
  await post('approve', { payoutIds: [id] }, house.keys.approver);
  await process();
  const earnings = [{ sourceType: 'ticket', externalId: 'one-T1', reason: 'refund' }];
  await house.ask('POST', '/api/admin/earnings/reverse', { earnings });
  await round();
  // A retry is planned, and said at once not to come while they owe.
  const owing = await see(id);
  expect(owing).toMatchObject({ status: 'failed', nextRetryAt: null });
  expect(owing['nextStep']).toContain('owes');
  isShort = false;
  await sell(house, 'other', 6);
  const other = await request(house, 'other');
  await post('approve', { payoutIds: [other] }, house.keys.approver);
  await process();
  house.clock.ms += dayMs;
  await round();
  house.clock.ms += 60_000;
  await round();
  expect(await see(other)).toMatchObject({ status: 'completed' });
  expect(await see(id)).toMatchObject({ status: 'failed', nextRetryAt: null });
  expect(await post('retry', { payoutIds: [id] })).toMatchObject({ body: { code: 'nothing_to_pay' } });
  expect(await post('resubmit', { payoutIds: [id] })).toMatchObject({ body: { code: 'payee_owes' } });
  expect(await differences(house)).toEqual([]);
});
