import { importTexts } from './import-texts.ts';
import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** A row of a file and what is on record of it; amounts in minor units. */
export interface ImportFacts {
  readonly payeeId: string;
  readonly amount: bigint;
  readonly currency: string;
  /** Who pays the method that the row names. */
  readonly method: string;
  /** The provider that shall pay the file. */
  readonly provider: string;
  readonly cycleId: string;
  readonly known: KnownFacts;
}

/** What is on record beside a row. */
export interface KnownFacts {
  readonly payeeKnown: boolean;
  readonly payeeBlocked: boolean;
  readonly payeeHold: string | null;
  /** The row names an address, and the payee is paid at another one. */
  readonly methodChanged: boolean;
  /** The earning with the reference of the row. */
  readonly earning: {
    readonly payeeId: string;
    readonly cycleId: string | null;
    readonly amount: bigint;
    readonly currency: string;
  } | null;
  readonly payout: { readonly id: string; readonly status: string } | null;
  /** The reference of an earning of the last weeks: the same payee, amount and currency. */
  readonly twin: string | null;
}

/**
 * What becomes of a row when its file is paid. `new`: recorded and paid. `recorded`: was recorded and never paid, so it is paid.
 * `has_payout`: is in a payout already, and left alone. `contradicts`: its reference was recorded with other facts.
 */
export const importRecords = ['new', 'recorded', 'has_payout', 'contradicts'] as const;
export type ImportRecord = (typeof importRecords)[number];

/** How a row stands to what is on record. */
export function recordOf({ payeeId, amount, currency, cycleId, known }: ImportFacts): ImportRecord {
  const { earning, payout } = known;
  if (earning === null) return 'new';
  const isSame =
    earning.payeeId === payeeId &&
    earning.cycleId === cycleId &&
    earning.amount === amount &&
    earning.currency === currency;
  if (!isSame) return 'contradicts';
  return payout === null ? 'recorded' : 'has_payout';
}

/** What is on record under the reference of a row that contradicts it. */
export function contradiction({ known: { earning } }: ImportFacts, language: TeamLanguage): string {
  if (earning === null) return '';
  const { payeeId, cycleId, amount, currency } = earning;
  return importTexts[language].recordedBefore(formatMoney(amount, currency, language), payeeId, cycleId);
}

/** What a person should see of a row before it is paid. `twins`: lines of the file with the same payee and amount. */
export function importWarnings(
  { known, method, provider }: ImportFacts,
  twins: readonly number[],
  language: TeamLanguage,
): string[] {
  const texts = importTexts[language];
  const found: string[] = [];
  if (known.payout) found.push(texts.inPayout(known.payout.id));
  if (method !== provider) found.push(texts.otherProvider(method));
  if (known.payeeBlocked) found.push(texts.blocked);
  if (known.payeeHold !== null) found.push(texts.onHold(known.payeeHold));
  if (known.methodChanged) found.push(texts.methodChanged);
  if (twins.length > 0) found.push(texts.twins(twins.join(', ')));
  if (known.twin !== null && known.earning === null) found.push(texts.twinOnRecord(known.twin));
  return found;
}
