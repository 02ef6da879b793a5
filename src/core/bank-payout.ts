/** Where the money of a payee's account at a provider is on its way to their bank. */
export const bankPayoutStatuses = ['pending', 'in_transit', 'paid', 'canceled', 'failed'] as const;
export type BankPayoutStatus = (typeof bankPayoutStatuses)[number];

/** What a provider tells of a payment from a payee's account to the payee's bank. Amount in minor units. */
export interface BankPayout {
  readonly id: string;
  readonly status: BankPayoutStatus;
  readonly amount: bigint;
  readonly currency: string;
  readonly failureCode: string | null;
  /** When the provider made the event that tells it: of two, the later one is true, whichever arrived first. */
  readonly toldAt: Date;
}

/** True when the money is in the payee's account at the provider again. */
export function isBankRefusal(status: BankPayoutStatus): boolean {
  return status === 'failed' || status === 'canceled';
}
