import type { TeamLanguage } from './language.ts';

/** What a provider would refuse of an item, by the code of its rule. */
const frenchByCode: Readonly<Record<string, string>> = {
  receiver_invalid: 'Le prestataire ne peut pas payer à cette adresse : elle n’a pas la forme qu’il demande.',
  currency_not_supported: 'Le prestataire ne paie pas dans cette devise.',
  amount_not_allowed:
    'Le prestataire n’accepte pas ce montant : il est trop petit, trop grand, ou pas assez rond pour cette devise.',
  request_invalid:
    'Le prestataire n’accepte pas la note ou la référence : elle est trop longue, ou contient des caractères qu’il ne prend pas.',
};

/** Why a provider would refuse an item; its rules speak English, so in French the code does. */
export function itemRefusal(
  { code, message }: { readonly code: string; readonly message: string },
  language: TeamLanguage,
): string {
  if (language === 'en') return message;
  return frenchByCode[code] ?? 'Le prestataire refuserait ce versement.';
}
