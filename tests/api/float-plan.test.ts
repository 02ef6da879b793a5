import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordReading } from '../../src/actions/float.ts';
import { postFees } from '../../src/actions/outcomes.ts';
import { askGapMs, readEveryMs } from '../../src/core/float.ts';
import { float } from '../../src/cli/float.ts';
import { firstShortWords } from '../../src/core/float-plan-words.ts';
import { claimAccount } from '../../src/store/float.ts';
import { submissionsOf } from '../../src/store/submissions.ts';
import { runAt } from './command-line.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { request, sell, ticketHouse } from './tickets.ts';

// It is Friday, 20 November, 12:00 UTC; runs are on Fridays at 17:00.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

async function holds(available: bigint): Promise<void> {
  const pace = { everyMs: readEveryMs, gapMs: askGapMs };
  const at = house.deps.now();
  const asks = (await claimAccount(house.db, 'paypal', at, pace)) ?? 0n;
  await recordReading(house.deps, { provider: 'paypal', asks, at }, [
    { currency: 'USD', available, pending: 0n },
  ]);
}

interface Need {
  count: number;
  amount: number;
}
interface Account {
  projection: {
    steps: {
      kind: string;
      day: string;
      sends: Need;
      asks: Need;
      fees: number | null;
      left: number | null;
    }[];
    firstShort: { day: string; shortfall: number } | null;
  };
  whenPaid: { approved: Need; requested: Need };
  fees: unknown;
}
async function dollars(): Promise<Account> {
  const { body } = await house.ask('GET', '/api/admin/float', undefined, { key: house.keys.viewer });
  const accounts = body['accounts'] as (Account & { currency: string })[];
  const found = accounts.find(({ currency }) => currency === 'USD');
  if (!found) throw new Error('no account in USD');
  return found;
}
const stepsOf = ({ projection }: Account) =>
  projection.steps.map(({ kind, day, sends, asks, left }) => [kind, day, sends.amount, asks.amount, left]);
const settings = (body: unknown) => house.ask('PATCH', '/api/admin/settings', body);

