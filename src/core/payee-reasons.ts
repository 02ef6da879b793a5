import type { Language } from './language.ts';
import type { ReasonCode } from './reasons.ts';
import { reasonCodeOf, reasonFor } from './reasons.ts';

// Why a payout could not be paid, as the payee reads it; the English words stand beside those for operators in reasons.ts.

const preparing = { fr: 'Nous préparons votre versement.', ht: 'N ap prepare peman ou.' };
const checking = { fr: 'Nous vérifions votre versement.', ht: 'N ap verifye peman ou.' };

const translated: Readonly<Record<ReasonCode, Readonly<Record<Exclude<Language, 'en'>, string>>>> = {
  receiver_unregistered: {
    fr: 'Ouvrez un compte avec cette adresse e-mail pour recevoir l’argent.',
    ht: 'Louvri yon kont ak adrès imèl sa a pou ou resevwa lajan an.',
  },
  receiver_unconfirmed: {
    fr: 'Confirmez votre adresse e-mail auprès du prestataire pour recevoir l’argent.',
    ht: 'Konfime adrès imèl ou kay founisè a pou ou resevwa lajan an.',
  },
  receiver_account_invalid: {
    fr: 'Nous n’avons pas trouvé de compte pour votre adresse.',
    ht: 'Nou pa jwenn okenn kont pou adrès ou a.',
  },
  receiver_invalid: {
    fr: 'Votre adresse de versement n’est pas valable.',
    ht: 'Adrès peman ou a pa bon.',
  },
  receiver_locked: {
    fr: 'Votre compte est limité. Contactez le prestataire, ou ajoutez un autre moyen de versement.',
    ht: 'Kont ou gen limit sou li. Kontakte founisè a, oswa ajoute yon lòt mwayen peman.',
  },
  receiver_not_enabled: {
    fr: 'Votre compte de versement n’est pas prêt. Terminez sa configuration chez le prestataire.',
    ht: 'Kont peman ou a poko pare. Fini enskripsyon an kay founisè a.',
  },
  receiver_country_not_allowed: {
    fr: 'Le prestataire ne peut pas payer vers votre pays. Ajoutez un autre moyen de versement.',
    ht: 'Founisè a pa ka peye nan peyi ou a. Ajoute yon lòt mwayen peman.',
  },
  receiving_limit_exceeded: {
    fr: 'Votre compte a atteint sa limite de réception. Faites-la relever chez le prestataire.',
    ht: 'Kont ou rive nan limit lajan li ka resevwa. Mande founisè a ogmante l.',
  },
  currency_not_supported: {
    fr: 'Votre compte ne peut pas recevoir cette devise.',
    ht: 'Kont ou pa ka resevwa deviz sa a.',
  },
  amount_not_allowed: {
    fr: 'Le montant dépasse ce que le prestataire peut envoyer.',
    ht: 'Montan an pa nan limit sa founisè a ka voye.',
  },
  amount_outside_limits: {
    fr: 'Votre versement doit encore être examiné. Vous n’avez rien à faire.',
    ht: 'Yo dwe gade peman ou a yon lòt fwa. Ou pa bezwen fè anyen.',
  },
  insufficient_funds: preparing,
  sender_restricted: preparing,
  not_authorized: preparing,
  risk_declined: {
    fr: 'Le prestataire a refusé ce versement.',
    ht: 'Founisè a refize peman sa a.',
  },
  compliance_blocked: {
    fr: 'Le prestataire ne peut pas vous payer de cette façon.',
    ht: 'Founisè a pa ka peye w konsa.',
  },
  batch_denied: preparing,
  request_invalid: preparing,
  duplicate_item: checking,
  unclaimed_expired: {
    fr: 'Ce versement a expiré, car il n’a pas été réclamé.',
    ht: 'Peman sa a ekspire paske ou pa reklame l.',
  },
  refunded: {
    fr: 'Vous avez renvoyé ce versement.',
    ht: 'Ou voye peman sa a tounen.',
  },
  reversed: {
    fr: 'Le prestataire a repris ce versement.',
    ht: 'Founisè a reprann peman sa a.',
  },
  partly_reversed: {
    fr: 'Une part de ce versement a été reprise.',
    ht: 'Yo reprann yon pati nan peman sa a.',
  },
  proven_absent: preparing,
  sent_before: checking,
  earlier_system: {
    fr: 'Un versement précédent ne vous est pas parvenu.',
    ht: 'Yon peman anvan pa t rive jwenn ou.',
  },
  provider_error: {
    fr: 'Le versement a échoué chez le prestataire.',
    ht: 'Peman an pa pase kay founisè a.',
  },
};

/** The reason in words for the payee; an unknown code reads as `provider_error`. */
export function payeeReason(code: string | null, language: Language): string {
  return language === 'en' ? reasonFor(code).payee : translated[reasonCodeOf(code)][language];
}
