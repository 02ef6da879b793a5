import { sql } from 'kysely';
import { expect } from 'vitest';
import { all } from '../../src/store/db.ts';
import { providerSays } from './provider-says.ts';
import { settle } from './support.ts';
import type { House } from './support.ts';
import { dayMs, tick } from './tickets.ts';

// An oracle of its own: it knows what was earned and taken back, what people and the provider said of each payout, and nothing of
// how the server keeps it. Amounts in minor units.

export const currencies = ['USD', 'JPY', 'KWD'] as const;
type Currency = (typeof currencies)[number];
const decimals = { USD: 2n, JPY: 0n, KWD: 3n } as const;
const holdDays = 7;
export const rateDays = 90;

interface Earning {
  readonly id: string;
  readonly sourceType: string;
  readonly currency: Currency;
  readonly fee: bigint;
  readonly net: bigint;
  readonly at: number;
  taken: boolean;
}

interface Payout {
  readonly id: string;
  readonly kind: 'request' | 'single';
  readonly from: Currency;
  /** What leaves the balance, what is paid, and what the platform keeps of it. */
  readonly source: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly spread: bigint;
  readonly carries: readonly string[];
  state: string;
  byHand: boolean;
  /** Sent a second time: what the provider says of the first one moves nothing any more. */
  again: boolean;
  /** Come back of what is paid, and of that decided about. */
  part: bigint;
  decided: bigint;
  /** Not to be paid again, and taken back; of the balance. */
  kept: bigint;
}

export interface Life {
  readonly house: House;
  readonly payee: string;
  readonly earnings: Earning[];
  readonly payouts: Map<string, Payout>;
  readonly rates: Map<string, { mantissa: bigint; scale: bigint; at: number }>;
  spreadBps: bigint;
  /** Deeds that were done, to be counted. */
  readonly done: (name: string) => void;
}

let count = 0;
const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
export const post = async ({ house }: Life, path: string, body: unknown, key?: string) =>
  house.ask('POST', `/api/admin${path}`, body, key === undefined ? {} : { key });

/** To the nearest, a half to the even one. */
function nearest(above: bigint, below: bigint): bigint {
  const floor = above / below;
  const rest = (above - floor * below) * 2n;
  return rest > below || (rest === below && floor % 2n !== 0n) ? floor + 1n : floor;
}
const worth = (payout: Payout, part: bigint) => nearest(payout.source * part, payout.amount);
const place = (state: string) =>
  ['pending_approval', 'approved', 'queued', 'sending'].includes(state)
    ? 'reserved'
    : ['sent', 'held', 'unclaimed'].includes(state)
      ? 'onItsWay'
      : state === 'completed'
        ? 'paid'
        : 'available';
const sum = (list: readonly bigint[]) => list.reduce((all_, one) => all_ + one, 0n);

/** What the balance in a currency must say. */
export function expected(life: Life, currency: Currency) {
  const { earnings, house } = life;
  const payouts = [...life.payouts.values()].filter(({ from }) => from === currency);
  const own = earnings.filter((earning) => earning.currency === currency && !earning.taken);
  const pending = sum(own.filter((earning) => earning.at > house.clock.ms).map(({ net }) => net));
  const placed = (where: string) =>
    sum(payouts.filter(({ state }) => place(state) === where).map((one) => one.source - worth(one, one.part)));
  const waived = payouts.map((payout) => {
    const back = earnings.filter(({ id, taken }) => taken && payout.carries.includes(id));
    const reversed = payout.kept === 0n ? 0n : sum(back.map(({ net }) => net));
    return payout.kept > reversed ? payout.kept - reversed : 0n;
  });
  const total = sum(own.map(({ net }) => net)) - sum(waived);
  const [reserved, onItsWay, paid] = [placed('reserved'), placed('onItsWay'), placed('paid')];
  return { pending, reserved, onItsWay, paid, available: total - pending - reserved - onItsWay - paid };
}

/** What a request would take: what is available but belongs to no payout that somebody must still see to. */
function asks(life: Life, currency: Currency): bigint {
  const tied = [...life.payouts.values()].filter(({ from }) => from === currency);
  const back = tied.map((payout) =>
    payout.state === 'failed' || payout.state === 'returned'
      ? payout.source
      : payout.state === 'completed'
        ? worth(payout, payout.part) - worth(payout, payout.decided)
        : 0n,
  );
  return expected(life, currency).available - sum(back);
}

