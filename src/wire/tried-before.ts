import { z } from 'zod';
import type { TeamLanguage } from '../core/language.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { operatorReason } from '../core/operator-reasons.ts';
import { count, moment, sumsByCurrency } from './shapes.ts';

/** What failed before for one reason and would be tried again. */
export const triedBeforeView = z
  .strictObject({
    code: z.string().meta({ examples: ['receiver_locked'] }),
    operator: z.string(),
    fix: z.string(),
    unmended: z.boolean().meta({
      description:
        'The reason lies in the account or the way, and it would go there again: it would fail again',
    }),
    count,
    totals: sumsByCurrency,
  })
  .meta({ id: 'TriedBefore' });

/** What a retry of a batch would take now. */
export const retryPreviewView = z
  .strictObject({
    batchId: z.string(),
    triedBefore: z.array(triedBeforeView),
    settled: z
      .array(
        z.strictObject({
          payoutId: z.string(),
          payeeId: z.string(),
          payeeName: z.string(),
          saidAt: moment,
        }),
      )
      .meta({
        description: 'Payees who say since that what stopped theirs is settled; the first ten',
      }),
  })
  .meta({ id: 'RetryPreview' });

interface Facts {
  readonly code: string;
  readonly currency: string;
  readonly unmended: boolean;
  readonly count: bigint;
  readonly amount: bigint;
}

/** One entry per reason, whatever the currencies. */
export function presentTriedBefore(
  rows: readonly Facts[],
  language: TeamLanguage,
): z.output<typeof triedBeforeView>[] {
  return [...Map.groupBy(rows, ({ code, unmended }) => `${code} ${unmended}`).values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const totals: Totals = {};
    for (const { currency, amount } of of) addTo(totals, currency, amount);
    const { code, unmended } = first;
    const { operator, fix } = operatorReason(code, language);
    return [
      { code, operator, fix, unmended, count: of.reduce((sum, row) => sum + Number(row.count), 0), totals },
    ];
  });
}
