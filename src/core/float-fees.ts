import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** What the newest calls of an account sent, and what the provider charged for them. Minor units. */
export interface FeesLately {
  readonly sent: bigint;
  readonly charged: bigint;
}

/**
 * What comes on top of `needed` when the provider charges as it did lately: rounded up to a whole minor unit, and no
 * promise of the provider's.
 */
export function expectedFees({ sent, charged }: FeesLately, needed: bigint): bigint {
  return sent <= 0n ? 0n : (needed * charged + sent - 1n) / sent;
}

/** The same in a sentence. */
export function feeWords(
  lately: FeesLately,
  needed: bigint,
  currency: string,
  language: TeamLanguage = 'en',
): string {
  const [charged, sent, expected] = [lately.charged, lately.sent, expectedFees(lately, needed)].map(
    (amount) => formatMoney(amount, currency, language),
  );
  return language === 'fr'
    ? `Dernièrement, ${sent} envoyés ont coûté ${charged} de frais ; à ce taux, ${expected} s’ajoutent.`
    : `Lately ${sent} sent cost ${charged} in fees; at that rate ${expected} come on top.`;
}
