import type { House } from './support.ts';
import { dayMs } from './tickets.ts';

// An oracle of its own: it knows what was earned and taken back, what people and the provider said of each payout, and nothing of
// how the server keeps it. Amounts in minor units.

export const currencies = ['USD', 'JPY', 'KWD'] as const;
export type Currency = (typeof currencies)[number];
const decimals = { USD: 2n, JPY: 0n, KWD: 3n } as const;
export const holdDays = 7;
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

export interface Payout {
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

/** To the nearest, a half to the even one. */
function nearest(above: bigint, below: bigint): bigint {
  const floor = above / below;
  const rest = (above - floor * below) * 2n;
  return rest > below || (rest === below && floor % 2n !== 0n) ? floor + 1n : floor;
}
export const worth = (payout: Payout, part: bigint) => nearest(payout.source * part, payout.amount);
export const place = (state: string) =>
  ['pending_approval', 'approved', 'queued', 'sending'].includes(state)
    ? 'reserved'
    : ['sent', 'held', 'unclaimed'].includes(state)
      ? 'onItsWay'
      : state === 'completed'
        ? 'paid'
        : 'available';
export const sum = (list: readonly bigint[]) => list.reduce((all_, one) => all_ + one, 0n);

/** What the balance in a currency must say. */
export function expected(life: Life, currency: Currency) {
  const { earnings, house } = life;
  const payouts = [...life.payouts.values()].filter(({ from }) => from === currency);
  const own = earnings.filter((earning) => earning.currency === currency && !earning.taken);
  const pending = sum(own.filter((earning) => earning.at > house.clock.ms).map(({ net }) => net));
  const placed = (where: string) =>
    sum(
      payouts.filter(({ state }) => place(state) === where).map((one) => one.source - worth(one, one.part)),
    );
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
export function asks(life: Life, currency: Currency): bigint {
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

export function converted(life: Life, source: bigint, from: Currency, to: Currency) {
  if (from === to) return { amount: source, spread: 0n };
  const rate = life.rates.get(`${from} ${to}`);
  if (!rate || rate.at + rateDays * dayMs < life.house.clock.ms) return null;
  const above = source * rate.mantissa * 10n ** decimals[to];
  const below = 10n ** (decimals[from] + rate.scale);
  const whole = nearest(above, below);
  const amount = nearest(above * (10_000n - life.spreadBps), below * 10_000n);
  return amount > 0n ? { amount, spread: whole - amount } : null;
}

/** What the platform has taken of what was earned, and kept of what was converted. */
export function platform(lives: readonly Life[]): Record<string, bigint> {
  const books: Record<string, bigint> = {};
  const add = (name: string, amount: bigint) => (books[name] = (books[name] ?? 0n) + amount);
  for (const { earnings, payouts } of lives) {
    for (const { taken, fee, currency } of earnings) add(`platform_fees ${currency}`, taken ? 0n : fee);
    for (const { state, spread, part, amount, currency } of payouts.values())
      if (['onItsWay', 'paid'].includes(place(state)))
        add(`fx_spread ${currency}`, spread - nearest(spread * part, amount));
  }
  return books;
}
