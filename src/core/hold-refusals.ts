import type { Hold } from './hold.ts';
import { notTheirs } from './hold.ts';
import { holdEnding } from './hold-words.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { telling } from './told.ts';
import { momentIn, operatorMoment } from './when.ts';

const unmoved = 'Rien n’a été changé et aucun argent n’a bougé.';

/** What ends a hold before its time, in French. */
const endsFr = {
  payout: 'débloquez le versement',
  payee: 'mettez fin à l’attente du bénéficiaire',
  blocked: 'rendez le bénéficiaire actif',
  frozen: 'joignez le bénéficiaire par une autre voie, puis libérez le moyen',
} as const satisfies Record<Exclude<Hold['by'], 'cooling_off'>, string>;

/** Nothing is sent or marked paid while it is on hold: why, until when, and who ends it. */
export function refuseOnHold(payoutId: string, hold: Hold, zone: string): Refusal {
  const { by, reason, until } = hold;
  const no = refuse('payout_on_hold', { payoutId, reason, ...(until && { until: until.toISOString() }) });
  const end = until && operatorMoment(zone, until);
  const fin = until && momentIn({ language: 'fr', zone }, until);
  return telling(no, {
    en: {
      message: `This payout is on hold${end ? ` until ${end}` : ''}: ${reason}. Nothing was changed and no money moved.`,
      action: holdEnding(by, end),
    },
    fr: {
      message: `Ce versement est en attente${fin ? ` jusqu’au ${fin}` : ''} : ${reasonFr(hold)}. ${unmoved}`,
      action: endingFr(by, fin),
    },
  });
}

/** The same of an account of which its provider says that it cannot be paid. */
export function refuseNotReady(payoutId: string, reason: string): Refusal {
  return telling(refuse('payout_on_hold', { payoutId, reason }), {
    en: {
      message: `The provider does not pay to this account now: ${reason} Nothing was changed and no money moved.`,
      action: 'The payee settles it with the provider, or chooses another payout method; then retry.',
    },
    fr: {
      message: `Le prestataire ne paie pas sur ce compte pour l’instant. ${unmoved}`,
      action:
        'Le bénéficiaire règle cela avec le prestataire, ou choisit un autre moyen de versement ; réessayez ensuite. Sa page dit ce que le prestataire demande.',
    },
  });
}

/** Why, in French; what somebody typed stays as they typed it. */
function reasonFr({ by, reason }: Hold): string {
  if (by === 'blocked') return 'le bénéficiaire est bloqué';
  if (by === 'cooling_off') return 'le moyen de versement a changé';
  const disputed = 'le bénéficiaire dit que le changement ne venait pas de lui';
  if (by === 'frozen') return `le moyen de versement est gelé, car ${disputed}`;
  return reason === notTheirs ? disputed : reason;
}

function endingFr(by: Hold['by'], end: string | null): string {
  if (by === 'cooling_off') {
    const when = end === null ? 'à la fin du délai de sécurité' : `le ${end}`;
    return `Personne n’a décidé cette attente, personne n’y met donc fin : elle prend fin d’elle-même ${when}. D’ici là, seul un moyen dont le délai de sécurité est passé peut servir.`;
  }
  return end === null
    ? `Elle ne prend pas fin d’elle-même. Pour continuer, ${endsFr[by]}.`
    : `Elle prend fin d’elle-même le ${end}. Pour continuer avant, ${endsFr[by]}.`;
}
