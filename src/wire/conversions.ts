import { z } from 'zod';
import { conversionWords } from '../core/conversion-words.ts';
import { formatRate } from '../core/conversion.ts';
import type { Language } from '../core/language.ts';
import { count, currencyCode, minor, moment, sum } from './shapes.ts';
import { currency, text } from './text.ts';

const idCharsMax = 100;

export const rateText = z.string().meta({
  description: 'Of the currency that is paid, for one of the balance; an exact decimal',
  examples: ['0.00757'],
});

/** How a balance became what is paid. */
const conversionView = z
  .strictObject({
    sourceAmount: minor,
    sourceCurrency: currencyCode,
    rate: rateText,
    rateId: z.string().meta({ examples: ['fx_0199d2a0'] }),
    rateSource: z.string(),
    rateAt: moment,
    rounding: z.string().meta({ examples: ['half_even'] }),
    spreadBps: count,
    spreadAmount: minor.meta({ description: 'What the platform keeps, in the currency that is paid' }),
    words: z.string(),
  })
  .meta({ id: 'Conversion' });

/** On a payout. */
export const conversionField = {
  conversion: conversionView
    .nullable()
    .meta({ description: 'Null when it is paid in the currency of its balance', examples: [null] }),
};

export interface ConversionFacts {
  readonly sourceCurrency: string | null;
  readonly sourceAmount: bigint | null;
  readonly spreadAmount: bigint | null;
  readonly ratePublicId: string | null;
  readonly rateMantissa: bigint | null;
  readonly rateScale: number | null;
  readonly rateSource: string | null;
  readonly rateAt: Date | null;
  readonly rounding: string | null;
  readonly spreadBps: number | null;
}

export function presentConversion(
  row: ConversionFacts & { readonly currency: string },
  language: Language = 'en',
): z.output<typeof conversionView> | null {
  const { sourceCurrency, sourceAmount, rateMantissa, rateAt } = row;
  if (sourceCurrency === null || sourceAmount === null || rateMantissa === null || rateAt === null)
    return null;
  return {
    sourceAmount,
    sourceCurrency,
    rate: formatRate({ mantissa: rateMantissa, scale: row.rateScale ?? 0 }),
    rateId: row.ratePublicId ?? '',
    rateSource: row.rateSource ?? '',
    rateAt,
    rounding: row.rounding ?? '',
    spreadBps: row.spreadBps ?? 0,
    spreadAmount: row.spreadAmount ?? 0n,
    words: conversionWords(row, language) ?? '',
  };
}

/** In what a balance shall be paid. */
export const paidInFields = {
  payoutCurrency: currency
    .nullish()
    .meta({ description: 'What is paid; the currency of the balance when not named', examples: [null] }),
  rateId: text(idCharsMax)
    .nullish()
    .meta({ description: 'The rate of a quote: with another one nothing is made', examples: [null] }),
};

/** What a request would be now. */
export const quoteView = z
  .strictObject({
    amount: minor,
    currency: currencyCode,
    balanceCurrency: currencyCode.meta({
      description:
        'Of the balance it would leave: gross, fee, net (gross less fee) and recovered (owed) are in it',
    }),
    earningCount: count,
    gross: sum,
    fee: sum,
    net: sum,
    recovered: sum,
    ...conversionField,
    validUntil: moment.nullable().meta({
      description: 'When the rate is too old, if no newer one comes before; null when nothing is converted',
    }),
  })
  .meta({ id: 'PayoutQuote' });

interface QuoteFacts {
  readonly amount: bigint;
  readonly currency: string;
  readonly balanceCurrency: string;
  readonly earningCount: number;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly recovered: bigint;
  readonly validUntil: Date | null;
}

export function presentQuote(
  quote: QuoteFacts & ConversionFacts,
  language: Language = 'en',
): z.output<typeof quoteView> {
  const { amount, currency: code, balanceCurrency, earningCount, validUntil } = quote;
  const { gross, fee, net, recovered } = quote;
  const conversion = presentConversion(quote, language);
  const carried = { balanceCurrency, earningCount, gross, fee, net, recovered };
  return { amount, currency: code, ...carried, conversion, validUntil };
}
