import { z } from 'zod';
import { formatAmount } from '../core/money.ts';
import { csvLine } from './csv.ts';
import { pageQueryOf } from './paging.ts';
import { bigCount, currencyCode, minor, moment, sum } from './shapes.ts';

/** Lines of one page when the caller does not say. */
const linesDefault = 100;

export const statementQuery = pageQueryOf(linesDefault);

const totalsView = z
  .strictObject({
    earnings: bigCount.meta({ description: 'How many earnings it pays' }),
    gross: sum,
    fee: sum,
    net: sum,
    recoveries: bigCount.meta({ description: 'How many that were taken back it recovers' }),
    recovered: sum,
    amount: sum.meta({ description: 'net less recovered: the payout' }),
  })
  .meta({ id: 'StatementTotals' });

/** What went into a payout: totals of all of it, and a page of its lines. */
export const statementView = z
  .strictObject({
    payoutId: z.string(),
    amount: minor,
    currency: currencyCode,
    totals: totalsView.nullable().meta({ description: 'Of all lines; null on later pages' }),
    data: z.array(
      z
        .strictObject({
          kind: z.enum(['earning', 'recovery']),
          sourceType: z.string(),
          externalId: z.string(),
          note: z.string().nullable(),
          gross: minor,
          fee: minor,
          net: minor,
          amount: minor.meta({ description: 'What it adds to the payout; below zero when it is recovered' }),
          currency: currencyCode,
          earnedAt: moment,
        })
        .meta({ id: 'StatementLine' }),
    ),
    nextCursor: z.string().nullable().meta({ description: 'Names the next page; null on the last' }),
  })
  .meta({ id: 'Statement' });
type LineView = z.output<typeof statementView>['data'][number];

interface LineFacts extends LineView {
  readonly id: bigint;
}

export function presentLine({ id: _place, ...line }: LineFacts): LineView {
  return line;
}

type TotalsFacts = Omit<z.output<typeof totalsView>, 'amount'>;

export function presentTotals(totals: TotalsFacts): z.output<typeof totalsView> {
  return { ...totals, amount: totals.net - totals.recovered };
}

const columns = {
  kind: (line) => line.kind,
  source_type: (line) => line.sourceType,
  external_id: (line) => line.externalId,
  note: (line) => line.note ?? '',
  earned_at: (line) => line.earnedAt.toISOString(),
  gross: (line) => formatAmount(line.gross, line.currency),
  fee: (line) => formatAmount(line.fee, line.currency),
  net: (line) => formatAmount(line.net, line.currency),
  // Two columns, as a cell that starts with a minus is no number any more when it is safe to open.
  paid: (line) => (line.kind === 'earning' ? formatAmount(line.amount, line.currency) : ''),
  recovered: (line) => (line.kind === 'recovery' ? formatAmount(-line.amount, line.currency) : ''),
  currency: (line) => line.currency,
} as const satisfies Record<string, (line: LineView) => string>;

export function statementCsvHeader(): string {
  return csvLine(Object.keys(columns));
}

/** One line; the sum of `paid` less that of `recovered` is the payout. */
export function statementCsvLine(line: LineView): string {
  return csvLine(Object.values(columns).map((read) => read(line)));
}
