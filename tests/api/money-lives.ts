import { sql } from 'kysely';
import { expect } from 'vitest';
import { all } from '../../src/store/db.ts';
import type { Currency, Life, Payout } from './money-oracle.ts';
import { asks, converted, currencies, holdDays, place, sum, worth } from './money-oracle.ts';
import { providerSays } from './provider-says.ts';
import { settle } from './support.ts';
import { dayMs, tick } from './tickets.ts';

// What people, the provider and the clock do to a payee, over HTTP where there is a call for it.

let count = 0;
const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
export const post = async ({ house }: Life, path: string, body: unknown, key?: string) =>
  house.ask('POST', `/api/admin${path}`, body, key === undefined ? {} : { key });

export async function earn(
  life: Life,
  currency: Currency,
  gross: bigint,
  bps: bigint,
  days = 0,
): Promise<void> {
  const { house, payee } = life;
  const id = `${payee}-${(count += 1)}`;
  const ends = house.clock.ms + (days - holdDays) * dayMs;
  const item = {
    sourceType: 'ticket',
    externalId: id,
    payeeExternalId: payee,
    amount: Number(gross),
    currency,
    feeBps: Number(bps),
    ...(days > 0 ? { eventEndsAt: new Date(ends).toISOString() } : {}),
  };
  const got = await post(life, '/earnings', { earnings: [item, item] });
  expect(got.body['counts'], got.text).toMatchObject({ created: 1, unchanged: 1 });
  const fee = (gross * bps + 5000n) / 10_000n;
  const free = days > 0 ? ends + holdDays * dayMs : 0;
  life.earnings.push({ id, sourceType: 'ticket', currency, fee, net: gross - fee, at: free, taken: false });
}

const carriedBy = async ({ house }: Life, id: string) =>
  all(
    house.db,
    sql<{ id: string; type: string }>`select e.external_id as id, e.source_type as type from payout p
      join payout_earning l on l.payout_id = p.id join earning e on e.id = l.earning_id where p.public_id = ${id}`,
  );
const partsAgain = async ({ house, payee }: Life) =>
  all(
    house.db,
    sql<{
      id: string;
      net: bigint;
      taken: boolean;
    }>`select e.external_id as id, e.net, e.reversed_at is not null as taken
      from earning e join payee y on y.id = e.payee_id where e.source_type = 'returned_part' and y.external_id = ${payee}
      order by e.id`,
  );

export async function request(life: Life, pick: number): Promise<void> {
  const from = at(currencies, pick) ?? 'USD';
  const to = pick % 4 === 0 ? (at(currencies, pick + 1 + (pick % 2)) ?? from) : from;
  const source = asks(life, from);
  const got = await post(life, `/payees/${life.payee}/request-payout`, {
    currency: from,
    ...(to === from ? {} : { payoutCurrency: to }),
  });
  const busy = [...life.payouts.values()].some(
    ({ kind, from: other, state }) =>
      kind === 'request' && other === from && ['reserved', 'onItsWay'].includes(place(state)),
  );
  const paid = converted(life, source, from, to);
  expect(got.status === 201, `${got.text} ${source} ${from} to ${to}`).toBe(
    !busy && source >= 100n && paid !== null,
  );
  if (got.status !== 201 || !paid) return;
  expect([got.body['amount'], got.body['currency']]).toEqual([Number(paid.amount), to]);
  await remember(life, String(got.body['id']), { kind: 'request', from, source, currency: to, ...paid });
  life.done(to === from ? 'request' : 'request converted');
}

async function remember(
  life: Life,
  id: string,
  payout: Pick<Payout, 'kind' | 'from' | 'source' | 'currency' | 'amount' | 'spread'>,
): Promise<void> {
  const carries = (await carriedBy(life, id)).map((row) => row.id);
  const none = { byHand: false, again: false, part: 0n, decided: 0n, kept: 0n };
  life.payouts.set(id, { id, ...payout, carries, state: 'pending_approval', ...none });
}

