import type { FailedMoney } from '../core/failed-money.ts';
import { fault } from '../core/fault-words.ts';
import { z } from 'zod';
import type { HoldFacts } from '../core/hold.ts';
import { holdNow } from '../core/hold.ts';
import { isMended, isSettled } from '../core/mended.ts';
import { retryTold } from '../core/retry-ahead.ts';
import type { MethodStatus } from '../core/payout-method.ts';
import { methodStatus } from '../core/payout-method.ts';
import type { PayeeNextStep } from '../core/payee-words.ts';
import type { Language, Reader } from '../core/language.ts';
import { languages } from '../core/language.ts';
import { payeeTexts } from '../core/payee-texts.ts';
import { explainToPayee, payeeLabel } from '../core/payee-words.ts';
import { isTimezone } from '../core/local-time.ts';
import { fixKinds } from '../core/payee-fix.ts';
import type { PayoutKind, PayoutState } from '../core/payout.ts';
import { payoutKinds, payoutStates } from '../core/payout.ts';
import type { Settings } from '../core/settings.ts';
import { minimumOf } from '../core/settings.ts';
import type { SubmissionState } from '../core/submission.ts';
import { saidWords } from '../core/timeline-words.ts';
import { dayIn, momentIn } from '../core/when.ts';
import type { ConversionFacts } from './conversions.ts';
import { conversionField, presentConversion } from './conversions.ts';
import { carriesView } from './approvals.ts';
import { pageQueryOf } from './paging.ts';
import { scheduledDate } from './schedules.ts';
import { currencyCode, minor, moment, sum, wholeListView } from './shapes.ts';
import { linksInName } from '../core/names.ts';
import { nameCharsMax, nameOf, text } from './text.ts';

/** Payouts of one page when the payee does not say. */
const ownPageDefault = 20;
/** Longest name that payees give themselves: it stands in mails to them. */
const ownNameCharsMax = 100;
/** Longest address and token that are looked at. */
const emailCharsMax = 320;
const tokenCharsMax = 200;

export const signInBody = z.strictObject({
  email: text(emailCharsMax).meta({ examples: ['ana@example.com'] }),
});
export const verifyBody = z.strictObject({
  token: text(tokenCharsMax).meta({ examples: ['shown-once'] }),
});

/** `?limit=&cursor=`, 20 at a time unless said otherwise. */
export const ownPageQuery = pageQueryOf(ownPageDefault);

/** A name that payees give themselves; what the platform called them they keep as it is. */
export const ownName = nameOf(ownNameCharsMax).refine((value) => !linksInName(value), fault('web_address'));

