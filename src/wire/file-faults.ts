import type { FaultWords } from './fault-table.ts';
import type { FileIssueCode } from './file-issues.ts';

const utf8 = {
  en: 'Save the file again as UTF-8. In Excel: Save as, "CSV UTF-8 (comma delimited)". In LibreOffice: character set UTF-8.',
  fr: 'Enregistrez le fichier de nouveau en UTF-8. Dans Excel : Enregistrer sous, « CSV UTF-8 (délimité par des virgules) ». Dans LibreOffice : jeu de caractères UTF-8.',
};

/** Why nothing of a file can be used. */
export const fileFaults = {
  file_not_found: {
    code: 'file_not_found',
    en: ['There is no file {0}.', 'Check the name and the folder.'],
    fr: ['Il n’y a pas de fichier {0}.', 'Vérifiez le nom et le dossier.'],
  },
  file_unreadable: {
    code: 'file_unreadable',
    en: ['{0} cannot be opened ({1}).', 'Check that you may read it.'],
    fr: ['{0} ne s’ouvre pas ({1}).', 'Vérifiez que vous avez le droit de le lire.'],
  },
  file_not_regular: {
    code: 'file_unreadable',
    en: ['{0} is not a regular file.', 'Name a CSV file that can be read twice.'],
    fr: ['{0} n’est pas un fichier ordinaire.', 'Nommez un fichier CSV qui peut être lu deux fois.'],
  },
  file_empty: {
    code: 'file_empty',
    en: ['The file is empty.', 'Export it again, or check that it is the right file.'],
    fr: ['Le fichier est vide.', 'Exportez-le de nouveau, ou vérifiez que c’est le bon fichier.'],
  },
  file_too_large: {
    code: 'file_too_large',
    en: ['The file is larger than 2 GiB.', 'Split it and pay the parts one by one.'],
    fr: ['Le fichier dépasse 2 Gio.', 'Divisez-le et payez les parts une par une.'],
  },
  spreadsheet: {
    code: 'file_binary',
    en: ['This is a spreadsheet file, not CSV.', 'Open it and save the sheet as "CSV UTF-8".'],
    fr: ['C’est un fichier de tableur, pas du CSV.', 'Ouvrez-le et enregistrez la feuille en « CSV UTF-8 ».'],
  },
  zero_byte: {
    code: 'file_binary',
    en: ['Line {0} holds a zero byte: this is not a text file, or it is UTF-16 without a mark.', utf8.en],
    fr: [
      'La ligne {0} contient un octet nul : ce n’est pas un fichier texte, ou c’est de l’UTF-16 sans marque.',
      utf8.fr,
    ],
  },
  file_encoding: {
    code: 'file_encoding',
    en: ['Line {0} is not UTF-8 text.', utf8.en],
    fr: ['La ligne {0} n’est pas du texte UTF-8.', utf8.fr],
  },
  file_quotes: {
    code: 'file_quotes',
    en: [
      'The quotation marks of the row that starts at or after line {0} do not match, so rows cannot be told apart.',
      'Put a cell in quotes from its first to its last character, and write a quotation mark inside it twice ("").',
    ],
    fr: [
      'Les guillemets de la ligne qui commence à la ligne {0} ou après ne vont pas par deux : on ne peut pas distinguer les lignes.',
      'Mettez une cellule entre guillemets droits de son premier à son dernier caractère, et doublez un guillemet qui s’y trouve ("").',
    ],
  },
  file_line_too_long: {
    code: 'file_line_too_long',
    en: [
      'The row that starts at or after line {0} is longer than {1} bytes.',
      'Most often a quotation mark was opened and never closed. Close it, or shorten the row.',
    ],
    fr: [
      'La ligne qui commence à la ligne {0} ou après dépasse {1} octets.',
      'Le plus souvent, un guillemet a été ouvert et jamais fermé. Fermez-le, ou raccourcissez la ligne.',
    ],
  },
  file_too_many_rows: {
    code: 'file_too_many_rows',
    en: ['The file has more than {0} rows.', 'Split it and pay the parts one by one.'],
    fr: ['Le fichier a plus de {0} lignes.', 'Divisez-le et payez les parts une par une.'],
  },
  table_too_many_rows: {
    code: 'file_too_many_rows',
    en: [
      'The file has more than {0} rows.',
      'Pay it with purser pay FILE --cycle ID, which takes files of any size, or split it.',
    ],
    fr: [
      'Le fichier a plus de {0} lignes.',
      'Payez-le avec purser pay FICHIER --cycle ID, qui prend des fichiers de toute taille, ou divisez-le.',
    ],
  },
  file_no_rows: {
    code: 'file_no_rows',
    en: ['The file has a header and no rows.', 'Add a row for each payment.'],
    fr: ['Le fichier a un en-tête et aucune ligne.', 'Ajoutez une ligne par paiement.'],
  },
  header_unknown: {
    code: 'header_unknown',
    en: [
      'The first line is neither a header that is known nor a row of a PayPal mass-pay file.',
      'Give the file this first line and its columns: {0}',
    ],
    fr: [
      'La première ligne n’est ni un en-tête connu ni une ligne d’un paiement de masse PayPal.',
      'Donnez au fichier cette première ligne et ses colonnes : {0}',
    ],
  },
  header_missing_columns: {
    code: 'header_missing_columns',
    en: ['The header lacks {0}.', 'Add what is missing. The full header is {1}'],
    fr: ['Il manque à l’en-tête : {0}.', 'Ajoutez ce qui manque. L’en-tête entier est {1}'],
  },
  header_repeated_column: {
    code: 'header_repeated_column',
    en: [
      'The header names the column "{0}" twice.',
      'Remove or rename one of them, so that it is clear which one counts.',
    ],
    fr: [
      'L’en-tête nomme deux fois la colonne « {0} ».',
      'Retirez ou renommez l’une des deux, pour qu’on sache laquelle compte.',
    ],
  },
  wise_bank: {
    code: 'method_not_paid_by_file',
    en: [
      'This is a Wise file of bank accounts; bank accounts are not yet paid by file.',
      'Use the Wise template for e-mail recipients, or a file with e-mail addresses that PayPal can pay.',
    ],
    fr: [
      'C’est un fichier Wise de comptes bancaires ; ils ne se paient pas encore par fichier.',
      'Prenez le modèle Wise pour destinataires par e-mail, ou un fichier d’adresses e-mail que PayPal peut payer.',
    ],
  },
  wise_saved: {
    code: 'method_not_paid_by_file',
    en: [
      'This is a Wise file of recipients saved at Wise, which only Wise knows.',
      'Add a column recipientEmail with the e-mail address of each payee.',
    ],
    fr: [
      'C’est un fichier Wise de destinataires enregistrés chez Wise, que seul Wise connaît.',
      'Ajoutez une colonne recipientEmail avec l’adresse e-mail de chaque bénéficiaire.',
    ],
  },
  paid_empty: {
    code: 'file_empty',
    en: ['The file is empty.', 'Its first line is {0}'],
    fr: ['Le fichier est vide.', 'Sa première ligne est {0}'],
  },
  paid_too_many_rows: {
    code: 'file_too_many_rows',
    en: ['The file has more than {0} rows.', 'Split it.'],
    fr: ['Le fichier a plus de {0} lignes.', 'Divisez-le.'],
  },
  paid_no_rows: {
    code: 'file_no_rows',
    en: ['The file has a header and no rows.', 'Add rows.'],
    fr: ['Le fichier a un en-tête et aucune ligne.', 'Ajoutez des lignes.'],
  },
  paid_missing_columns: {
    code: 'header_missing_columns',
    en: [
      'The header lacks {0}.',
      'The header is {1}; reference, what an export calls each transfer, may stand for payout_id.',
    ],
    fr: [
      'Il manque à l’en-tête : {0}.',
      'L’en-tête est {1} ; reference, comme un export nomme chaque virement, peut remplacer payout_id.',
    ],
  },
  rates_empty: {
    code: 'file_empty',
    en: ['The file is empty.', 'Export it again.'],
    fr: ['Le fichier est vide.', 'Exportez-le de nouveau.'],
  },
  too_many_rates: {
    code: 'file_too_many_rows',
    en: ['The file has more than {0} rates.', 'Split it.'],
    fr: ['Le fichier a plus de {0} taux.', 'Divisez-le.'],
  },
  rates_missing_columns: {
    code: 'header_missing_columns',
    en: ['The first line names no column {0}.', 'Begin the file with {1}.'],
    fr: ['La première ligne ne nomme pas de colonne {0}.', 'Commencez le fichier par {1}.'],
  },
  report_empty: {
    code: 'file_empty',
    en: ['The file is empty.', 'Download the report again.'],
    fr: ['Le fichier est vide.', 'Téléchargez le rapport de nouveau.'],
  },
  report_missing_columns: {
    code: 'header_missing_columns',
    en: [
      'The report lacks a column for the currency, or one for the sender item id or the receiver.',
      'Download the report again with these columns.',
    ],
    fr: [
      'Il manque au rapport une colonne pour la devise, ou une pour l’identifiant d’élément de l’expéditeur ou le destinataire.',
      'Téléchargez le rapport de nouveau avec ces colonnes.',
    ],
  },
  report_no_header: {
    code: 'header_unknown',
    en: [
      'No header of a payout report was found: there must be a status and an amount column.',
      'Download the payout report as CSV, with its header.',
    ],
    fr: [
      'Aucun en-tête d’un rapport de versements n’a été trouvé : il faut une colonne d’état et une de montant.',
      'Téléchargez le rapport de versements en CSV, avec son en-tête.',
    ],
  },
  report_too_many_rows: {
    code: 'file_too_many_rows',
    en: ['The file has more than {0} rows.', 'Split it and import the parts one by one.'],
    fr: ['Le fichier a plus de {0} lignes.', 'Divisez-le et importez les parts une par une.'],
  },
} as const satisfies FaultWords<FileIssueCode>;

export type FileFaultName = keyof typeof fileFaults;
