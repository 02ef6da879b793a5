import type { TeamLanguage } from './language.ts';
import { turnOnceMended } from './mended.ts';

/** Why a run leaves somebody out. */
export const leftOutReasons = [
  'no_method',
  'other_provider',
  'payee_blocked',
  'payee_on_hold',
  'method_frozen',
  'method_cooling_off',
  'method_not_ready',
  'payee_owes',
  'currency_not_taken',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** Why, and what would change it. */
type Words = readonly [message: string, fix: string];
type Texts = Readonly<Record<Exclude<LeftOutReason, 'method_cooling_off'>, Words>> & {
  /** `until`: when the clock frees the first of them. */
  readonly method_cooling_off: (until: string | null) => Words;
};

const en: Texts = {
  no_method: [
    'They have no payout method this provider can pay.',
    'Add a payout method to the payee, or import a file that names one.',
  ],
  other_provider: [
    'Their payout method belongs to another provider.',
    'Pay them in a run of their own through that provider.',
  ],
  payee_owes: [
    'The payee owes: an earning was taken back after it had been paid.',
    'Ask for a payout of all that is available to the payee, on their page: it pays that much less.',
  ],
  method_not_ready: [
    'The provider says that their account cannot be paid yet.',
    'The payee must complete what the provider asks for; their page says what. They are eligible again by themselves.',
  ],
  payee_on_hold: [
    'The payee is on hold.',
    'See the reason on the payee; release them, or wait until the hold ends.',
  ],
  method_frozen: [
    'The payout method is frozen, as the payee says the change was not theirs.',
    'Reach the payee by a way you trust, set the right method, then release them.',
  ],
  method_cooling_off: (until) => [
    'The payout method was changed lately and serves its cool-off.',
    `Until ${until === null ? 'its cool-off ends' : `${until}, when the first cool-off ends,`} it is the clock's turn. Then it is yours: pay this cycle again, also for what failed before. Nothing sends it by itself, but for what failed and is being retried. To be paid sooner, the payee makes the earlier method the default again.`,
  ],
  currency_not_taken: [
    'The provider does not pay out this currency.',
    'Pay by hand, or ask for a payout in a currency it takes, on the page of the payee.',
  ],
  payee_blocked: ['The payee is blocked.', 'Free the payee if they should be paid.'],
};

const fr: Texts = {
  no_method: [
    'Le bénéficiaire n’a aucun moyen de versement que ce prestataire puisse payer.',
    'Ajoutez un moyen de versement au bénéficiaire, ou importez un fichier qui en nomme un.',
  ],
  other_provider: [
    'Le moyen de versement appartient à un autre prestataire.',
    'Payez le bénéficiaire par un paiement à part, chez ce prestataire.',
  ],
  payee_owes: [
    'Le bénéficiaire a une dette : un gain a été repris après avoir été payé.',
    'Demandez un versement de tout ce qui est disponible pour le bénéficiaire, sur sa page : il est diminué d’autant.',
  ],
  method_not_ready: [
    'Le prestataire dit que le compte ne peut pas encore être payé.',
    'Le bénéficiaire doit fournir ce que le prestataire demande ; sa page dit quoi. Il redevient ensuite éligible automatiquement.',
  ],
  payee_on_hold: [
    'Le bénéficiaire est suspendu.',
    'Voyez le motif sur sa page ; levez la suspension, ou attendez qu’elle prenne fin.',
  ],
  method_frozen: [
    'Le moyen de versement est gelé, car le bénéficiaire dit que le changement ne vient pas de lui.',
    'Joignez le bénéficiaire par une voie sûre, mettez le bon moyen de versement, puis levez la suspension.',
  ],
  method_cooling_off: (until) => [
    'Le moyen de versement a changé récemment ; son délai de sécurité court encore.',
    `${until === null ? 'Jusqu’à la fin du délai' : `Jusqu’au ${until}, fin du premier délai`}, il faut attendre. Ensuite, c’est à vous : payez de nouveau ce cycle, aussi pour ce qui a échoué. Rien ne part automatiquement, sauf ce qui a échoué et est déjà réessayé. Pour être payé plus tôt, le bénéficiaire reprend l’ancien comme moyen par défaut.`,
  ],
  currency_not_taken: [
    'Le prestataire ne verse pas dans cette devise.',
    'Payez à la main, ou demandez un versement dans une devise qu’il accepte, sur la page du bénéficiaire.',
  ],
  payee_blocked: ['Le bénéficiaire est bloqué.', 'Débloquez le bénéficiaire s’il doit être payé.'],
};

const texts: Readonly<Record<TeamLanguage, Texts>> = { en, fr };

/** Why somebody is left out, and what would change it; `until`: when the clock frees the first of them. */
export function leftOutWords(
  reason: LeftOutReason,
  language: TeamLanguage,
  until: string | null = null,
): Words {
  const of = texts[language];
  return reason === 'method_cooling_off' ? of.method_cooling_off(until) : of[reason];
}

/** What the clock may end, by what holds it. */
const ended = { method_cooling_off: 'cooling_off', payee_on_hold: 'payee' } as const;
const payees: ReadonlySet<LeftOutReason> = new Set(['no_method', 'method_not_ready']);

/** Who moves next; `ends`: the clock frees the first of them. A run is paid again by the team, whether it failed before or not. */
export function leftOutTurn(reason: LeftOutReason, ends: boolean): 'you' | 'payee' | 'clock' {
  if (payees.has(reason)) return 'payee';
  if (reason !== 'method_cooling_off' && reason !== 'payee_on_hold') return 'you';
  return turnOnceMended({ by: ended[reason], ends }, false) === 'clock' ? 'clock' : 'you';
}
