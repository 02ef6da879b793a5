/**
 * The chart of accounts. An account is (kind, owner, currency): a payee for payee accounts, a provider for provider
 * accounts, the platform otherwise. Credit is positive, debit is negative.
 */
const accountKinds = [
  'source',
  'payee_pending',
  'payee_available',
  'payee_reserved',
  'platform_fees',
  'platform_costs',
  'provider_clearing',
  'provider_float',
  'legacy_clearing',
  'legacy_paid',
  'fx_clearing',
  'fx_spread',
] as const;
export type AccountKind = (typeof accountKinds)[number];

/** The one owner of platform accounts. */
export const platformOwner = 0n;

/** Stable owner ids of providers in the books. Never reuse a number. */
export const providerOwners: Readonly<Record<string, bigint>> = { paypal: 1n, stripe: 2n, manual: 3n };

/** Stands for the provider where an earlier system paid: that money had left before these books began, so no float moves. */
export const legacyProvider = 'legacy';

/**
 * Guarded accounts have a balance row that is locked and checked before money moves on; recorded accounts have none, so
 * that no row is hot.
 */
const guardedKinds: ReadonlySet<AccountKind> = new Set([
  'payee_pending',
  'payee_available',
  'payee_reserved',
]);

/** True when the account has a balance row. */
export function isGuarded(kind: AccountKind): boolean {
  return guardedKinds.has(kind);
}
