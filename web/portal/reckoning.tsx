import type { BoxProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { percent, shown } from '../app/decimals.ts';
import { count, type Minor, money } from '../app/format.ts';
import type { Conversion } from '../client/types.ts';
import { Facts } from './facts.tsx';

/** What was earned, in the currency of the balance. Minor units. */
interface Earned {
  readonly count: number;
  readonly gross: Minor;
  readonly fee: Minor;
  readonly recovered: Minor;
  readonly currency: string;
}

interface Paid {
  readonly amount: Minor;
  readonly currency: string;
  readonly conversion: Conversion | null;
}

/** How a payout is reckoned, the same before it is asked for, on its page and on its receipt; `earned` null: nobody knows. */
export function Reckoning({
  earned,
  paid: { amount, currency, conversion },
  ...box
}: BoxProps & { readonly earned: Earned | null; readonly paid: Paid }) {
  const { t } = useTranslation();
  return (
    <Facts
      {...box}
      rows={[
        earned !== null && {
          name: t('carries.gross', { count: earned.count, shown: count(earned.count) }),
          value: money(earned.gross, earned.currency),
        },
        earned !== null && { name: t('carries.fees'), value: money(-BigInt(earned.fee), earned.currency) },
        earned !== null &&
          BigInt(earned.recovered) !== 0n && {
            name: t('carries.recovered'),
            value: money(-BigInt(earned.recovered), earned.currency),
          },
        ...useConverted(conversion, currency),
        { name: t('carries.youGet'), value: money(amount, currency), sum: true },
      ]}
    />
  );
}

/** What leaves the balance, the rate, and what the platform keeps: with these it comes to what is paid. */
function useConverted(conversion: Conversion | null, currency: string) {
  const { t } = useTranslation();
  if (conversion === null) return [];
  const { sourceAmount, sourceCurrency, rate, spreadBps, spreadAmount } = conversion;
  const rateWords = { from: sourceCurrency, rate: shown(rate), to: currency };
  return [
    { name: t('carries.before'), value: money(sourceAmount, sourceCurrency), sum: true },
    { name: t('carries.rate'), value: t('carries.rateIs', rateWords) },
    spreadBps !== 0 && {
      name: t('carries.spread', { share: percent(spreadBps) }),
      value: money(-BigInt(spreadAmount), currency),
    },
  ];
}
