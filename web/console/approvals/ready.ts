import { moneyList } from '../../app/format.ts';
import type { FloatBrief } from '../../client/types.ts';

/** What is approved and ready to be sent through one provider. */
export interface Ready {
  readonly provider: 'paypal' | 'stripe';
  readonly count: number;
  /** Minor units by currency. */
  readonly totals: Readonly<Record<string, number | string>>;
}

const providers = ['paypal', 'stripe'] as const;

/** The words of what is ready. */
export function wordsOf({ count, totals }: Ready, through: string) {
  return { count, total: moneyList(totals), provider: through };
}

/** What each provider account has to send, as it was last read. */
export function readyOf(float: readonly FloatBrief[]): Ready[] {
  return providers.flatMap((provider) => {
    const rows = float.filter((row) => row.provider === provider && row.approved.count > 0);
    const count = rows.reduce((sum, { approved }) => sum + approved.count, 0);
    const totals = Object.fromEntries(rows.map(({ currency, approved }) => [currency, approved.amount]));
    return count === 0 ? [] : [{ provider, count, totals }];
  });
}
