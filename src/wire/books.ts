import { z } from 'zod';
import { bigCount, count, currencyCode, sum } from './shapes.ts';

const differenceView = z
  .strictObject({ rule: z.string(), subject: z.string(), detail: z.string() })
  .meta({ id: 'LedgerDifference' });

export const verifiedView = z.strictObject({
  clean: z.boolean(),
  rules: count,
  differences: z.array(differenceView),
});

export const trialBalanceView = z.strictObject({
  accounts: z.array(
    z.strictObject({ account: z.string(), currency: currencyCode, amount: sum, entries: bigCount }),
  ),
});

export const rebuildBody = z.strictObject({ apply: z.boolean().default(false) }).default({ apply: false });
export const rebuiltView = z.strictObject({ applied: z.boolean(), differences: z.array(differenceView) });
