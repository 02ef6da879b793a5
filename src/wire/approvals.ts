import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import type { Refusal } from '../core/refusal.ts';
import { acceptShortfall, providerName } from './batches.ts';
import { paidInFields } from './conversions.ts';
import { refusalIn } from './problem-words.ts';
import { count, minor, moment } from './shapes.ts';
import { paymentDate } from './mark-paid-file.ts';
import { amount, anyId, currency, externalId, reference, text, time, written } from './text.ts';

/** Payouts one call may name. */
const payoutsPerCallMax = 500;
/** Longest reason, payment reference and note. */
const reasonCharsMax = 500;
const referenceCharsMax = 200;
const notesCharsMax = 2000;

const payoutIds = z.array(anyId).min(1).max(payoutsPerCallMax);
const reason = written(reasonCharsMax);

export const approveBody = z
  .strictObject({
    payoutIds,
    approvalHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, fault('approval_hash'))
      .nullish()
      .meta({ examples: [null] }),
  })
  .refine((body) => !body.approvalHash || body.payoutIds.length === 1, {
    path: ['approvalHash'],
    message: fault('one_payout'),
  });
export const reasonBody = z.strictObject({
  payoutIds,
  reason,
  evenIfExported: z
    .boolean()
    .default(false)
    .meta({ description: 'Also what is in an export to be paid by hand: nobody pays it any more' }),
});
export const holdBody = z.strictObject({ payoutIds, reason, until: time.nullish() });
export const idsBody = z.strictObject({ payoutIds });
export const markPaidBody = z.strictObject({
  payoutId: anyId,
  paymentReferenceId: written(referenceCharsMax),
  paymentNotes: text(notesCharsMax).nullish(),
  paymentDate: paymentDate.nullish(),
});
export const unpayBody = z.strictObject({ payoutId: anyId, reason });
export const requestBody = z
  .strictObject({
    currency: currency.nullish(),
    method: anyId.nullish().meta({
      description:
        'Id or type of the payout method it is meant for: refused when another one is in use. The one in use when not named',
      examples: [null],
    }),
    ...paidInFields,
  })
  .default({});
export const singleBody = z.strictObject({
  payeeId: externalId,
  amount,
  currency,
  statementId: reference.nullish(),
  reason: reason.nullish(),
  ...paidInFields,
});
export const processApprovedBody = z
  .strictObject({
    notes: text(notesCharsMax).nullish(),
    provider: providerName.default('paypal'),
    acceptShortfall,
  })
  .default({ provider: 'paypal', acceptShortfall: false });

/** What became of each payout that was named, in their order; one that is named again counts once, in neither sum. */
export const deedsView = z
  .strictObject({
    done: count,
    refused: count,
    results: z.array(
      z
        .strictObject({
          payoutId: z.string(),
          result: z.enum(['done', 'refused', 'repeated']),
          status: z.enum(payoutStates).nullable(),
          code: z.string().nullable(),
          message: z.string().nullable(),
          actionRequired: z.string().nullable(),
          doneBy: z.string().nullable(),
          doneAt: z.string().nullable(),
        })
        .meta({ id: 'DeedResult' }),
    ),
  })
  .meta({ id: 'DeedResults' });

interface DeedFacts {
  readonly payoutId: string;
  readonly status: PayoutState | null;
  readonly refused: Refusal | null;
  readonly repeated?: boolean;
}

const namedBefore: Readonly<Record<TeamLanguage, string>> = {
  en: 'It is named before in the same call and counts once.',
  fr: 'Il est déjà nommé dans le même appel et ne compte qu’une fois.',
};

export function presentDeeds(
  results: readonly DeedFacts[],
  language: TeamLanguage,
): z.output<typeof deedsView> {
  const refused = results.filter((result) => result.refused !== null).length;
  const repeated = results.filter((result) => result.repeated === true).length;
  return {
    done: results.length - refused - repeated,
    refused,
    results: results.map(({ payoutId, status, refused: no, repeated: isAgain = false }) => ({
      payoutId,
      result: isAgain ? 'repeated' : no === null ? 'done' : 'refused',
      status,
      code: no?.code ?? null,
      message: isAgain ? namedBefore[language] : no && refusalIn(no, language).message,
      actionRequired: no && refusalIn(no, language).action,
      doneBy: textIn(no, 'doneBy'),
      doneAt: textIn(no, 'doneAt'),
    })),
  };
}

function textIn(no: Refusal | null, name: string): string | null {
  const fact = no?.details[name];
  return typeof fact === 'string' ? fact : null;
}

const carriedView = z.strictObject({
  sourceType: z.string(),
  externalId: z.string(),
  gross: minor,
  fee: minor,
  net: minor,
  amount: minor.meta({ description: 'What the payout pays of it, or recovers' }),
});

const ownCodes = ['own_request', 'own_redirect', 'approved_once'] as const;

/** What of a payout its approver looks at; null for payouts of a run. */
export const approvalView = z
  .strictObject({
    approvalHash: z.string(),
    requestedBy: z.string(),
    requestedById: z.string().nullable(),
    expiresAt: moment.nullable(),
    method: z.strictObject({ type: z.string(), destination: z.string() }),
    approvals: z.array(z.strictObject({ by: z.string(), byId: z.string(), at: moment })),
    approversNeeded: z.int(),
    hold: z.strictObject({ reason: z.string(), until: moment.nullable() }).nullable(),
    warnings: z.array(z.string()).meta({ description: 'What an approver should look at', examples: [[]] }),
    notByYou: z
      .strictObject({
        code: z.enum(ownCodes),
        byLink: z
          .boolean()
          .meta({ description: 'Because of a link to the portal that the caller could use' }),
        message: z.string(),
      })
      .nullable()
      .meta({
        description: 'Why whoever asks this cannot approve it; null: no deed of theirs is in the way',
        examples: [null],
      }),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.output<typeof approvalView>;

/** Why whoever looks cannot approve a payout. */
export function presentOwnHand(
  { refusal, byLink }: { readonly refusal: Refusal; readonly byLink: boolean },
  language: TeamLanguage,
): ApprovalView['notByYou'] {
  const code = ownCodes.find((own) => own === refusal.code);
  return code ? { code, byLink, message: refusalIn(refusal, language).message } : null;
}

/** What a payout is made of: its earnings, less what it recovers. At most 100 of each are listed. */
export const carriesView = z
  .strictObject({
    earningCount: count,
    earnings: z.array(carriedView),
    recoveredCount: count,
    recovered: z.array(carriedView),
    firstAt: moment.nullable().meta({ description: 'When the first of the earnings was recorded' }),
    lastAt: moment.nullable().meta({ description: 'When the last of them was' }),
  })
  .meta({ id: 'Carries' });

export const paidByHandView = z
  .strictObject({
    paymentReferenceId: z.string(),
    paymentNotes: z.string().nullable(),
    paymentDate: z.string().nullable(),
    alsoOn: z
      .array(z.string())
      .meta({ description: 'Other payouts paid under the same reference, at most 6', examples: [[]] }),
    warning: z
      .string()
      .nullable()
      .meta({ description: 'What to look at, where there are any', examples: [null] }),
  })
  .meta({ id: 'PaidByHand' });