/** What the server says of the states; the deed that was done says which it must be. */
export async function refresh(life: Life): Promise<void> {
  const { body } = await life.house.ask('GET', `/api/admin/payouts?payeeId=${life.payee}&limit=500`);
  for (const row of body.data) {
    const payout = life.payouts.get(String(row['id']));
    expect(payout, JSON.stringify(row)).toBeDefined();
    if (payout) payout.state = String(row['status']);
  }
}

const inState = (life: Life, ...states: string[]) =>
  [...life.payouts.values()].filter(({ state }) => states.includes(state));

async function run(life: Life, fate: 'completed' | 'failed' | 'returned' | 'unclaimed'): Promise<void> {
  const going = inState(life, 'approved').map(({ id }) => id);
  const got = await post(life, '/payout-batches/process-approved', {});
  await settle(life.house, () => fate);
  await refresh(life);
  const moved = going.filter((id) => life.payouts.get(id)?.state !== 'approved');
  expect(moved.length > 0, got.text).toBe(got.status === 202);
  for (const id of moved) expect(life.payouts.get(id)?.state).toBe(fate);
  if (moved.length > 0) life.done(`sent ${fate}`);
}

type Step = (life: Life, pick: number) => Promise<void>;
const withReason = { reason: 'because' };
const onOne = (name: string, path: string, states: readonly string[], more: object = withReason): Step => {
  return async (life, pick) => {
    // Sometimes one on which it must be refused.
    const payout = pick % 6 === 0 ? at([...life.payouts.values()], pick) : at(inState(life, ...states), pick);
    if (!payout) return;
    const got = await post(life, path, { payoutIds: [payout.id], ...more }, life.house.keys.owner);
    if (got.status === 200) life.done(name);
    if (!states.includes(payout.state)) expect(got.status, got.text).toBe(409);
  };
};

async function decide(life: Life, payout: Payout, decision: 'keep' | 'pay_again'): Promise<void> {
  const before = (await partsAgain(life)).length;
  const body = {
    payoutId: payout.id,
    amount: Number(payout.part - payout.decided),
    decision,
    reason: 'decided',
  };
  const got = await post(life, '/payouts/settle-part', body);
  if (got.status !== 200) return;
  const again = sum((await partsAgain(life)).slice(before).map(({ net }) => net));
  payout.kept += worth(payout, payout.part) - worth(payout, payout.decided) - again;
  payout.decided = payout.part;
  life.done(decision);
}

/** Everything that is under way is over, and every part is decided about. */
export async function conclude(life: Life): Promise<void> {
  for (const payout of life.payouts.values()) {
    if (payout.state === 'unclaimed' && !payout.again) await steps['claim']?.(life, 0);
    await refresh(life);
    const open = ['approved', 'pending_approval', 'failed', 'returned'].includes(payout.state);
    if (open) await post(life, '/payouts/cancel', { payoutIds: [payout.id], reason: 'the end' });
    for (const decision of ['keep', 'pay_again', 'keep'] as const)
      if (payout.state === 'completed' && payout.part > payout.decided) await decide(life, payout, decision);
    await refresh(life);
  }
}

