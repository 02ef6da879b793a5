import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { EngineContext } from '../../src/engine/context.ts';
import { runRound } from '../../src/engine/service.ts';
import { Providers } from '../../src/actions/providers.ts';
import { all } from '../../src/store/db.ts';
import type { House } from '../api/support.ts';
import { asPayee, dayMs, sell, ticketHouse } from '../api/tickets.ts';
import { ModelProvider } from '../support/model-provider.ts';
import { tools } from './kit.ts';

// The whole engine, with the model of a provider, on the house's database.
let house: House;
let model: ModelProvider;
let short = true;
beforeAll(async () => {
  model = new ModelProvider((call) => (call === 'send' && short ? 'insufficient_funds' : 'none'));
  house = await ticketHouse({ providers: new Providers([model]) });
});
afterAll(() => house.close());
const { process, approve, approved, see } = tools(() => house);

it('one converted payout of a payee who owes does not stop everybody else being paid', async () => {
  const ctx = { ...house.deps, worker: 'w', sendLeaseMs: 120_000, pollIntervalMs: 15_000, provider: model } as unknown as EngineContext;
  const round = async () => runRound(ctx, { batchId: null }).then(() => 'ok', (error: Error) => `${error.name}: ${error.message}`);
  const at = new Date(house.clock.ms - 1000).toISOString();
  await house.ask('POST', '/api/admin/fx-rates', { rates: [{ from: 'USD', to: 'EUR', rate: '0.9', at, source: 'x' }] });
  await sell(house, 'one', 6);
  const asked = await asPayee(house, 'one')('POST', '/request-payout', { currency: 'USD', payoutCurrency: 'EUR' });
  const id = String(asked.body['id']);
  await approve(id);
  await process();
  // A refund while it waits to be sent; then the account is short of funds.
  await house.ask('POST', '/api/admin/earnings/reverse', { earnings: [{ sourceType: 'ticket', externalId: 'one-T1', reason: 'refund' }] });
  expect(await round()).toBe('ok');
  expect(await see(id)).toMatchObject({ status: 'failed', nextRetryAt: expect.any(String) });
  short = false;
  const other = await approved('other');
  await process();
  house.clock.ms += dayMs;
  const rounds = [];
  for (let i = 0; i < 5; i += 1) {
    rounds.push(await round());
    house.clock.ms += 60_000;
  }
  const alerts = await all(house.db, sql<{ kind: string }>`select kind from alert where closed_at is null`);
  console.log(rounds, (await see(other))['status'], alerts);
  expect((await see(other))['status']).toBe('completed');
});
