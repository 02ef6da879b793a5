import { formatRate } from './conversion.ts';
import type { Language } from './language.ts';
import { formatMoney } from './money.ts';

/** How a payout was converted; all null when it was not. */
interface Kept {
  readonly sourceCurrency: string | null;
  readonly sourceAmount: bigint | null;
  readonly currency: string;
  readonly rateMantissa: bigint | null;
  readonly rateScale: number | null;
  readonly rateSource: string | null;
  readonly rateAt: Date | null;
}

const fromAt = {
  en: ['from', 'at'],
  fr: ['à partir de', 'au taux de'],
  ht: ['soti nan', 'ak to'],
} as const satisfies Record<Language, readonly [string, string]>;

/** "from 6,600.00 HTG at 1 HTG = 0.00757 USD (BRH, 2026-11-20 12:00 UTC)"; null when nothing was converted. */
export function conversionWords(payout: Kept, language: Language = 'en'): string | null {
  const { sourceCurrency, sourceAmount, rateMantissa, rateScale, rateSource, rateAt } = payout;
  if (sourceCurrency === null || sourceAmount === null || rateMantissa === null) return null;
  const exact = formatRate({ mantissa: rateMantissa, scale: rateScale ?? 0 });
  const at = rateAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
  const isFrench = language === 'fr';
  const money = formatMoney(sourceAmount, sourceCurrency, isFrench ? 'fr' : 'en');
  const rate = isFrench ? exact.replace('.', ',') : exact;
  const [from, to] = fromAt[language];
  return `${from} ${money} ${to} 1 ${sourceCurrency} = ${rate} ${payout.currency} (${rateSource ?? ''}, ${at} UTC)`;
}