/** The name, and how things are written to them (null: not chosen); the address is the platform's to change, as links go there. */
export const profilePatch = z
  .strictObject({
    name: nameOf(nameCharsMax)
      .optional()
      .meta({ description: 'Another one than now has at most 100 characters and no web address' }),
    language: z.enum(languages).nullable().optional(),
    timezone: z
      .string()
      .refine(isTimezone, fault('timezone'))
      .nullable()
      .optional()
      .meta({ examples: ['America/Port-au-Prince'] }),
    email: z.never(fault('platforms_email')).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, fault('nothing_named'))
  .meta({ examples: [{ name: 'Ana Lopez' }] });

const balanceView = z
  .strictObject({
    currency: currencyCode,
    available: sum,
    inFailed: sum.meta({
      description: 'Of what is available: carried by payouts that failed, and paid by sending those again',
    }),
    note: z.string().nullable().meta({ description: 'Says so in words; null: there is none' }),
    pending: sum,
    reserved: sum,
    onItsWay: sum,
    paid: sum,
    totalEarnings: sum,
    nextAvailableAt: moment
      .nullable()
      .meta({ description: 'When the next pending earning becomes available' }),
    minimumPayout: sum.meta({ description: 'The least amount of a payout, in minor units' }),
  })
  .meta({ id: 'Balance' });
export const ownBalanceView = z
  .strictObject({
    available: sum,
    pending: sum,
    reserved: sum,
    totalEarnings: sum,
    currency: currencyCode.nullable(),
    nextPayoutDate: moment.nullable().meta({
      description: 'When the clock asks for a payout of what is available then; null: never',
    }),
    balances: z.array(balanceView),
  })
  .meta({ id: 'OwnBalance' });

interface BalanceFacts {
  readonly currency: string;
  readonly available: bigint;
  readonly pending: bigint;
  readonly reserved: bigint;
  readonly onItsWay: bigint;
  readonly paid: bigint;
  readonly nextAvailableAt: Date | null;
}

interface BalanceWords {
  /** What payouts carry that failed, and how that is told. */
  readonly failed: readonly FailedMoney[];
  readonly noteOf: (failed: FailedMoney) => string;
  readonly settings: Settings;
}

/** Balances per currency; the top level repeats the one with the largest total, as amounts of two are never added. */
export function presentBalance(
  rows: readonly BalanceFacts[],
  nextPayoutDate: Date | null,
  { failed, noteOf, settings }: BalanceWords,
): z.output<typeof ownBalanceView> {
  const balances = rows.map((row) => {
    const { currency, available, pending, reserved, onItsWay, paid, nextAvailableAt } = row;
    const totalEarnings = available + pending + reserved + onItsWay + paid;
    const tied = failed.find((one) => one.currency === currency);
    return {
      currency,
      available,
      inFailed: tied?.amount ?? 0n,
      note: tied ? noteOf(tied) : null,
      pending,
      reserved,
      onItsWay,
      paid,
      totalEarnings,
      nextAvailableAt,
      minimumPayout: minimumOf(settings, currency),
    };
  });
  const [first] = balances.toSorted((a, b) => (a.totalEarnings < b.totalEarnings ? 1 : -1));
  const { available = 0n, pending = 0n, reserved = 0n, totalEarnings = 0n, currency = null } = first ?? {};
  return { available, pending, reserved, totalEarnings, currency, nextPayoutDate, balances };
}

const ownPayoutFields = {
  id: z.string().meta({ examples: ['po_0199d2a0'] }),
  amount: minor,
  currency: currencyCode,
  ...conversionField,
  status: z.enum(payoutStates),
  label: z.string().meta({ examples: ['On its way'] }),
  nextStep: z.string(),
  waitingOn: z.enum(['you', 'platform', 'provider', 'clock', 'nobody']),
  onHold: z
    .boolean()
    .meta({ description: 'Approved, and not sent now: until a date, or until somebody ends it' }),
  createdAt: moment,
  changedAt: moment,
  completedAt: moment.nullable(),
};
export const ownPayoutView = z.strictObject(ownPayoutFields).meta({ id: 'OwnPayout' });
const stepView = z.strictObject({ at: moment, label: z.string().meta({ examples: ['On its way'] }) });
export const ownPayoutDetailsView = z
  .strictObject({
    ...ownPayoutFields,
    kind: z.enum(payoutKinds).meta({
      description: 'request: asked for; single: made by the team; cycle: of a run; legacy: imported',
      examples: ['request'],
    }),
    method: z
      .strictObject({ id: z.string(), type: z.string(), destination: z.string() })
      .nullable()
      .meta({ description: 'Where it goes or went, the address masked', examples: [null] }),
    scheduledDate,
    fix: z
      .strictObject({ kind: z.enum(fixKinds), words: z.string() })
      .nullable()
      .meta({ description: 'What the payee can do about it; null: it is not their turn', examples: [null] }),
    carries: carriesView,
    timeline: z.array(stepView),
  })
  .meta({ id: 'OwnPayoutDetails' });
export type OwnPayoutDetails = z.output<typeof ownPayoutDetailsView>;

export interface OwnPayoutFacts extends HoldFacts, ConversionFacts {
  readonly publicId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: PayoutState;
  readonly reasonCode: string | null;
  readonly reasonDetail?: string | null;
  readonly createdAt: Date;
  readonly stateAt: Date;
  readonly completedAt: Date | null;
  readonly submissionState: SubmissionState | null;
  readonly acceptedAt: Date | null;
  readonly nextRetryAt?: Date | null;
  readonly putOff?: Date | null;
  readonly kind: PayoutKind;
  /** The payee is paid another way now than this was tried last. */
  readonly hasOtherMethod: boolean;
  /** They owe from the balance that it is paid from, and it is planned to be tried again. */
  readonly owes?: boolean;
  readonly presentType?: string | null;
  readonly notReadyCode?: string | null;
  readonly settledAt?: Date | null;
  readonly expiresAt?: Date | null;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What its payee reads of a payout: where the money is and whose turn it is, nothing of how it is sent. `sendsAt`: when a
 * scheduled run sends it; null: none does.
 */
export function presentOwnPayout(
  row: OwnPayoutFacts,
  unclaimedDays: number,
  now: Date,
  reader: Reader,
  sendsAt: Date | null,
): z.output<typeof ownPayoutView> {
  return {
    id: row.publicId,
    amount: row.amount,
    currency: row.currency,
    conversion: presentConversion(row, reader.language),
    status: row.state,
    ...payeeStepOf(row, unclaimedDays, now, reader, sendsAt),
    onHold: row.state === 'approved' && holdNow(row, now) !== null,
    createdAt: row.createdAt,
    changedAt: row.stateAt,
    completedAt: row.completedAt,
  };
}

function payeeStepOf(
  row: OwnPayoutFacts,
  unclaimedDays: number,
  now: Date,
  reader: Reader,
  sendsAt: Date | null,
): PayeeNextStep {
  const hold = holdNow(row, now);
  const until = row.acceptedAt && new Date(row.acceptedAt.getTime() + unclaimedDays * dayMs);
  const situation = {
    state: row.state,
    submissionState: row.submissionState,
    reasonCode: row.reasonCode,
    hold: hold?.reason ?? null,
    holdEnds: hold?.until ? momentIn(reader, hold.until) : null,
    holdBy: hold?.by ?? null,
    said: row.state === 'declined' ? saidWords(row.reasonDetail ?? null, reader.language) : null,
    putOffUntil: row.putOff && row.putOff > now ? momentIn(reader, row.putOff) : null,
    unclaimedUntil: until ? dayIn(reader, until) : null,
    sendsAt: sendsAt && momentIn(reader, sendsAt),
    ...retryTold(row, now, (at) => momentIn(reader, at)),
    mendedOfRun: row.kind === 'cycle' && isMended(row),
    settledOn: row.settledAt && isSettled(row) ? momentIn(reader, row.settledAt) : null,
    isDoubted: Boolean(row.notReadyCode),
    decideBy: row.expiresAt ? momentIn(reader, row.expiresAt) : null,
  };
  return explainToPayee(situation, reader.language);
}

/** Steps in the payee's words, with what they said themself; those that read the same are one. */
export function presentOwnTimeline(
  steps: readonly { at: Date; state: PayoutState; said: boolean }[],
  language: Language,
): z.output<typeof stepView>[] {
  return steps
    .map(({ at, state, said }) => {
      return { at, label: said ? payeeTexts[language].saidSettled : payeeLabel(state, language) };
    })
    .filter((step, index, all) => step.label !== all[index - 1]?.label);
}

export const ownMethodView = z
  .strictObject({
    id: z.string().meta({ examples: ['pm_0199d2a0'] }),
    type: z.string().meta({ examples: ['paypal'] }),
    destination: z.string(),
    isDefault: z.boolean(),
    isBackup: z.boolean(),
    status: z.enum(['ready', 'cooling_off', 'frozen']),
    usableFrom: moment.nullable().meta({ description: 'End of its cool-off; null when it is over' }),
    note: z.string(),
    accountNotReady: z.boolean().meta({ description: 'Its provider says that its account cannot be paid' }),
    createdAt: moment,
  })
  .meta({ id: 'OwnPayoutMethod' });
export const ownMethodsView = wholeListView(ownMethodView).extend({
  newUsableFrom: moment
    .nullable()
    .meta({ description: 'From when a method would be paid that is added now; null: at once' }),
  coolOffHours: z.int().meta({
    description: 'How long a method waits that is added or changed now; 0: not at all',
    examples: [72],
  }),
});

interface MethodFacts {
  readonly publicId: string;
  readonly type: string;
  /** The address as people see it. */
  readonly masked: string;
  readonly isDefault: boolean;
  readonly isBackup: boolean;
  readonly usableFrom: Date | null;
  readonly frozenAt: Date | null;
  readonly createdAt: Date;
  readonly notReady: boolean;
}

export function presentOwnMethod(
  row: MethodFacts,
  now: Date,
  reader: Reader,
): z.output<typeof ownMethodView> {
  const { publicId: id, type, masked: destination, isDefault, isBackup, createdAt } = row;
  const status = methodStatus(row, now);
  const usableFrom = status === 'cooling_off' ? row.usableFrom : null;
  const note = methodNote(status, usableFrom && momentIn(reader, usableFrom), reader.language);
  const accountNotReady = row.notReady;
  return { id, type, destination, isDefault, isBackup, status, usableFrom, note, accountNotReady, createdAt };
}

/** The state of a method in words, the same for payee and team; `until` is the end of its cool-off. */
export function methodNote(status: MethodStatus, until: string | null, language: Language = 'en'): string {
  const { ready, frozen, coolingOff } = payeeTexts[language].method;
  if (status === 'ready') return ready;
  return status === 'frozen' ? frozen : coolingOff(until);
}

export const profileView = z
  .strictObject({
    id: z.string().meta({ examples: ['py_0199d2a0'] }),
    name: z.string(),
    email: z
      .string()
      .nullable()
      .meta({ examples: ['ana@example.com'] }),
    status: z.enum(['active', 'blocked']),
    language: z
      .enum(languages)
      .nullable()
      .meta({ description: 'Null: not chosen', examples: ['fr'] }),
    timezone: z
      .string()
      .nullable()
      .meta({ description: 'Of times in mails; null: UTC', examples: ['America/Port-au-Prince'] }),
    notice: z
      .string()
      .nullable()
      .meta({ description: 'Tells a blocked payee why nothing comes', examples: [null] }),
  })
  .meta({ id: 'Profile' });

/** The payee themself. A blocked one reads why nothing comes. */
export function presentProfile(
  row: {
    publicId: string;
    name: string;
    email: string | null;
    status: 'active' | 'blocked';
    language: Language | null;
    timezone: string | null;
  },
  spoken: Language,
): z.output<typeof profileView> {
  const { publicId: id, name, email, status, language, timezone } = row;
  const notice = status === 'blocked' ? payeeTexts[spoken].blocked : null;
  return { id, name, email, status, language, timezone, notice };
}

export const portalLinkView = z
  .strictObject({
    url: z.string().meta({
      description: 'Signs in once',
      examples: ['http://127.0.0.1:3000/portal/sign-in?token=shown-once'],
    }),
    expiresAt: moment,
  })
  .meta({ id: 'PortalLink' });
export const signInView = z.strictObject({ message: z.string() });
export const verifyView = z.strictObject({
  payee: z.strictObject({ id: z.string(), name: z.string() }),
  expiresAt: moment,
});

/** The answer to a request for a link, whoever asks for whatever address. */
export const signInWords =
  'If this address belongs to a payee, a mail with a sign-in link is on its way. The link works for 15 minutes.';
