import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { markPaid } from '../../src/actions/by-hand.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import { settlePage } from '../../src/actions/settle.ts';
import { transaction } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import type { House } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';
import { dayMs, sell } from './tickets.ts';

// On PostgreSQL, from two servers at once.

let town: TwoServers;
let house: House;
beforeAll(async () => {
  town = await openTwoServers();
  [house] = town.houses;
});
afterAll(async () => town[Symbol.asyncDispose]());

const codes = (results: readonly { status: number }[]) =>
  results.map(({ status }) => status).toSorted((a, b) => a - b);
const approver = { headers: {} };

async function requested(payee: string): Promise<string> {
  await sell(house, payee, 6);
  const got = await house.ask('POST', `/api/admin/payees/${payee}/request-payout`, {});
  return got.body['id'] as string;
}
const approve = async (at: House, id: string) =>
  at.ask(
    'POST',
    '/api/admin/payouts/approve',
    { payoutIds: [id] },
    { ...approver, key: house.keys.approver },
  );
const payoutOf = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;

it('makes one payout of fifty requests at once, and tells the others which', async () => {
  await sell(house, 'fifty', 9);
  const got = await town.everywhere(50, async (at) =>
    at.ask('POST', '/api/admin/payees/fifty/request-payout', {}),
  );
  expect(codes(got)).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
  const made = got.find(({ status }) => status === 201)?.body['id'];
  for (const { status, body } of got)
    if (status === 409) expect(body).toMatchObject({ code: 'request_in_flight_already', payoutId: made });
});

it('trap 32: approves once when fifty approve at once, and tells the others who did', async () => {
  const id = await requested('approved');
  const got = await town.everywhere(50, async (at) => approve(at, id));
  expect(codes(got)).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
  for (const { status, body } of got)
    if (status === 409) expect(body).toMatchObject({ code: 'already_processed', doneBy: 'approver key' });
});

it('lets one of approving and declining win', async () => {
  const id = await requested('torn');
  const got = await town.everywhere(20, async (at, index) =>
    index % 3 === 0
      ? at.ask(
          'POST',
          '/api/admin/payouts/decline',
          { payoutIds: [id], reason: 'no' },
          { key: house.keys.owner },
        )
      : approve(at, id),
  );
  const { status } = await payoutOf(id);
  // Who approves first may still be declined by somebody else, never the other way round.
  expect(['approved', 'declined']).toContain(status);
  expect(got.filter((each) => each.status === 200).length).toBeLessThanOrEqual(2);
});

it('trap 24: of paying by hand and preparing at once, one gets the payout, whoever is first', async () => {
  const ids = [];
  for (let index = 0; index < 12; index += 1) {
    const id = await requested(`hand${index}`);
    await approve(house, id);
    ids.push(id);
  }
  const byHand = ids.map(async (id, index) =>
    markPaid((town.houses[index % 2] ?? house).deps, { payoutId: id, reference: `R${index}`, notes: null }),
  );
  const runs = town.houses.map(async ({ deps }) =>
    payApproved(deps, deps.providers.of('paypal'), { startedBy: 'ann', notes: null }),
  );
  const marked = await Promise.all(byHand);
  await Promise.all(runs);
  for (const [index, id] of ids.entries()) {
    const payout = await payoutOf(id);
    const paid = marked[index]?.ok === true;
    expect(payout).toMatchObject(paid ? { status: 'completed', attemptCount: 0 } : { attemptCount: 1 });
  }
});

it('trap 24: what is being prepared cannot be marked paid, and what is marked is never prepared', async () => {
  const [queued, marked] = [await requested('q'), await requested('m')];
  for (const id of [queued, marked]) await approve(house, id);
  const { deps } = house;
  const [other] = [town.houses[1].deps];
  // The batch is written but not committed when the other one tries to mark.
  const late = await transaction(deps.db, async (tx) => {
    await markPaid({ ...deps, db: tx }, { payoutId: marked, reference: 'R', notes: null });
    const run = await payApproved(other, other.providers.of('paypal'), { startedBy: 'bob', notes: null });
    return run;
  });
  expect(late).toMatchObject({ ok: true });
  expect(await payoutOf(marked)).toMatchObject({ status: 'completed', attemptCount: 0 });
  expect(await payoutOf(queued)).toMatchObject({ status: 'queued' });
  expect(await markPaid(other, { payoutId: queued, reference: 'R', notes: null })).toMatchObject({
    ok: false,
    code: 'payout_in_progress',
  });
});

it('two workers free each earning once', async () => {
  const availableAt = new Date(house.clock.ms + dayMs).toISOString();
  for (let number = 0; number < 10; number += 1) await sell(house, `many${number}`, 100, { availableAt });
  house.clock.ms += 2 * dayMs;
  const freed = await town.everywhere(30, async ({ deps }) => settlePage(deps, 50));
  const rest = await settlePage(house.deps, 1000);
  expect(freed.reduce((sum, count) => sum + count, rest)).toBe(1000);
});

it('keeps the books whole when earnings are taken back while they are asked for and approved', async () => {
  const work = Array.from({ length: 24 }, (_, index) => `mix${index % 8}`);
  for (const payee of new Set(work)) await sell(house, payee, 8);
  await Promise.all(
    work.map(async (payee, index) => {
      const { deps } = town.houses[index % 2] ?? house;
      const reversal = { sourceType: 'ticket', externalId: `${payee}-T${1 + (index % 3)}`, reason: 'refund' };
      if (index % 2 === 0) await reverseEarnings(deps, [reversal]);
      const asked = await requestPayout(deps, { payee, currency: 'USD' });
      if (asked.ok)
        await approvePayouts(
          { ...deps, actor: { ...deps.actor, kind: 'person', id: 'pe_a' } },
          {
            payoutIds: [asked.value.payoutId],
            approvalHash: null,
          },
        );
    }),
  );
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
});
