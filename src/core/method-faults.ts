import type { Language } from './language.ts';

/** What can be wrong with a payout method as somebody typed it. */
export type MethodFaultCode =
  | 'paypal_email'
  | 'stripe_account'
  | 'words'
  | 'phone'
  | 'haitian_phone'
  | 'holder'
  | 'iban_missing'
  | 'iban_wrong'
  | 'iban_and_account'
  | 'account_number'
  | 'routing_number';

/** The words stand after the name of the field. */
export const methodFaults: Readonly<Record<Language, Readonly<Record<MethodFaultCode, string>>>> = {
  en: {
    paypal_email: 'must be the e-mail address of a PayPal account, such as ana@example.com',
    stripe_account: 'must be a Stripe account id: acct_ and letters or digits',
    words: 'must say how the money is handed over',
    phone: 'must be a phone number: eight digits, or + with country code, such as +50937001234',
    haitian_phone: 'must have eight digits after +509',
    holder: 'must be the name the account is held under',
    iban_missing: 'must be the IBAN; or give account number and code of the bank where there is none',
    iban_wrong: 'is not an IBAN: its check digits do not fit, so a digit is wrong or missing',
    iban_and_account: 'stands beside an IBAN: give one of the two',
    account_number: 'must be 3 to 34 letters or digits',
    routing_number: 'must be the code of the bank: 3 to 20 letters or digits',
  },
  fr: {
    paypal_email: 'doit être l’adresse e-mail d’un compte PayPal, comme ana@example.com',
    stripe_account: 'doit être l’identifiant d’un compte Stripe : acct_ suivi de lettres ou de chiffres',
    words: 'doit dire comment l’argent est remis',
    phone: 'doit être un numéro de téléphone : huit chiffres, ou + et l’indicatif, comme +50937001234',
    haitian_phone: 'doit avoir huit chiffres après +509',
    holder: 'doit être le nom du titulaire du compte',
    iban_missing: 'doit être l’IBAN ; ou donnez numéro de compte et code de la banque s’il n’y en a pas',
    iban_wrong: 'n’est pas un IBAN : sa clé ne correspond pas, un chiffre est faux ou manque',
    iban_and_account: 'accompagne un IBAN : donnez l’un des deux',
    account_number: 'doit avoir de 3 à 34 lettres ou chiffres',
    routing_number: 'doit être le code de la banque : de 3 à 20 lettres ou chiffres',
  },
  ht: {
    paypal_email: 'dwe adrès imèl yon kont PayPal, tankou ana@example.com',
    stripe_account: 'dwe idantifyan yon kont Stripe: acct_ ak lèt oswa chif',
    words: 'dwe di kijan y ap remèt lajan an',
    phone: 'dwe yon nimewo telefòn: uit chif, oswa + ak kòd peyi a, tankou +50937001234',
    haitian_phone: 'dwe gen uit chif apre +509',
    holder: 'dwe non moun ki mèt kont lan',
    iban_missing: 'dwe IBAN nan; oswa bay nimewo kont ak kòd bank lan si pa gen IBAN',
    iban_wrong: 'pa yon IBAN: chif kontwòl yo pa mache, gen yon chif ki pa bon oswa ki manke',
    iban_and_account: 'vini ansanm ak yon IBAN: bay youn nan de yo',
    account_number: 'dwe gen 3 a 34 lèt oswa chif',
    routing_number: 'dwe kòd bank lan: 3 a 20 lèt oswa chif',
  },
};
