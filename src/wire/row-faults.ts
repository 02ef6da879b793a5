import { cellFaults } from './cell-faults.ts';
import type { FaultWords } from './fault-table.ts';
import type { RowIssueCode } from './file-issues.ts';

/** What can be wrong with a row of a pay file, beyond what one cell holds. */
const ofRows = {
  too_many_cells: {
    code: 'too_many_cells',
    en: [
      'The row has {0} cells, the file has {1} columns.',
      'Put a cell that contains "{2}" in quotation marks, such as "12,50".',
    ],
    fr: [
      'La ligne a {0} cellules, le fichier a {1} colonnes.',
      'Mettez entre guillemets droits une cellule qui contient « {2} », comme "12,50".',
    ],
  },
  too_many_cells_tab: {
    code: 'too_many_cells',
    en: [
      'The row has {0} cells, the file has {1} columns.',
      'Put a cell that contains "a tab" in quotation marks, such as "12,50".',
    ],
    fr: [
      'La ligne a {0} cellules, le fichier a {1} colonnes.',
      'Mettez entre guillemets droits une cellule qui contient une tabulation, comme "12,50".',
    ],
  },
  venmo_not_paid: {
    code: 'venmo_not_paid',
    en: [
      'The row asks for the wallet "{0}"; only PayPal wallets can be paid by file.',
      "Write PAYPAL and the payee's PayPal address, or pay this row at PayPal.",
    ],
    fr: [
      'La ligne demande le portefeuille « {0} » ; seuls ceux de PayPal peuvent être payés par fichier.',
      'Écrivez PAYPAL et l’adresse PayPal du bénéficiaire, ou payez cette ligne chez PayPal.',
    ],
  },
  customer_id_invalid: {
    code: 'customer_id_invalid',
    en: [
      'A customer id has no spaces and at most {0} characters.',
      'Shorten it or remove the spaces, the same way in every file.',
    ],
    fr: [
      'Un identifiant de client n’a pas d’espace et {0} caractères au plus.',
      'Raccourcissez-le ou retirez les espaces, de la même façon dans chaque fichier.',
    ],
  },
  currency_conversion: {
    code: 'currency_conversion',
    en: [
      'The amount is in {0}, but the payee gets {1}.',
      'Write the amount that the payee gets, and "target" in this column.',
    ],
    fr: [
      'Le montant est en {0}, mais le bénéficiaire reçoit {1}.',
      'Écrivez le montant que le bénéficiaire reçoit, et « target » dans cette colonne.',
    ],
  },
  currency_conversion_unnamed: {
    code: 'currency_conversion',
    en: [
      'The amount is in the source currency, but the payee gets {0}.',
      'Write the amount that the payee gets, and "target" in this column.',
    ],
    fr: [
      'Le montant est dans la devise de départ, mais le bénéficiaire reçoit {0}.',
      'Écrivez le montant que le bénéficiaire reçoit, et « target » dans cette colonne.',
    ],
  },
  schedule_not_supported: {
    code: 'schedule_not_supported',
    en: [
      'The row asks for a date; a pay file is paid when it is confirmed.',
      'Empty this cell to pay the row now, or pay it with a file of its own on that day.',
    ],
    fr: [
      'La ligne demande une date ; un fichier est payé quand on le confirme.',
      'Videz cette cellule pour payer la ligne maintenant, ou payez-la ce jour-là avec un fichier à part.',
    ],
  },
  method_unknown: {
    code: 'method_unknown',
    en: ['"{0}" is not a method.', 'Write one of {1}, or leave the cell empty for {2}.'],
    fr: [
      '« {0} » n’est pas un moyen de versement.',
      'Écrivez l’un de {1}, ou laissez la cellule vide pour {2}.',
    ],
  },
  method_not_paid_by_file: {
    code: 'method_not_paid_by_file',
    en: [
      'The method {0} cannot be paid by this version; paypal and stripe can.',
      'Write paypal and a PayPal address or stripe and an account (acct_…), or take the row out and pay it another way.',
    ],
    fr: [
      'Cette version ne peut pas payer par {0} ; elle le peut par paypal et stripe.',
      'Écrivez paypal et une adresse PayPal, ou stripe et un compte (acct_…), ou retirez la ligne et payez-la autrement.',
    ],
  },
  payee_missing: {
    code: 'payee_missing',
    en: ['The row does not say who is paid.', 'Write the id of the payee, or an e-mail address.'],
    fr: [
      'La ligne ne dit pas qui est payé.',
      'Écrivez l’identifiant du bénéficiaire, ou une adresse e-mail.',
    ],
  },
  payee_two_addresses: {
    code: 'payee_two_addresses',
    en: [
      'The payee of this row has another address in line {0}.',
      'Give the payee one address in the whole file, or pay the rows in two files.',
    ],
    fr: [
      'Le bénéficiaire de cette ligne a une autre adresse à la ligne {0}.',
      'Donnez au bénéficiaire une seule adresse dans tout le fichier, ou payez les lignes en deux fichiers.',
    ],
  },
  reference_missing: {
    code: 'reference_missing',
    en: [
      'There is no reference.',
      'Write what is paid, such as the id of the winning selection; it must be unique.',
    ],
    fr: [
      'Il n’y a pas de référence.',
      'Écrivez ce qui est payé, comme l’identifiant de la sélection gagnante ; il doit être unique.',
    ],
  },
  reference_duplicate: {
    code: 'reference_duplicate',
    en: [
      'The reference "{0}" is already used in line {1}.',
      'If both rows are meant, give each its own reference; if not, take one out.',
    ],
    fr: [
      'La référence « {0} » sert déjà à la ligne {1}.',
      'Si les deux lignes sont voulues, donnez à chacune sa référence ; sinon, retirez-en une.',
    ],
  },
} as const satisfies FaultWords<RowIssueCode>;

export const rowFaults = { ...cellFaults, ...ofRows };
export type RowFaultName = keyof typeof rowFaults;
