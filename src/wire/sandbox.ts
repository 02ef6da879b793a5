import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { mask } from '../core/mask.ts';
import { providerName } from './batches.ts';
import { pageQuery } from './paging.ts';
import { count, currencyCode, minor, moment, wholeListView } from './shapes.ts';
import { anyId, currency } from './text.ts';

const daySeconds = 24 * 60 * 60;
/** Most of one step of the test clock. */
const advanceMaxSeconds = 400 * daySeconds;
/** Most rules of one call, and most firings of one rule. */
const rulesMax = 50;
const timesMax = 1_000_000;
const delayMaxMs = 10 * 60_000;
const retryAfterMaxSeconds = 24 * 60 * 60;
/** Most that a sandbox can be told to hold, in minor units. */
const balanceMaxMinor = 10 ** 12;
const seedMax = 2 ** 31 - 1;

/** The clock only goes forward, by 1 second to 400 days at a time. */
export const clockBody = z.strictObject({ advanceSeconds: z.int().min(1).max(advanceMaxSeconds) });

/** Where one provider sandbox's own clock is; null when it did not answer. */
const providerClock = z.strictObject({
  provider: z.string(),
  offsetSeconds: z.number().nullable(),
  inStep: z.boolean().meta({ description: 'False: it is behind and is moved as soon as it answers' }),
});
export const clockView = z
  .strictObject({ now: moment, offsetSeconds: z.int(), providers: z.array(providerClock) })
  .meta({ id: 'TestClock' });
export type ProviderClock = z.output<typeof providerClock>;
export type TestClock = z.output<typeof clockView>;

/** What can go wrong by request; docs/providers/sandbox.md says what each does. */
export const faultKinds = [
  'drop_before',
  'drop_after',
  'error_500_before',
  'error_500_after',
  'timeout',
  'reset_mid_body',
  'malformed',
  'rate_limit',
  'slow',
  'insufficient_funds',
  'denied',
  'webhook_duplicate',
  'webhook_reorder',
  'webhook_drop',
  'webhook_forged',
] as const;

const faultRule = z.strictObject({
  provider: providerName.default('paypal'),
  fault: z.enum(faultKinds),
  /** How often it happens; null: until the faults are cleared. */
  times: z.int().min(1).max(timesMax).nullable().default(1),
  method: z.enum(['GET', 'POST']).optional(),
  /** Prefix of the provider's path; without it every call of the provider's API. */
  path: z
    .string()
    .regex(/^\/[\x21-\x7e]{0,199}$/, fault('sandbox_path'))
    .meta({ examples: ['/v1/payments/payouts'] })
    .optional(),
  /** Chance from 0 to 1 that a call meets it, decided by the seed. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.int().min(0).max(seedMax).default(0),
  delayMs: z.int().min(0).max(delayMaxMs).optional(),
  retryAfterSeconds: z.int().min(0).max(retryAfterMaxSeconds).optional(),
});
export type FaultRule = z.output<typeof faultRule>;

/** One rule, or several under `rules`: all are taken or none. */
export const faultsBody = z
  .union([z.strictObject({ rules: z.array(faultRule).min(1).max(rulesMax) }), faultRule])
  .transform((body) => ('rules' in body ? body.rules : [body]));

/** A rule as the sandbox keeps it, with how many calls it looked at and how often it happened. */
export interface FaultFacts {
  readonly provider: string;
  readonly id: number;
  readonly fault: string;
  readonly times: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly probability: number;
  readonly seed: number;
  readonly delayMs: number | null;
  readonly retryAfterSeconds: number | null;
  readonly seen: number;
  readonly fired: number;
}

const faultView = z
  .strictObject({
    id: count,
    provider: z.string(),
    fault: z.string().meta({ examples: ['drop_after'] }),
    times: count.nullable(),
    method: z
      .string()
      .nullable()
      .meta({ examples: ['POST'] }),
    path: z
      .string()
      .nullable()
      .meta({ examples: ['/v1/payments/payouts'] }),
    probability: z.number(),
    seed: count,
    delayMs: count.nullable(),
    retryAfterSeconds: count.nullable(),
    seen: count.meta({ description: 'Calls it looked at' }),
    fired: count.meta({ description: 'Calls that met it' }),
  })
  .meta({ id: 'SandboxFault' });
export const faultsView = wholeListView(faultView);

export function presentFault(rule: FaultFacts): z.output<typeof faultView> {
  const { id, provider, fault, times, method, path, probability, seed, delayMs, retryAfterSeconds } = rule;
  const { seen, fired } = rule;
  return {
    id,
    provider,
    fault,
    times,
    method,
    path,
    probability,
    seed,
    delayMs,
    retryAfterSeconds,
    seen,
    fired,
  };
}

const balanceAmount = z
  .int(fault('minor_units_any'))
  .min(0)
  .max(balanceMaxMinor)
  .transform(BigInt)
  .meta({ description: 'Minor units of the currency' });

/** What the account at one provider sandbox holds from now on; null: as much as it is asked for. */
export const balanceBody = z
  .strictObject({ provider: providerName.default('paypal'), currency, amount: balanceAmount.nullable() })
  .meta({ examples: [{ currency: 'USD', amount: 376_000 }] });
export type SandboxBalance = z.output<typeof balanceBody>;
export const balanceView = z
  .strictObject({ provider: z.string(), currency: currencyCode, amount: minor.nullable() })
  .meta({ id: 'SandboxBalance' });

export const effectsQuery = pageQuery.extend({
  provider: providerName.default('paypal'),
  reference: anyId.optional(),
});

export type SandboxSide = z.output<typeof effectsQuery>['provider'];

/** One item a sandbox accepted, by its own list. Amount in minor units. */
export interface EffectFacts {
  readonly id: bigint;
  readonly provider: string;
  readonly reference: string | null;
  readonly providerKey: string | null;
  readonly providerBatchId: string;
  readonly providerItemId: string;
  readonly receiver: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly status: string;
  readonly outstanding: boolean;
  readonly acceptedAt: string;
}

export const effectView = z
  .strictObject({
    provider: z.string(),
    reference: z.string().nullable(),
    providerKey: z.string().nullable(),
    providerBatchId: z.string(),
    providerItemId: z.string(),
    destination: z.string(),
    amount: minor,
    currency: currencyCode,
    status: z.string().meta({ examples: ['SUCCESS'] }),
    outstanding: z.boolean().meta({ description: 'The payee has the money or may still get it' }),
    acceptedAt: z.iso.datetime(),
  })
  .meta({ id: 'SandboxEffect' });

/** `outstanding`: the payee has the money or may still get it. */
export function presentEffect(facts: EffectFacts): z.output<typeof effectView> {
  const { provider, reference, providerKey, providerBatchId, providerItemId, receiver } = facts;
  const { amount, currency, status, outstanding, acceptedAt } = facts;
  const whose = { provider, reference, providerKey, providerBatchId, providerItemId };
  return { ...whose, destination: mask(receiver), amount, currency, status, outstanding, acceptedAt };
}
