import { z } from 'zod';
import { notReadyWords } from '../core/account-words.ts';
import { bankPayoutStatuses } from '../core/bank-payout.ts';
import type { TeamLanguage } from '../core/language.ts';
import { currencyCode, minor, moment } from './shapes.ts';
import { amount, anyId, written } from './text.ts';

/** Longest reason. */
const reasonCharsMax = 500;

/** What a person decides about a part of a payment that came back; `amount` as they saw it. */
export const settlePartBody = z.strictObject({
  payoutId: anyId,
  amount,
  decision: z.enum(['pay_again', 'keep']),
  reason: written(reasonCharsMax),
});

/** Accounts a payee is paid through, as their providers see them. */
export const accountsView = z
  .strictObject({
    accounts: z.array(
      z.strictObject({
        id: z.string().meta({ examples: ['pa_0199d2a0'] }),
        provider: z.string(),
        destination: z.string(),
        isDefault: z.boolean(),
        status: z.enum(['unknown', 'ready', 'not_ready']),
        transfersEnabled: z.boolean().nullable(),
        payoutsEnabled: z.boolean().nullable(),
        askedFor: z.array(z.string()),
        reason: z
          .strictObject({
            code: z.string(),
            message: z.string(),
            providerSays: z.string().nullable().meta({ description: 'In the words of the provider' }),
          })
          .nullable(),
        checkedAt: moment.nullable(),
        bankPayouts: z.array(
          z.strictObject({
            id: z.string(),
            status: z.enum(bankPayoutStatuses),
            amount: minor,
            currency: currencyCode,
            failureCode: z.string().nullable(),
            at: moment,
            payoutId: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ProviderAccounts' });
type AccountsView = z.output<typeof accountsView>;

interface AccountFacts {
  readonly publicId: string;
  readonly provider: string;
  readonly masked: string;
  readonly isDefault: boolean;
  readonly state: 'unknown' | 'ready' | 'not_ready';
  readonly transfersEnabled: boolean | null;
  readonly payoutsEnabled: boolean | null;
  readonly askedFor: readonly string[];
  readonly reasonCode: string | null;
  readonly reasonDetail: string | null;
  readonly checkedAt: Date | null;
}

interface BankPayoutFacts {
  readonly providerPayoutId: string;
  readonly status: (typeof bankPayoutStatuses)[number];
  readonly amount: bigint;
  readonly currency: string;
  readonly failureCode: string | null;
  readonly toldAt: Date;
  readonly payoutId: string | null;
}

export function presentAccount(
  account: AccountFacts,
  bankPayouts: readonly BankPayoutFacts[],
  language: TeamLanguage,
): AccountsView['accounts'][number] {
  const {
    publicId: id,
    masked: destination,
    state: status,
    reasonCode: code,
    reasonDetail: detail,
  } = account;
  return {
    id,
    provider: account.provider,
    destination,
    isDefault: account.isDefault,
    status,
    transfersEnabled: account.transfersEnabled,
    payoutsEnabled: account.payoutsEnabled,
    askedFor: [...account.askedFor],
    reason: code === null ? null : { code, message: notReadyWords({ code }, language), providerSays: detail },
    checkedAt: account.checkedAt,
    bankPayouts: bankPayouts.map(({ providerPayoutId, toldAt, ...rest }) => ({
      id: providerPayoutId,
      at: toldAt,
      ...rest,
    })),
  };
}