export const steps: Readonly<Record<string, Step>> = {
  earn: async (life, pick) =>
    earn(
      life,
      at(currencies, pick) ?? 'USD',
      1_000n + BigInt((pick * 7919) % 9001),
      at([0n, 1000n, 333n, 2450n], pick) ?? 0n,
    ),
  earnLater: async (life, pick) =>
    earn(life, at(currencies, pick) ?? 'USD', 5_005n + BigInt(pick), 350n, 1 + (pick % 3)),
  async day({ house }, pick) {
    await tick(house, (pick % 20 === 0 ? 31 : 1) * dayMs);
  },
  async rate(life, pick) {
    const [from, to] = [at(currencies, pick) ?? 'USD', at(currencies, pick + 1 + (pick % 2)) ?? 'USD'];
    const rate = at(['0.0075', '148.735', '3.2533333', '0.0031', '1.5'], pick) ?? '1';
    life.house.clock.ms += 1000;
    const entry = { from, to, rate, at: new Date(life.house.clock.ms).toISOString(), source: 'bank' };
    const got = await post(life, '/fx-rates', { rates: [entry], acceptJump: true });
    expect(got.body['counts'], got.text).toMatchObject({ created: 1 });
    const [whole = '', fraction = ''] = rate.split('.');
    life.rates.set(`${from} ${to}`, {
      mantissa: BigInt(whole + fraction),
      scale: BigInt(fraction.length),
      at: life.house.clock.ms,
    });
  },
  async spread(life, pick) {
    life.spreadBps = BigInt((pick % 4) * 125);
    await life.house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: Number(life.spreadBps) });
  },
  async reverse(life, pick) {
    // Mostly what was paid, as that is owed then.
    const paid = new Set(inState(life, 'completed', 'unclaimed').flatMap(({ carries }) => carries));
    const earning = at(
      life.earnings.filter(({ id }) => pick % 3 === 0 || paid.has(id)),
      pick,
    );
    if (!earning) return;
    const item = { sourceType: earning.sourceType, externalId: earning.id, reason: 'refund' };
    const got = await post(life, '/earnings/reverse', item);
    const { results } = got.body as unknown as { results: { status: string }[] };
    expect(results[0]?.status === 'unchanged').toBe(earning.taken);
    if (!earning.taken) life.done(`reverse ${results[0]?.status}`);
    earning.taken = true;
  },
  async reverseAgain(life, pick) {
    const part = at(
      (await partsAgain(life)).filter(({ taken }) => !taken),
      pick,
    );
    if (!part) return;
    const item = { sourceType: 'returned_part', externalId: part.id, reason: 'refund' };
    await post(life, '/earnings/reverse', item);
    const [row] = await all(
      life.house.db,
      sql<{ id: string }>`select p.public_id as id from payout_attempt a join payout p on p.id = a.payout_id
        where a.item_reference = ${part.id.replace(/:[0-9]+$/, '')}`,
    );
    const payout = life.payouts.get(row?.id ?? '');
    expect(payout).toBeDefined();
    if (payout) payout.kept += part.net;
    life.done('reverse a part');
  },
  request,
  async single(life, pick) {
    const currency = at(currencies, pick) ?? 'USD';
    const amount = 700n + BigInt(pick);
    const got = await post(life, '/payouts', {
      payeeId: life.payee,
      amount: Number(amount),
      currency,
      reason: 'more',
    });
    if (got.status !== 201) return expect(got.body['code'], got.text).toBe('payee_owes');
    const [row] = await carriedBy(life, String(got.body['id']));
    const facts = { currency, fee: 0n, net: amount, at: 0, taken: false };
    life.earnings.push({ id: row?.id ?? '', sourceType: row?.type ?? '', ...facts });
    const paid = { kind: 'single', from: currency, source: amount, currency, amount, spread: 0n } as const;
    await remember(life, String(got.body['id']), paid);
    life.done('single');
  },
  async approve(life, pick) {
    const payout = at(inState(life, 'pending_approval'), pick);
    if (payout) await post(life, '/payouts/approve', { payoutIds: [payout.id] }, life.house.keys.approver);
  },
  decline: onOne('decline', '/payouts/decline', ['pending_approval', 'approved']),
  cancel: onOne('cancel', '/payouts/cancel', ['pending_approval', 'approved', 'failed', 'returned']),
  resubmit: onOne('resubmit', '/payouts/resubmit', ['failed', 'returned'], {}),
  async markPaid(life, pick) {
    const payout = at(inState(life, 'approved', 'failed', 'returned'), pick);
    if (!payout) return;
    const body = { payoutId: payout.id, paymentReferenceId: `R-${(count += 1)}` };
    const headers = { 'idempotency-key': `k-${count}` };
    const [one, two] = [0, 1].map(async () =>
      life.house.ask('POST', '/api/admin/payouts/mark-paid', body, { headers }),
    );
    const statuses = [(await one)?.status, (await two)?.status];
    expect(statuses).toContain(200);
    payout.byHand = true;
    life.done('by hand');
  },
  async unpay(life, pick) {
    const payout = at(inState(life, 'completed'), pick);
    if (!payout) return;
    const got = await post(life, '/payouts/unpay', { payoutId: payout.id, reason: 'came back' });
    expect(got.status === 200, got.text).toBe(payout.byHand);
    if (got.status === 200) life.done('unpay');
    payout.byHand = false;
  },
  runCompleted: async (life) => run(life, 'completed'),
  runFailed: async (life) => run(life, 'failed'),
  runReturned: async (life) => run(life, 'returned'),
  runUnclaimed: async (life) => run(life, 'unclaimed'),
  async claim(life, pick) {
    const payout = at(
      inState(life, 'unclaimed').filter(({ again }) => !again),
      pick,
    );
    if (!payout) return;
    const fate = pick % 3 === 0 ? 'returned' : 'completed';
    await providerSays(life.house, payout.id, fate);
    life.done(`claim ${fate}`);
  },
  async retry(life, pick) {
    const payout = at(inState(life, 'failed', 'returned'), pick);
    if (!payout) return;
    const got = await post(life, '/payouts/retry', { payoutIds: [payout.id] });
    if (got.status !== 202) return;
    await settle(life.house, () => (pick % 2 === 0 ? 'completed' : 'failed'));
    payout.again = true;
    payout.byHand = false;
    life.done('retry');
  },
  /** A part of what arrived comes back; only of payments that pay no part again themselves. */
  async part(life, pick) {
    const again = new Set((await partsAgain(life)).map(({ id }) => id));
    const payout = at(
      inState(life, 'completed').filter(
        (one) =>
          !one.byHand && !one.again && !one.carries.some((id) => again.has(id)) && one.part < one.amount,
      ),
      pick,
    );
    if (!payout) return;
    const more = 1n + (payout.amount * BigInt(1 + (pick % 5))) / 5n;
    const most = payout.decided > 0n ? payout.amount : payout.amount - 1n;
    const part = payout.part + more > most ? most : payout.part + more;
    if (part <= payout.part) return;
    await providerSays(life.house, payout.id, 'completed', null, part);
    payout.part = part;
    life.done(payout.from === payout.currency ? 'part' : 'part converted');
  },
  /** All of what arrived comes back; where somebody decided about a part of it, as one part more. */
  async comeBack(life, pick) {
    const payout = at(
      inState(life, 'completed').filter((one) => !one.byHand && !one.again),
      pick,
    );
    if (!payout) return;
    await providerSays(life.house, payout.id, 'returned');
    payout.part = payout.decided > 0n ? payout.amount : 0n;
    life.done('come back');
  },
  async settlePart(life, pick) {
    const payout = at(
      inState(life, 'completed').filter(({ part, decided }) => part > decided),
      pick,
    );
    if (payout) await decide(life, payout, pick % 2 === 0 ? 'keep' : 'pay_again');
  },
  async whole(life, pick) {
    await steps['earn']?.(life, pick);
    await request(life, pick);
    await refresh(life);
    for (const { id } of inState(life, 'pending_approval'))
      await post(life, '/payouts/approve', { payoutIds: [id] }, life.house.keys.approver);
    await refresh(life);
    await run(life, 'completed');
  },
  async method(life) {
    const { body } = await life.house.ask('GET', `/api/admin/payees/${life.payee}/payout-methods`);
    const other = body.data.find((row) => row['isDefault'] !== true);
    const got = await post(
      life,
      `/payees/${life.payee}/payout-methods/${String(other?.['id'])}/default`,
      undefined,
    );
    expect(got.status, got.text).toBe(200);
    life.done('other method');
  },
};