describe('the next 14 days of an account', () => {
  it('have what each run asks for on its day, by what is available then, and name the first day that falls short', async () => {
    await sell(house, 'ana', 7);
    await sell(house, 'bo', 10, { availableAt: '2026-11-25T00:00:00Z' });
    await sell(house, 'small', 3);
    await sell(house, 'small', 4, { availableAt: '2026-11-24T00:00:00Z' }, 3);
    await sell(house, 'late', 9, { availableAt: '2026-11-30T00:00:00Z' });
    await sell(house, 'monthly', 8);
    await house.ask('PATCH', '/api/admin/payees/monthly/schedule', { frequency: 'monthly' });
    await holds(20_000n);
    const account = await dollars();
    expect(account.projection).toMatchObject({
      from: '2026-11-20',
      to: '2026-12-03',
      timezone: 'UTC',
      firstShort: { day: '2026-11-27', at: '2026-11-27T17:00:00.000Z', shortfall: 1600 },
      complete: true,
    });
    expect(stepsOf(account)).toEqual([
      ['run', '2026-11-20', 0, 6300, 13_700],
      ['run', '2026-11-27', 0, 15_300, -1600],
    ]);
    expect(account.projection.steps[1]?.asks.count).toBe(2);
  });

  it('are told by the command line in the words of the console: which day first falls short, and by how much', async () => {
    const { said } = await runAt(house, float, []);
    expect(said).toContain('  On Fri 27 Nov the account falls 16.00 USD short. Fund it before then.');
    expect(firstShortWords('2026-11-27', '16,00 USD', false, 'fr')).toBe(
      'Le ven. 27 nov., il manque 16,00 USD sur le compte. Approvisionnez-le avant.',
    );
  });

  it('keep what needs a person apart, until runs send what is approved: then it leaves with the run after its hold', async () => {
    await sell(house, 'dan', 6);
    await sell(house, 'eve', 8);
    const [dans] = [await request(house, 'dan'), await request(house, 'eve')];
    const approver = { key: house.keys.approver };
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [dans] }, approver);
    const apart = await dollars();
    expect(apart.whenPaid).toEqual({
      approved: { count: 1, amount: 5400 },
      requested: { count: 1, amount: 7200 },
    });
    expect(stepsOf(apart)[0]).toEqual(['run', '2026-11-20', 0, 6300, 13_700]);
    await settings({ sendApprovedOnSchedule: true });
    const sent = await dollars();
    expect(sent.whenPaid).toMatchObject({ approved: { count: 0 }, requested: { count: 1 } });
    expect(stepsOf(sent)[0]).toEqual(['run', '2026-11-20', 5400, 6300, 8300]);
    const until = '2026-11-22T00:00:00Z';
    const held = { payoutIds: [dans], reason: 'a look at the bank', until };
    expect((await house.ask('POST', '/api/admin/payouts/hold', held)).status).toBe(200);
    expect(stepsOf(await dollars())).toEqual([
      ['run', '2026-11-20', 0, 6300, 13_700],
      ['run', '2026-11-27', 5400, 15_300, -7000],
    ]);
    await settings({ sendApprovedOnSchedule: false });
  });

  it('have what is queued now, and what is tried again by itself on its day', async () => {
    await seed(house, 'c', [winner('c', 1), winner('c', 2)]);
    await start(house, 'c');
    expect(stepsOf(await dollars())[0]).toEqual(['queued', '2026-11-20', 2000, 0, 18_000]);
    await settle(house, () => 'failed');
    const retry = new Date('2026-11-21T00:30:00Z');
    await sql`update payout set next_retry_at = ${retry} where state = 'failed'`.execute(house.db);
    const steps = stepsOf(await dollars());
    expect(steps.map(([kind, day]) => [kind, day])).toEqual([
      ['run', '2026-11-20'],
      ['retry', '2026-11-21'],
      ['run', '2026-11-27'],
    ]);
    expect(steps[1]?.[2]).toBe(2000);
  });

  it('name no day where nobody knows what the account holds', async () => {
    await sql`delete from float_reading`.execute(house.db);
    const { projection } = await dollars();
    expect(projection.firstShort).toBeNull();
    expect(projection.steps.map(({ left }) => left)).toEqual([null, null, null]);
  });

  it('count with the fees that come on top, at the rate of the newest calls, and with none before any is booked', async () => {
    const before = await dollars();
    expect(before.fees).toBeNull();
    expect(before.projection.steps.map(({ fees }) => fees)).toEqual(before.projection.steps.map(() => null));
    await seed(house, 'd', [winner('d', 1), winner('d', 2)]);
    await start(house, 'd');
    await settle(house);
    await sql`update payout_attempt set fee = 21 where state = 'completed'`.execute(house.db);
    const paid = (await submissionsOf(house.db, 2n))[0];
    if (!paid) throw new Error('nothing was sent');
    await postFees(house.deps, paid);
    await seed(house, 'e', [winner('e', 1), winner('e', 2), winner('e', 3)]);
    await start(house, 'e');
    const words = 'Lately 20.00 USD sent cost 0.42 USD in fees; at that rate 0.63 USD come on top.';
    expect((await dollars()).fees).toEqual({ sent: 2000, charged: 42, expected: 63, words });
    house.clock.ms += readEveryMs;
    await holds(3000n);
    const { projection } = await dollars();
    expect(projection.steps[0]).toMatchObject({
      kind: 'queued',
      sends: { amount: 3000 },
      fees: 63,
      left: -63,
    });
    expect(projection.firstShort).toMatchObject({ day: '2026-11-20', shortfall: 63 });
    const { said } = await runAt(house, float, []);
    expect(said).toContain(words);
    expect(said).toContain(
      'On Fri 20 Nov the account falls 0.63 USD short, the provider’s expected fees included.',
    );
  });
});
