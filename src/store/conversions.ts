import { sql } from 'kysely';
import type { Db } from './db.ts';
import { run } from './db.ts';

/** How a payout is converted, as it is kept with it. Amounts in minor units. */
export interface Conversion {
  readonly rateId: bigint;
  readonly ratePublicId: string;
  readonly mantissa: bigint;
  readonly scale: number;
  readonly rateSource: string;
  readonly rateAt: Date;
  readonly rounding: 'half_even';
  readonly step: bigint;
  readonly spreadBps: number;
  readonly sourceCurrency: string;
  readonly sourceExponent: number;
  readonly sourceAmount: bigint;
  readonly currency: string;
  readonly exponent: number;
  readonly amount: bigint;
  readonly spreadAmount: bigint;
}

/** Keeps how a payout was converted: written once, with the payout. */
export async function insertConversion(tx: Db, payoutId: bigint, c: Conversion): Promise<void> {
  await run(
    tx,
    sql`insert into payout_conversion (payout_id, rate_id, mantissa, scale, rate_source, rate_at, rounding, step, spread_bps,
        source_currency, source_exponent, source_amount, currency, exponent, amount, spread_amount)
      values (${payoutId}, ${c.rateId}, ${c.mantissa}, ${c.scale}, ${c.rateSource}, ${c.rateAt}, ${c.rounding}, ${c.step},
        ${c.spreadBps}, ${c.sourceCurrency}, ${c.sourceExponent}, ${c.sourceAmount}, ${c.currency}, ${c.exponent},
        ${c.amount}, ${c.spreadAmount})`,
  );
}

/** What the books need of a converted payout; all null of another one. Minor units. */
export interface SourceRow {
  sourceCurrency: string | null;
  sourceAmount: bigint | null;
  spreadAmount: bigint | null;
}

/** Of a payout `p`. */
export const sourceColumns =
  'p.source_currency as "sourceCurrency", p.source_amount as "sourceAmount", p.spread_amount as "spreadAmount"';

/** How a payout was converted, beside its other columns; all null when it was not. */
export interface ConversionRow extends SourceRow {
  ratePublicId: string | null;
  rateMantissa: bigint | null;
  rateScale: number | null;
  rateSource: string | null;
  rateAt: Date | null;
  rounding: string | null;
  spreadBps: number | null;
}

/** Of a payout `p` with what `conversionJoin` adds. */
export const conversionColumns = `${sourceColumns}, fx.public_id as "ratePublicId", k.mantissa as "rateMantissa",
  k.scale as "rateScale", k.rate_source as "rateSource", k.rate_at as "rateAt", k.rounding, k.spread_bps as "spreadBps"`;
export const conversionJoin =
  'left join payout_conversion k on k.payout_id = p.id left join fx_rate fx on fx.id = k.rate_id';
