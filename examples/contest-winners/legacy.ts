/**
 * Makes the payout report of an earlier system, the same one every time: `node examples/contest-winners/legacy.ts`. It paid
 * most of the winners of `winners.csv` and named them in every way it knew.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvLine } from '../../src/wire/csv.ts';
import { winnersCsv } from './make.ts';

/** A winner as the other file has them. */
interface Winner {
  readonly user: string;
  readonly email: string;
  readonly amount: string;
  readonly currency: string;
  readonly selection: string;
}

const header =
  'Payout batch ID,Payout item ID,Transaction ID,Sender item ID,Receiver,Status,Amount,Currency,Fee,Time processed';

/** How the earlier system named what it paid, and how often; together 750 rows. */
const forms: readonly (readonly [number, (winner: Winner) => string])[] = [
  [280, ({ selection, user }) => `winner-${selection}-${user}`],
  [20, ({ selection, user }) => `winner-${selection}-${user}-a2`],
  [140, ({ selection, user }) => `winner_${selection}_${user}`],
  [120, ({ selection, user }) => `${selection}-${user}`],
  [60, ({ selection }) => selection],
  [50, ({ user }) => user],
  [30, ({ email }) => email],
  [10, () => ''],
  // From here on something is not as it should be; see `oddRow`.
  [40, ({ selection, user }) => `winner-${selection}-${user}`],
];
const goodRows = 710;

/** Every so many rows the payment did not simply arrive. */
const otherStatuses: readonly (readonly [number, string])[] = [
  [97, 'RETURNED'],
  [89, 'FAILED'],
  [83, 'UNCLAIMED'],
  [79, 'REFUNDED'],
  [73, 'PENDING'],
  [71, 'REVERSED'],
  [67, 'BLOCKED'],
  [61, 'ONHOLD'],
];

function winners(): Winner[] {
  return winnersCsv()
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [user = '', , email = '', amount = '', currency = '', , , selection = ''] = line.split(',');
      return { user, email, amount, currency, selection };
    });
}

type Cells = Record<'reference' | 'receiver' | 'status' | 'amount' | 'currency', string>;

/** Ten rows each that name nobody, pay another amount, name one winner and pay another, or cannot be read. */
function oddRow(at: number, cells: Cells, next: Winner): Cells {
  if (at < 10) return { ...cells, reference: `winner_9${at}_x${at}`, receiver: `nobody${at}@example.org` };
  if (at < 20) return { ...cells, amount: '1.01' };
  if (at < 30) return { ...cells, receiver: next.email };
  return at < 35 ? { ...cells, amount: '1,250' } : { ...cells, status: 'ESCHEATED' };
}

/** `legacy-payouts.csv` as text: 750 rows. */
export function legacyPayoutsCsv(): string {
  const people = winners();
  const names = forms.flatMap(([count, nameOf]) => Array.from({ length: count }, () => nameOf));
  let text = `\uFEFF${header}\n`;
  for (const [at, nameOf] of names.entries()) {
    const winner = people[at];
    const next = people[at + 1];
    if (!winner || !next) throw new RangeError('there are fewer winners than payouts');
    const status = otherStatuses.find(([every]) => at % every === every - 1)?.[1] ?? 'SUCCESS';
    const { amount, currency } = winner;
    const cells = { reference: nameOf(winner), receiver: winner.email, status, amount, currency };
    const row = at < goodRows ? cells : oddRow(at - goodRows, { ...cells, status: 'SUCCESS' }, next);
    text += lineOf(at, row);
  }
  return text;
}

function lineOf(at: number, { reference, receiver, status, amount, currency }: Cells): string {
  const number = String(at + 1).padStart(5, '0');
  // What failed has no transaction, only an item; every fiftieth row has neither.
  const isBare = at % 50 === 49;
  const failed = status === 'FAILED' || status === 'BLOCKED';
  const item = failed && !isBare ? `LEGACYIT${number}` : '';
  const transaction = failed || isBare ? '' : `7XL${number}83416994Y`;
  const day = String(1 + Math.floor(at / 50)).padStart(2, '0');
  const cells = ['5LEGACY2026', item, transaction, reference, receiver, status, amount, currency, '0.25'];
  return csvLine([...cells, `2026-10-${day} 17:04:05`]);
}

if (import.meta.main) await writeFile(join(import.meta.dirname, 'legacy-payouts.csv'), legacyPayoutsCsv());
