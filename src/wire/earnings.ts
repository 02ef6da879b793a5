import { faultIn } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import { faultLine, faultsIn } from './parsing.ts';
import { z } from 'zod';
import { formatMoney } from '../core/money.ts';
import { payoutMethod } from './payees.ts';
import { faultView } from './problem-view.ts';
import type { Fault } from './problem.ts';
import { count, eachLike } from './shapes.ts';
import {
  amount,
  currency,
  cycleId,
  email,
  externalId,
  name,
  note,
  reference,
  sourceType,
  eventEnd,
  time,
} from './text.ts';

/** Earnings one call may bring. */
const earningsPerCallMax = 5000;

/**
 * One earning. Unknown keys are refused: a mistyped `feeBps` must not become a payment without a fee. `payee` upserts the
 * payee in the same transaction. Of `metadata` the note is kept, as what the payee reads.
 */
export const earningItem = z
  .strictObject({
    sourceType,
    externalId: reference,
    payeeExternalId: externalId,
    cycleId: cycleId.nullish(),
    amount,
    currency,
    feeBps: z
      .int()
      .min(0)
      .max(10_000)
      .nullish()
      .meta({ description: 'Without it: what is set for the source type (feeBpsBySource), else 0' }),
    availableAt: time.nullish(),
    eventEndsAt: eventEnd.nullish(),
    note: note.nullish(),
    metadata: z.looseObject({ note: note.nullish() }).nullish(),
    payee: z
      .strictObject({ name: name.default(''), email: email.nullish(), payoutMethod: payoutMethod.nullish() })
      .nullish(),
  })
  .transform(({ amount: gross, payee, metadata, ...item }) => ({
    ...item,
    gross,
    feeBps: item.feeBps ?? null,
    cycleId: item.cycleId ?? null,
    note: item.note ?? metadata?.note ?? null,
    availableAt: item.availableAt ?? null,
    eventEndsAt: item.eventEndsAt ?? null,
    payee: payee
      ? { name: payee.name, email: payee.email ?? null, method: payee.payoutMethod ?? null }
      : null,
  }))
  .meta({
    id: 'EarningInput',
    examples: [
      {
        sourceType: 'winner',
        externalId: 'sel-1',
        payeeExternalId: 'u1',
        cycleId: '18',
        amount: 2500,
        currency: 'USD',
        payee: { name: 'Ana', payoutMethod: { type: 'paypal', destination: 'ana@example.com' } },
      },
    ],
  });

/** Items are parsed one by one, so that a bad one never stops the others. */
export const earningsBody = z.strictObject({
  earnings: z.array(eachLike(earningItem)).min(1).max(earningsPerCallMax),
});

const differenceView = z.strictObject({
  field: z.string(),
  recorded: z.union([z.string(), z.bigint(), z.null()]),
  given: z.union([z.string(), z.bigint(), z.null()]),
});
const resultStatus = z.enum(['created', 'unchanged', 'conflict', 'invalid']);
const resultFields = {
  status: resultStatus,
  code: z.string().nullable(),
  message: z.string().nullable(),
  differences: z.array(differenceView),
  errors: z.array(faultView),
};

/** What became of each earning, in their order. */
export const recordedView = z
  .strictObject({
    counts: z.strictObject({ created: count, unchanged: count, conflict: count, invalid: count }),
    results: z.array(
      z
        .strictObject({
          index: count,
          sourceType: z.string().nullable(),
          externalId: z.string().nullable(),
          ...resultFields,
        })
        .meta({ id: 'EarningResult' }),
    ),
  })
  .meta({ id: 'EarningsRecorded' });

/** A field that an earning was recorded with and that the item says otherwise. Amounts in minor units. */
interface DifferenceFacts {
  readonly field: string;
  readonly recorded: string | bigint | null;
  readonly given: string | bigint | null;
}

type ResultFacts =
  | { readonly status: 'created' | 'unchanged' }
  | { readonly status: 'conflict'; readonly differences: readonly DifferenceFacts[] }
  | { readonly status: 'invalid'; readonly code: string; readonly path: string; readonly message: string };

/** What became of one item, in one shape; `message` is for people. */
interface ResultView {
  readonly status: ResultFacts['status'];
  readonly code: string | null;
  readonly message: string | null;
  readonly differences: readonly DifferenceFacts[];
  readonly errors: readonly Fault[];
}

export function presentResult(result: ResultFacts, currency: string, language: TeamLanguage): ResultView {
  const { status } = result;
  if (result.status === 'conflict') {
    const { differences } = result;
    const message = recordedBefore[language](recordedWords(differences, currency, language));
    return { status, code: 'earning_differs', message, differences, errors: [] };
  }
  if (result.status === 'invalid') {
    const { code, path } = result;
    const message = faultIn(result.message, language);
    return { status, code, message, differences: [], errors: [{ path, message }] };
  }
  return { status, code: null, message: null, differences: [], errors: [] };
}

/** An item whose values are not valid. */
export function presentUnreadable(faults: readonly Fault[], language: TeamLanguage): ResultView {
  const errors = faultsIn(faults, language);
  const message = faultLine(errors, language);
  return { status: 'invalid', code: 'invalid_request', message, differences: [], errors };
}

const recordedBefore: Readonly<Record<TeamLanguage, (what: string) => string>> = {
  en: (what) => `This reference was recorded before with ${what}.`,
  fr: (what) => `Cette référence a déjà été enregistrée avec ${what}.`,
};
const not: Readonly<Record<TeamLanguage, string>> = { en: 'not', fr: 'et non' };
const none: Readonly<Record<TeamLanguage, string>> = { en: 'none', fr: 'rien' };

/** "amount 10.00 USD, not 20.00 USD; cycleId 18, not 19" */
function recordedWords(
  differences: readonly DifferenceFacts[],
  currency: string,
  language: TeamLanguage,
): string {
  const recordedCurrency = differences.find((one) => one.field === 'currency')?.recorded ?? currency;
  return differences
    .map(({ field, recorded, given }) => {
      const before = words(recorded, String(recordedCurrency)) ?? none[language];
      return `${field} ${before}, ${not[language]} ${words(given, currency) ?? none[language]}`;
    })
    .join('; ');
}

function words(value: string | bigint | null, currency: string): string | null {
  return typeof value === 'bigint' ? formatMoney(value, currency) : value;
}