function converted(life: Life, source: bigint, from: Currency, to: Currency) {
  if (from === to) return { amount: source, spread: 0n };
  const rate = life.rates.get(`${from} ${to}`);
  if (!rate || rate.at + rateDays * dayMs < life.house.clock.ms) return null;
  const above = source * rate.mantissa * 10n ** decimals[to];
  const below = 10n ** (decimals[from] + rate.scale);
  const whole = nearest(above, below);
  const amount = nearest(above * (10_000n - life.spreadBps), below * 10_000n);
  return amount > 0n ? { amount, spread: whole - amount } : null;
}

export async function earn(life: Life, currency: Currency, gross: bigint, bps: bigint, days = 0): Promise<void> {
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
    sql<{ id: string; net: bigint; taken: boolean }>`select e.external_id as id, e.net, e.reversed_at is not null as taken
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
    ({ kind, from: other, state }) => kind === 'request' && other === from && ['reserved', 'onItsWay'].includes(place(state)),
  );
  const paid = converted(life, source, from, to);
  expect(got.status === 201, `${got.text} ${source} ${from} to ${to}`).toBe(!busy && source >= 100n && paid !== null);
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
    if (got.body['done'] === 1) life.done(name);
    if (!states.includes(payout.state)) expect(got.body['done']).toBe(0);
  };
};

export const steps: Readonly<Record<string, Step>> = {
  earn: async (life, pick) =>
    earn(life, at(currencies, pick) ?? 'USD', 1_000n + BigInt((pick * 7919) % 9001), at([0n, 1000n, 333n, 2450n], pick) ?? 0n),
  earnLater: async (life, pick) => earn(life, at(currencies, pick) ?? 'USD', 5_005n + BigInt(pick), 350n, 1 + (pick % 3)),
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
    life.rates.set(`${from} ${to}`, { mantissa: BigInt(whole + fraction), scale: BigInt(fraction.length), at: life.house.clock.ms });
  },
  async spread(life, pick) {
    life.spreadBps = BigInt((pick % 4) * 125);
    await life.house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: Number(life.spreadBps) });
  },
  async reverse(life, pick) {
    const earning = at(life.earnings, pick);
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
    const got = await post(life, '/payouts', { payeeId: life.payee, amount: Number(amount), currency, reason: 'more' });
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
    const [one, two] = [0, 1].map(async () => life.house.ask('POST', '/api/admin/payouts/mark-paid', body, { headers }));
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
    const payout = at(inState(life, 'unclaimed').filter(({ again }) => !again), pick);
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
        (one) => !one.byHand && !one.again && !one.carries.some((id) => again.has(id)) && one.part < one.amount,
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
    const payout = at(inState(life, 'completed').filter((one) => !one.byHand && !one.again), pick);
    if (!payout) return;
    await providerSays(life.house, payout.id, 'returned');
    payout.part = payout.decided > 0n ? payout.amount : 0n;
    life.done('come back');
  },
  async settlePart(life, pick) {
    const payout = at(inState(life, 'completed').filter(({ part, decided }) => part > decided), pick);
    if (!payout) return;
    const decision = pick % 2 === 0 ? 'keep' : 'pay_again';
    const open = payout.part - payout.decided;
    const before = (await partsAgain(life)).length;
    const body = { payoutId: payout.id, amount: Number(open), decision, reason: 'decided' };
    const got = await post(life, '/payouts/settle-part', body);
    if (got.status !== 200) return;
    const again = sum((await partsAgain(life)).slice(before).map(({ net }) => net));
    payout.kept += worth(payout, payout.part) - worth(payout, payout.decided) - again;
    payout.decided = payout.part;
    life.done(decision);
  },
  async method(life) {
    const { body } = await life.house.ask('GET', `/api/admin/payees/${life.payee}/payout-methods`);
    const other = body.data.find((row) => row['isDefault'] !== true);
    const got = await post(life, `/payees/${life.payee}/payout-methods/${String(other?.['id'])}/default`, undefined);
    expect(got.status, got.text).toBe(200);
    life.done('other method');
  },
};
