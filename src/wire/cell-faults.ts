import type { FaultWords } from './fault-table.ts';
import type { RowIssueCode } from './file-issues.ts';

const [write, ecrivez] = [
  'Write it with a point for decimals and nothing for thousands, such as {1}.',
  'Écrivez-le avec un point pour les décimales et rien pour les milliers, comme {1}.',
] as const;
const mail = [
  'Correct the address, such as name@example.com.',
  'Corrigez l’adresse, comme nom@example.com.',
] as const;

/** What can be wrong with one cell of a pay file. `{0}` is what is written there, most often. */
export const cellFaults = {
  amount_missing: {
    code: 'amount_missing',
    en: ['There is no amount.', write],
    fr: ['Il n’y a pas de montant.', ecrivez],
  },
  amount_negative: {
    code: 'amount_negative',
    en: ['"{0}" is negative.', 'Write an amount above zero, or take the row out.'],
    fr: ['« {0} » est négatif.', 'Écrivez un montant au-dessus de zéro, ou retirez la ligne.'],
  },
  amount_zero: {
    code: 'amount_zero',
    en: ['The amount is zero.', 'Write an amount above zero, or take the row out.'],
    fr: ['Le montant est zéro.', 'Écrivez un montant au-dessus de zéro, ou retirez la ligne.'],
  },
  amount_decimals: {
    code: 'amount_too_many_decimals',
    en: ['"{0}" has more decimals than {2} has ({3}).', 'Round it yourself, to {3} decimals, such as {1}.'],
    fr: [
      '« {0} » a plus de décimales que {2} ({3}).',
      'Arrondissez-le vous-même à {3} décimales, comme {1}.',
    ],
  },
  amount_whole: {
    code: 'amount_too_many_decimals',
    en: ['"{0}" has more decimals than {2} has (0).', 'Round it yourself, to a whole number, such as {1}.'],
    fr: [
      '« {0} » a plus de décimales que {2} (0).',
      'Arrondissez-le vous-même à un nombre entier, comme {1}.',
    ],
  },
  amount_whole_at_paypal: {
    code: 'amount_too_many_decimals',
    en: [
      'PayPal pays {1} without decimals, and "{0}" has some.',
      'Write a whole number of {1}, such as 1250.',
    ],
    fr: ['PayPal paie {1} sans décimales, et « {0} » en a.', 'Écrivez un nombre entier de {1}, comme 1250.'],
  },
  amount_too_large: {
    code: 'amount_too_large',
    en: ['"{0}" is larger than any amount that can be paid.', write],
    fr: ['« {0} » est plus grand que tout montant qui peut être payé.', ecrivez],
  },
  amount_comma: {
    code: 'amount_comma',
    en: ['"{0}" has a comma that can mean decimals or thousands.', write],
    fr: ['« {0} » a une virgule qui peut séparer des décimales ou des milliers.', ecrivez],
  },
  amount_scientific: {
    code: 'amount_not_a_number',
    en: [
      '"{0}" is in scientific notation, which a spreadsheet may have rounded.',
      `Format the column as a number or as text and enter the full amount. ${write}`,
    ],
    fr: [
      '« {0} » est en notation scientifique, qu’un tableur a pu arrondir.',
      `Mettez la colonne au format nombre ou texte et saisissez le montant en entier. ${ecrivez}`,
    ],
  },
  amount_spaced: {
    code: 'amount_not_a_number',
    en: ['"{0}" has spaces between digits.', `Leave out signs, symbols and spaces. ${write}`],
    fr: ['« {0} » a des espaces entre les chiffres.', `Retirez signes, symboles et espaces. ${ecrivez}`],
  },
  amount_not_plain: {
    code: 'amount_not_a_number',
    en: ['"{0}" is not a plain number.', `Leave out signs, symbols and spaces. ${write}`],
    fr: ['« {0} » n’est pas un simple nombre.', `Retirez signes, symboles et espaces. ${ecrivez}`],
  },
  currency_missing: {
    code: 'currency_missing',
    en: ['There is no currency.', 'Write a three-letter currency code, such as USD.'],
    fr: ['Il n’y a pas de devise.', 'Écrivez un code de devise de trois lettres, comme USD.'],
  },
  currency_unknown: {
    code: 'currency_unknown',
    en: [
      '"{0}" is not the code of a currency in use.',
      'Write a three-letter ISO 4217 code, such as USD or EUR.',
    ],
    fr: [
      '« {0} » n’est pas le code d’une devise en usage.',
      'Écrivez un code ISO 4217 de trois lettres, comme USD ou EUR.',
    ],
  },
  email_masked: {
    code: 'email_invalid',
    en: [
      '"{0}" is masked: it shows which address was meant, and is not that address.',
      'Write the whole address, as it is in your own file.',
    ],
    fr: [
      '« {0} » est masqué : cela montre quelle adresse était visée, et n’est pas cette adresse.',
      'Écrivez l’adresse en entier, comme dans votre propre fichier.',
    ],
  },
  email_long: {
    code: 'email_invalid',
    en: ['"{0}" is not an e-mail address that can be paid: it is longer than {1} characters.', mail[0]],
    fr: ['« {0} » n’est pas une adresse e-mail qui peut être payée : elle dépasse {1} caractères.', mail[1]],
  },
  email_no_at: {
    code: 'email_invalid',
    en: ['"{0}" is not an e-mail address that can be paid: it has no @.', mail[0]],
    fr: ['« {0} » n’est pas une adresse e-mail qui peut être payée : il n’y a pas de @.', mail[1]],
  },
  email_ats: {
    code: 'email_invalid',
    en: ['"{0}" is not an e-mail address that can be paid: it has more than one @.', mail[0]],
    fr: ['« {0} » n’est pas une adresse e-mail qui peut être payée : il y a plus d’un @.', mail[1]],
  },
  email_local: {
    code: 'email_invalid',
    en: ['"{0}" is not an e-mail address that can be paid: the part before the @ is not valid.', mail[0]],
    fr: [
      '« {0} » n’est pas une adresse e-mail qui peut être payée : ce qui précède le @ n’est pas valable.',
      mail[1],
    ],
  },
  email_domain: {
    code: 'email_invalid',
    en: ['"{0}" is not an e-mail address that can be paid: the part after the @ is not a domain.', mail[0]],
    fr: [
      '« {0} » n’est pas une adresse e-mail qui peut être payée : ce qui suit le @ n’est pas un domaine.',
      mail[1],
    ],
  },
  stripe_account: {
    code: 'destination_invalid',
    en: [
      '"{0}" is not a connected Stripe account.',
      'Write the id of the account, such as acct_1A2b3C, or leave the cell empty for the one on file.',
    ],
    fr: [
      '« {0} » n’est pas un compte Stripe connecté.',
      'Écrivez l’identifiant du compte, comme acct_1A2b3C, ou laissez la cellule vide pour celui qui est connu.',
    ],
  },
  paypal_address: {
    code: 'destination_invalid',
    en: [
      '"{0}" is not an address PayPal can pay.',
      'Write an e-mail address, a phone number with + and country code, or a PayPal id of 13 characters.',
    ],
    fr: [
      '« {0} » n’est pas une adresse que PayPal peut payer.',
      'Écrivez une adresse e-mail, un numéro de téléphone avec + et l’indicatif du pays, ou un identifiant PayPal de 13 caractères.',
    ],
  },
  text_too_long: {
    code: 'text_too_long',
    en: ['It has {0} characters; {1} is the most.', 'Shorten it to {1} characters.'],
    fr: ['Il y a {0} caractères ; {1} au plus.', 'Raccourcissez à {1} caractères.'],
  },
  control_character: {
    code: 'control_character',
    en: ['It contains an invisible control character.', 'Type the text again instead of pasting it.'],
    fr: ['Il y a un caractère de contrôle invisible.', 'Tapez le texte de nouveau au lieu de le coller.'],
  },
  cell_masked: {
    code: 'cell_masked',
    en: [
      '"{0}" is masked: it stands for what was in this cell, and is not that.',
      'Write what stands in your own file.',
    ],
    fr: [
      '« {0} » est masqué : cela tient la place de ce qui était dans cette cellule, et n’est pas cela.',
      'Écrivez ce qui est dans votre propre fichier.',
    ],
  },
  formula_cell: {
    code: 'formula_cell',
    en: ['"{0}" starts like a spreadsheet formula.', 'Remove the = + - @ or tab at its start.'],
    fr: ['« {0} » commence comme une formule de tableur.', 'Retirez le = + - @ ou la tabulation du début.'],
  },
} as const satisfies FaultWords<RowIssueCode>;
