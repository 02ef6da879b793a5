import type { Hold } from './hold.ts';
import { holdEnding, holdReason } from './hold-words.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { telling } from './told.ts';
import { operatorMoment } from './when.ts';

const unmoved = 'Rien n’a été changé et aucun argent n’a bougé.';

/** Nothing is sent or marked paid while it is on hold: why, until when, and who ends it. */
export function refuseOnHold(payoutId: string, hold: Hold, zone: string): Refusal {
  const { by, reason, until } = hold;
  const no = refuse('payout_on_hold', { payoutId, reason, ...(until && { until: until.toISOString() }) });
  const end = until && operatorMoment(zone, until);
  const fin = until && operatorMoment(zone, until, 'fr');
  return telling(no, {
    en: {
      message: `This payout is on hold${end ? ` until ${end}` : ''}: ${reason}. Nothing was changed and no money moved.`,
      action: holdEnding(by, end),
    },
    fr: {
      message: `Ce versement est suspendu${fin ? ` jusqu’au ${fin}` : ''} : ${holdReason(hold, 'fr')}. ${unmoved}`,
      action: holdEnding(by, fin, 'fr'),
    },
  });
}

/** The same of an account of which its provider says that it cannot be paid. */
export function refuseNotReady(payoutId: string, reason: string): Refusal {
  return telling(refuse('payout_on_hold', { payoutId, reason }), {
    en: {
      message: 'The provider does not pay to this account now. Nothing was changed and no money moved.',
      action: 'The payee settles it with the provider, or chooses another payout method; then retry.',
    },
    fr: {
      message: `Le prestataire ne paie pas sur ce compte pour l’instant. ${unmoved}`,
      action:
        'Le bénéficiaire règle cela avec le prestataire, ou choisit un autre moyen de versement ; réessayez ensuite. Sa page dit ce que le prestataire demande.',
    },
  });
}
