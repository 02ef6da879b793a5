import type { TeamLanguage } from './language.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import { reasonCodeOf, reasonFor } from './reasons.ts';

// Why a payout could not be paid, as the team reads it; the English words stand beside those for payees in reasons.ts.

type OperatorWords = Pick<Reason, 'operator' | 'fix'>;

const accountMissing: OperatorWords = {
  operator: 'Le prestataire ne connaît aucun compte pour cette adresse.',
  fix: 'Demandez au bénéficiaire une autre adresse ou un autre moyen, puis réessayez.',
};

const french: Readonly<Record<ReasonCode, OperatorWords>> = {
  receiver_unregistered: {
    operator: 'Le bénéficiaire n’a pas encore de compte chez le prestataire.',
    fix: 'Le bénéficiaire a 30 jours pour réclamer le versement. Rappelez-le-lui ; rien n’est renvoyé tant qu’il peut le réclamer.',
  },
  receiver_unconfirmed: {
    operator: 'Le bénéficiaire n’a pas confirmé cette adresse e-mail chez le prestataire.',
    fix: 'Le bénéficiaire doit confirmer l’adresse. Ne renvoyez pas le versement tant qu’il n’est pas réclamé.',
  },
  receiver_account_invalid: accountMissing,
  receiver_invalid: {
    operator: 'Le prestataire ne peut pas payer à cette adresse.',
    fix: 'Corrigez l’adresse, puis réessayez.',
  },
  receiver_locked: {
    operator: 'Le compte du bénéficiaire est verrouillé ou limité chez le prestataire.',
    fix: 'Le bénéficiaire doit régler cela avec le prestataire ou prendre un autre moyen ; puis réessayez.',
  },
  receiver_not_enabled: {
    operator:
      'Le compte du bénéficiaire chez le prestataire ne peut pas encore recevoir de versements. Aucun argent n’a bougé.',
    fix: 'Le bénéficiaire doit fournir ce que le prestataire demande ; puis réessayez.',
  },
  receiver_country_not_allowed: {
    operator: 'Le prestataire ne paie pas vers le pays du bénéficiaire.',
    fix: 'Prenez un autre moyen de versement.',
  },
  receiving_limit_exceeded: {
    operator: 'Le bénéficiaire a atteint la limite de réception de son compte.',
    fix: 'Le bénéficiaire doit faire relever la limite ; puis réessayez.',
  },
  currency_not_supported: {
    operator: 'Cette devise ne peut pas être envoyée à ce bénéficiaire.',
    fix: 'Le bénéficiaire peut choisir un autre moyen de versement dans le portail. Dès que le compte accepte cette devise, réessayez.',
  },
  amount_not_allowed: {
    operator: 'Le prestataire n’accepte pas ce montant.',
    fix: 'Comparez le montant avec les limites du prestataire, puis payez-le autrement ou en plusieurs parts.',
  },
  amount_outside_limits: {
    operator: 'Le montant dépasse les limites fixées pour un versement. Rien n’a été envoyé.',
    fix: 'Payez-le en plusieurs parts ou à la main, ou changez MIN_PAYOUT_AMOUNT_CENTS et MAX_PAYOUT_AMOUNT_CENTS ; puis réessayez.',
  },
  insufficient_funds: {
    operator: 'Le compte chez le prestataire ne contenait pas assez d’argent. Rien n’a été envoyé.',
    fix: 'Approvisionnez le compte chez le prestataire, puis réessayez.',
  },
  sender_restricted: {
    operator: 'Le prestataire a limité votre propre compte. Rien n’a été envoyé.',
    fix: 'Réglez cette limitation avec le prestataire, puis réessayez.',
  },
  not_authorized: {
    operator:
      'Votre compte chez le prestataire ne peut pas envoyer de versements avec ces accès. Rien n’a été envoyé.',
    fix: 'Demandez au prestataire d’activer les versements, ou corrigez les accès, puis réessayez.',
  },
  risk_declined: {
    operator: 'Le contrôle des risques du prestataire l’a refusé. Aucun argent n’a bougé.',
    fix: 'Le bénéficiaire peut choisir un autre moyen de versement dans le portail. Si le prestataire dit qu’il paie maintenant, réessayez.',
  },
  compliance_blocked: {
    operator: 'Le prestataire l’a arrêté pour une raison légale ou de conformité. Aucun argent n’a bougé.',
    fix: 'Le bénéficiaire peut choisir un autre moyen de versement dans le portail. Si le prestataire a levé son refus, réessayez.',
  },
  batch_denied: {
    operator: 'Le prestataire a refusé tout l’envoi. Rien n’a été envoyé.',
    fix: 'Vérifiez les fonds et l’état du compte chez le prestataire, puis réessayez.',
  },
  request_invalid: {
    operator: 'Le prestataire a refusé la demande comme non valable. Rien n’a été envoyé.',
    fix: 'Voyez dans les détails ce qu’il a refusé, corrigez-le, puis réessayez.',
  },
  duplicate_item: {
    operator: 'Le prestataire dit que ce versement est un doublon et ne l’a pas envoyé.',
    fix: 'Comparez avec le prestataire avant de réessayer.',
  },
  unclaimed_expired: {
    operator: 'Personne ne l’a réclamé en 30 jours. L’argent est revenu.',
    fix: 'Demandez au bénéficiaire une adresse qui a un compte, puis réessayez.',
  },
  refunded: {
    operator: 'Le bénéficiaire l’a renvoyé. L’argent est revenu.',
    fix: 'Demandez au bénéficiaire comment il veut être payé, puis réessayez.',
  },
  reversed: {
    operator: 'Le prestataire l’a repris. L’argent est revenu.',
    fix: 'Demandez pourquoi au prestataire avant de réessayer.',
  },
  partly_reversed: {
    operator: 'Une part en a été reprise ; le bénéficiaire garde le reste.',
    fix: 'Voyez chez le prestataire combien et pourquoi ; ne renvoyez pas le montant entier.',
  },
  proven_absent: {
    operator: 'On l’a cherché chez le prestataire : il n’avait pas été envoyé.',
    fix: 'Réessayez : une nouvelle tentative part sous une nouvelle clé.',
  },
  sent_before: {
    operator:
      'Une tentative précédente se trouvait finalement chez le prestataire. Celle-ci n’a pas été envoyée.',
    fix: 'Comparez la tentative précédente avec le prestataire ; il n’est pas payé de nouveau tant qu’elle peut arriver.',
  },
  earlier_system: {
    operator: 'Un ancien système a essayé, et l’argent n’est pas resté chez le bénéficiaire.',
    fix: 'Il ne compte pas comme payé ; ce qui a été gagné ici est payé avec un cycle.',
  },
  provider_error: {
    operator:
      'Le prestataire n’a pas pu l’envoyer et n’a pas donné de raison utilisable. Aucun argent n’a bougé.',
    fix: 'Réessayez une fois ; si cela échoue encore, demandez au prestataire avec les détails.',
  },
};

/** What the team reads of a reason, and what to do; an unknown code reads as `provider_error`. */
export function operatorReason(
  code: string | null,
  language: TeamLanguage,
): Pick<Reason, 'operator' | 'fix' | 'waitingOn'> {
  const { operator, fix, waitingOn } = reasonFor(code);
  return language === 'en' ? { operator, fix, waitingOn } : { ...french[reasonCodeOf(code)], waitingOn };
}
