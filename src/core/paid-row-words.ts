import type { PaidRowResult } from './hand-transfer.ts';
import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** What became of a payment by hand that a row told of. */
const words: Readonly<Record<TeamLanguage, Readonly<Record<PaidRowResult, string>>>> = {
  en: {
    paid: 'Marked as paid.',
    already_paid: 'It was marked paid with this reference before. Nothing was changed.',
    conflict:
      'It was marked paid with another reference. If both transfers were made, the payee was paid twice. Nothing was changed.',
    came_back:
      'It was marked paid with this reference and came back since. Nothing was changed; a new transfer has a reference of its own.',
    amount_differs: 'Another amount was approved. Nothing was changed; find out what was really paid.',
    currency_differs: 'Another currency was approved. Nothing was changed; find out what was really paid.',
    not_found: 'There is no such payout. Nothing was changed.',
    not_approved:
      'It is not approved. If it was paid all the same, somebody must decide. Nothing was changed.',
    on_hold: 'It is on hold. Nothing was changed; release it first if it was paid.',
    sent_automatically:
      'A provider pays it or has paid it. If it was also paid by hand, the payee is paid twice. Nothing was changed.',
    duplicate_in_file:
      'An earlier row names the same payout. If both were paid, the payee was paid twice. Nothing was changed by this row.',
    invalid: 'It cannot be read. Nothing was changed.',
  },
  fr: {
    paid: 'Marqué payé.',
    already_paid: 'Il avait déjà été marqué payé avec cette référence. Rien n’a été changé.',
    conflict:
      'Il a été marqué payé avec une autre référence. Si les deux virements ont été faits, le bénéficiaire a été payé deux fois. Rien n’a été changé.',
    came_back:
      'Il a été marqué payé avec cette référence, puis il est revenu. Rien n’a été changé ; un nouveau virement a sa propre référence.',
    amount_differs:
      'C’est un autre montant qui a été approuvé. Rien n’a été changé ; cherchez ce qui a vraiment été payé.',
    currency_differs:
      'C’est une autre devise qui a été approuvée. Rien n’a été changé ; cherchez ce qui a vraiment été payé.',
    not_found: 'Ce versement n’existe pas. Rien n’a été changé.',
    not_approved:
      'Il n’est pas approuvé. S’il a été payé quand même, quelqu’un doit décider. Rien n’a été changé.',
    on_hold: 'Il est suspendu. Rien n’a été changé ; levez d’abord la suspension s’il a été payé.',
    sent_automatically:
      'Un prestataire le paie ou l’a payé. S’il a aussi été payé à la main, le bénéficiaire est payé deux fois. Rien n’a été changé.',
    duplicate_in_file:
      'Une ligne précédente nomme le même versement. Si les deux ont été payés, le bénéficiaire a été payé deux fois. Cette ligne n’a rien changé.',
    invalid: 'La ligne est illisible. Rien n’a été changé.',
  },
};

interface RowFacts {
  readonly amount: bigint;
  readonly currency: string;
}

interface OutcomeFacts {
  readonly result: PaidRowResult;
  readonly expected: RowFacts | null;
  readonly knownReference: string | null;
  readonly alsoOn: readonly string[];
}

const differs: Readonly<Record<TeamLanguage, (approved: string, said: string) => string>> = {
  en: (approved, said) => `${approved} was approved, the row says ${said}.`,
  fr: (approved, said) => `${approved} ont été approuvés, la ligne dit ${said}.`,
};
const knownAs: Readonly<Record<TeamLanguage, (reference: string) => string>> = {
  en: (reference) => `It was marked paid with ${reference}.`,
  fr: (reference) => `Il a été marqué payé avec ${reference}.`,
};

const sharing: Readonly<Record<TeamLanguage, (ids: string) => string>> = {
  en: (ids) => `Its reference is also that of ${ids}: make certain that the transfer paid both.`,
  fr: (ids) => `Sa référence est aussi celle de ${ids} : vérifiez que le virement a payé les deux.`,
};

/** A warning where a payment by hand has the reference of another payout; null: it has not. */
export function sharedReferenceWords(alsoOn: readonly string[], language: TeamLanguage): string | null {
  return alsoOn.length === 0 ? null : sharing[language](alsoOn.join(', '));
}

/** What became of a row, with the figures where they differ. */
export function paidRowWords(
  row: RowFacts,
  { result, expected, knownReference, alsoOn }: OutcomeFacts,
  language: TeamLanguage,
): string {
  const shared = sharedReferenceWords(alsoOn, language);
  const plain = shared === null ? words[language][result] : `${words[language][result]} ${shared}`;
  if (expected && (result === 'amount_differs' || result === 'currency_differs')) {
    const approved = formatMoney(expected.amount, expected.currency, language);
    return `${differs[language](approved, formatMoney(row.amount, row.currency, language))} ${plain}`;
  }
  if (result === 'conflict' && knownReference !== null)
    return `${knownAs[language](knownReference)} ${plain}`;
  return plain;
}

/** Of a row that could not be read: what is wrong with it. */
export function unreadRowWords(problem: string, language: TeamLanguage): string {
  return `${problem}. ${language === 'en' ? 'Nothing was changed.' : 'Rien n’a été changé.'}`;
}
