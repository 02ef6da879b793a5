import type { TeamLanguage } from '../core/language.ts';
import { faultLine, faultsIn } from './parsing.ts';
import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { formatRate, parseRate } from '../core/conversion.ts';
import { operatorMoment } from '../core/when.ts';
import { rateText } from './conversions.ts';
import { pageQuery } from './paging.ts';
import { faultView } from './problem-view.ts';
import type { Fault } from './problem.ts';
import { count, currencyCode, eachLike, moment } from './shapes.ts';
import { currency, text, time } from './text.ts';

/** Rates one call may bring. */
export const ratesPerCallMax = 1000;
const sourceCharsMax = 200;

const rate = z
  .string()
  .transform((value, ctx) => {
    const parsed = parseRate(value);
    if (parsed) return parsed;
    const message = fault('rate');
    ctx.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta({ description: 'Of `to`, for one of `from`; a text, so that it stays exact', examples: ['132.5'] });

/** One rate, in this direction only. */
export const rateItem = z
  .strictObject({ from: currency, to: currency, rate, at: time, source: text(sourceCharsMax) })
  .refine((item) => item.from !== item.to, { path: ['to'], message: fault('same_currency') })
  .meta({
    id: 'FxRateInput',
    examples: [{ from: 'HTG', to: 'USD', rate: '0.00757', at: '2026-11-20T08:00:00Z', source: 'BRH' }],
  });

/** Items are parsed one by one, so that a bad one never stops the others. */
export const ratesBody = z.strictObject({
  rates: z.array(eachLike(rateItem)).min(1).max(ratesPerCallMax),
  acceptJump: z
    .boolean()
    .default(false)
    .meta({ description: 'Enters also what is further from the last rate than `fxRateJumpBps` allows' }),
});

const statuses = ['created', 'unchanged', 'conflict', 'jump', 'invalid'] as const;

const jumpView = z
  .strictObject({
    last: rateText,
    at: moment.meta({ description: 'Of the last rate' }),
    percent: z.string().meta({ description: 'The change, in percent of the last rate', examples: ['900'] }),
  })
  .meta({ id: 'FxRateJump', description: 'The last rate of the pair, where this one is far from it' });

export const ratesEnteredView = z
  .strictObject({
    counts: z.strictObject({
      created: count,
      unchanged: count,
      conflict: count,
      jump: count,
      invalid: count,
    }),
    results: z.array(
      z
        .strictObject({
          index: count,
          status: z.enum(statuses),
          rateId: z.string().nullable(),
          message: z.string().nullable(),
          jump: jumpView.nullable(),
          errors: z.array(faultView),
        })
        .meta({ id: 'FxRateResult' }),
    ),
  })
  .meta({ id: 'FxRatesEntered' });
type Result = z.output<typeof ratesEnteredView>['results'][number];

interface EnteredFacts {
  readonly status: 'created' | 'unchanged' | 'conflict' | 'in_future' | 'jump';
  readonly recorded: { readonly id: string; readonly rate: string; readonly source: string } | null;
  readonly jump: {
    readonly than: keyof typeof thanWords.en;
    readonly last: string;
    readonly at: Date;
    readonly percent: string;
  } | null;
}

/** What became of one rate. */
export function presentEntered(
  index: number,
  { status, recorded, jump }: EnteredFacts,
  language: TeamLanguage,
): Result {
  const rateId = recorded?.id ?? null;
  if (status === 'in_future')
    return invalidRate(index, [{ path: 'at', message: fault('in_future') }], language);
  const { rate: known = '', source = '' } = recorded ?? {};
  const far = status === 'jump' && jump ? jumpWords[language](jump) : null;
  const message = status === 'conflict' ? onRecord[language](known, source) : far;
  return {
    index,
    status,
    rateId,
    message,
    jump: jump && { last: jump.last, at: jump.at, percent: jump.percent },
    errors: [],
  };
}

const onRecord: Readonly<Record<TeamLanguage, (known: string, source: string) => string>> = {
  en: (known, source) =>
    `${known} by ${source} is on record for this pair and moment, and stays. Enter a better rate with a later time.`,
  fr: (known, source) =>
    `${known} par ${source} est enregistré pour cette paire et ce moment, et le reste. Saisissez un meilleur taux à une heure plus tardive.`,
};

type Jump = NonNullable<EnteredFacts['jump']>;

const thanWords = {
  en: {
    last: 'the last rate of the pair,',
    day: 'the rate that held a day before,',
    next: 'the next rate of the pair,',
    opposite: 'the rate of the other direction turned around,',
  },
  fr: {
    last: 'du dernier taux de la paire,',
    day: 'du taux qui valait un jour avant,',
    next: 'du taux suivant de la paire,',
    opposite: 'du taux de l’autre sens, inversé,',
  },
} as const;

const jumpWords: Readonly<Record<TeamLanguage, (jump: Jump) => string>> = {
  en: ({ than, last, at, percent }) =>
    `It is ${size(percent)} % ${isBelow(percent) ? 'below' : 'above'} ${thanWords.en[than]} ${last} of ${operatorMoment('UTC', at)}. It was not entered. Look at it again; if it is right, accept the jump.`,
  fr: ({ than, last, at, percent }) =>
    `Il est ${size(percent).replace('.', ',')} % ${isBelow(percent) ? 'au-dessous' : 'au-dessus'} ${thanWords.fr[than]} ${last} du ${operatorMoment('UTC', at, 'fr')}. Il n’a pas été saisi. Regardez-le de nouveau ; s’il est juste, acceptez l’écart.`,
};

function isBelow(percent: string): boolean {
  return percent.startsWith('-');
}

function size(percent: string): string {
  return percent.replace('-', '');
}

/** A rate whose values are not valid. */
export function invalidRate(index: number, faults: Fault[], language: TeamLanguage): Result {
  const errors = faultsIn(faults, language);
  return { index, status: 'invalid', rateId: null, message: faultLine(errors, language), jump: null, errors };
}

export function presentRatesEntered(results: Result[]): z.output<typeof ratesEnteredView> {
  const counts = { created: 0, unchanged: 0, conflict: 0, jump: 0, invalid: 0 };
  for (const { status } of results) counts[status] += 1;
  return { counts, results };
}

export const ratesQuery = pageQuery
  .extend({ from: currency.optional(), to: currency.optional() })
  .refine((query) => (query.from === undefined) === (query.to === undefined), {
    path: ['to'],
    message: fault('both_currencies'),
  });

export const rateView = z
  .strictObject({
    id: z.string().meta({ examples: ['fx_0199d2a0'] }),
    from: currencyCode,
    to: currencyCode,
    rate: rateText,
    source: z.string(),
    at: moment,
    enteredAt: moment,
    enteredBy: z.string(),
  })
  .meta({ id: 'FxRate' });

interface RateFacts {
  readonly publicId: string;
  readonly from: string;
  readonly to: string;
  readonly mantissa: bigint;
  readonly scale: number;
  readonly source: string;
  readonly at: Date;
  readonly enteredAt: Date;
  readonly enteredBy: string;
}

export function presentRate(row: RateFacts): z.output<typeof rateView> {
  const { publicId: id, from, to, source, at, enteredAt, enteredBy } = row;
  return { id, from, to, rate: formatRate(row), source, at, enteredAt, enteredBy };
}
