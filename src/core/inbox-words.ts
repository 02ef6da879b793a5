import type { InboxKind } from './inbox.ts';
import type { TeamLanguage } from './language.ts';
import { counted } from './words.ts';

/** Where the work of a kind is, and whose it is. */
interface Place {
  readonly waitingOn: 'you' | 'approver' | 'payee' | 'clock';
  /** Which list shows them, with which filter. */
  readonly list: string;
  readonly filter?: Readonly<Record<string, string>>;
}

const places: Readonly<Record<InboxKind, Place>> = {
  unknown_outcome: {
    waitingOn: 'you',
    list: 'submissions',
  },
  float_short: {
    waitingOn: 'you',
    list: 'float',
  },
  approvals_expiring: {
    waitingOn: 'approver',
    list: 'payouts',
    filter: { status: 'pending_approval', need: 'approvals_expiring' },
  },
  failed: {
    waitingOn: 'you',
    list: 'payouts',
    filter: { status: 'failed', need: 'failed' },
  },
  returned: {
    waitingOn: 'you',
    list: 'payouts',
    filter: { status: 'returned', need: 'returned' },
  },
  approvals: {
    waitingOn: 'approver',
    list: 'payouts',
    filter: { status: 'pending_approval' },
  },
  hand_transfers: {
    waitingOn: 'you',
    list: 'hand_transfers',
  },
  approved_to_pay: {
    waitingOn: 'you',
    list: 'payouts',
    filter: { status: 'approved', need: 'approved_to_pay' },
  },
  unclaimed_ending: {
    waitingOn: 'payee',
    list: 'payouts',
    filter: { status: 'unclaimed', need: 'unclaimed_ending' },
  },
  frozen_methods: {
    waitingOn: 'you',
    list: 'payees',
  },
  discrepancies: {
    waitingOn: 'you',
    list: 'discrepancies',
  },
  holds_ending: {
    waitingOn: 'clock',
    list: 'payouts',
    filter: { status: 'pending_approval,approved', need: 'holds_ending' },
  },
  alerts: {
    waitingOn: 'you',
    list: 'alerts',
  },
};

interface Words {
  /** After the count. */
  readonly one: string;
  readonly many: string;
  readonly detail: string;
  readonly action: string;
}

const en: Readonly<Record<InboxKind, Words>> = {
  unknown_outcome: {
    one: 'submission has an unknown outcome',
    many: 'submissions have an unknown outcome',
    detail: 'The answer was lost and nobody but you can find out whether money moved. Nothing is sent again.',
    action: 'Look it up at the provider and say what you find.',
  },
  float_short: {
    one: 'provider account holds too little',
    many: 'provider accounts hold too little',
    detail: 'What is queued and approved is more than what is there. No money was lost.',
    action: 'Fund the account.',
  },
  approvals_expiring: {
    one: 'payout is declined by the clock soon',
    many: 'payouts are declined by the clock soon',
    detail: 'Nobody has approved or declined them in time.',
    action: 'Approve or decline them.',
  },
  failed: {
    one: 'failed payout needs attention',
    many: 'failed payouts need attention',
    detail: 'They are not tried again by themselves. The money is with you.',
    action: 'Read the reason, mend it, then retry.',
  },
  returned: {
    one: 'payout came back',
    many: 'payouts came back',
    detail: 'The money is with you again.',
    action: 'Mend the cause, then retry; or cancel.',
  },
  approvals: {
    one: 'payout waits for approval',
    many: 'payouts wait for approval',
    detail: 'Nothing of it is sent before.',
    action: 'Approve or decline.',
  },
  hand_transfers: {
    one: 'approved transfer is to be made by hand',
    many: 'approved transfers are to be made by hand',
    detail: 'A person pays and says what was paid.',
    action: 'Export them, pay them, and mark them paid with their references.',
  },
  approved_to_pay: {
    one: 'approved payout waits to be sent',
    many: 'approved payouts wait to be sent',
    detail: 'No scheduled run sends what is approved, as it is set.',
    action: 'Pay what is approved, or let scheduled runs send it, in the settings.',
  },
  unclaimed_ending: {
    one: 'payout comes back unclaimed soon',
    many: 'payouts come back unclaimed soon',
    detail: 'Their payees have not claimed them at the provider.',
    action: 'Remind the payees.',
  },
  frozen_methods: {
    one: 'payout method is frozen',
    many: 'payout methods are frozen',
    detail: 'A payee said that a change was not theirs. Nothing is paid to it.',
    action: 'Reach the payee another way, then release it or take it out of use.',
  },
  discrepancies: {
    one: 'difference to the provider is open',
    many: 'differences to the provider are open',
    detail: 'What the provider says and what Purser knows differ since the batch was compared last.',
    action: 'Compare them with the provider, and reconcile the batch again.',
  },
  holds_ending: {
    one: 'hold ends soon',
    many: 'holds end soon',
    detail: 'What is approved may be sent after that.',
    action: 'Hold it longer if the reason is not over.',
  },
  alerts: {
    one: 'alert is open',
    many: 'alerts are open',
    detail: 'Each says what happened and what to do.',
    action: 'Read them.',
  },
};

const fr: Readonly<Record<InboxKind, Words>> = {
  unknown_outcome: {
    one: 'envoi a une issue inconnue',
    many: 'envois ont une issue inconnue',
    detail: 'La réponse s’est perdue et vous seul pouvez découvrir si l’argent a bougé. Rien n’est renvoyé.',
    action: 'Cherchez-le chez le prestataire et dites ce que vous trouvez.',
  },
  float_short: {
    one: 'compte chez un prestataire contient trop peu',
    many: 'comptes chez des prestataires contiennent trop peu',
    detail: 'Ce qui est en préparation ou approuvé dépasse ce qui s’y trouve. Aucun argent n’est perdu.',
    action: 'Approvisionnez le compte.',
  },
  approvals_expiring: {
    one: 'versement sera bientôt refusé automatiquement',
    many: 'versements seront bientôt refusés automatiquement',
    detail: 'Personne ne les a encore approuvés ni refusés, et le délai se termine.',
    action: 'Approuvez-les ou refusez-les.',
  },
  failed: {
    one: 'versement échoué est à traiter',
    many: 'versements échoués sont à traiter',
    detail: 'Aucune nouvelle tentative automatique n’est prévue. L’argent est sur votre compte.',
    action: 'Lisez la raison, corrigez-la, puis réessayez.',
  },
  returned: {
    one: 'versement est revenu',
    many: 'versements sont revenus',
    detail: 'L’argent est revenu sur votre compte.',
    action: 'Corrigez la cause, puis réessayez ; ou annulez.',
  },
  approvals: {
    one: 'versement attend une approbation',
    many: 'versements attendent une approbation',
    detail: 'Rien n’est envoyé avant.',
    action: 'Approuvez ou refusez.',
  },
  hand_transfers: {
    one: 'virement approuvé est à faire à la main',
    many: 'virements approuvés sont à faire à la main',
    detail: 'Une personne paie et dit ce qui a été payé.',
    action: 'Exportez-les, payez-les, puis marquez-les payés avec leurs références.',
  },
  approved_to_pay: {
    one: 'versement approuvé attend d’être envoyé',
    many: 'versements approuvés attendent d’être envoyés',
    detail: 'D’après les paramètres, aucune échéance n’envoie ce qui est approuvé.',
    action: 'Payez ce qui est approuvé, ou laissez les échéances l’envoyer, dans les paramètres.',
  },
  unclaimed_ending: {
    one: 'versement non réclamé revient bientôt',
    many: 'versements non réclamés reviennent bientôt',
    detail: 'Leurs bénéficiaires ne les ont pas réclamés chez le prestataire.',
    action: 'Rappelez-le aux bénéficiaires.',
  },
  frozen_methods: {
    one: 'moyen de versement est gelé',
    many: 'moyens de versement sont gelés',
    detail: 'Un bénéficiaire a dit qu’un changement ne venait pas de lui. Rien n’y est versé.',
    action: 'Joignez le bénéficiaire par une autre voie, puis libérez le moyen ou retirez-le.',
  },
  discrepancies: {
    one: 'écart avec le prestataire est ouvert',
    many: 'écarts avec le prestataire sont ouverts',
    detail:
      'Ce que dit le prestataire et ce que sait Purser diffèrent depuis la dernière comparaison du lot.',
    action: 'Comparez-les avec le prestataire, et rapprochez le lot de nouveau.',
  },
  holds_ending: {
    one: 'suspension prend bientôt fin',
    many: 'suspensions prennent bientôt fin',
    detail: 'Ce qui est approuvé peut être envoyé ensuite.',
    action: 'Prolongez-la si la raison demeure.',
  },
  alerts: {
    one: 'alerte est ouverte',
    many: 'alertes sont ouvertes',
    detail: 'Chacune dit ce qui s’est passé et que faire.',
    action: 'Lisez-les.',
  },
};

interface InboxTexts {
  readonly kinds: Readonly<Record<InboxKind, Words>>;
  readonly moreThan: (title: string) => string;
  /** Payees did their part, so trying again is not pointless. */
  readonly again: (count: number) => string;
}

const texts: Readonly<Record<TeamLanguage, InboxTexts>> = {
  en: {
    kinds: en,
    moreThan: (title) => `More than ${title}`,
    again: (count) =>
      counted(
        count,
        'of them can be paid again now: its payee did their part.',
        'of them can be paid again now: their payees did their part.',
      ),
  },
  fr: {
    kinds: fr,
    moreThan: (title) => `Plus de ${title}`,
    again: (count) =>
      counted(
        count,
        'd’entre eux peut être payé de nouveau dès maintenant : le bénéficiaire a fait sa part.',
        'd’entre eux peuvent être payés de nouveau dès maintenant : les bénéficiaires ont fait leur part.',
      ),
  },
};

/** How many there are of one kind of work. */
interface Heap {
  readonly kind: InboxKind;
  readonly count: number;
  /** There are more than were counted. */
  readonly capped: boolean;
  readonly againNow: number;
}

/** The words of one kind of work for so many of it. */
export function inboxWords({ kind, count, capped, againNow }: Heap, language: TeamLanguage) {
  const { kinds, moreThan, again } = texts[language];
  const { one, many, detail, action } = kinds[kind];
  const { waitingOn, list, filter = {} } = places[kind];
  const title = counted(count, one, many);
  return {
    title: capped ? moreThan(title) : title,
    detail: againNow === 0 ? detail : `${detail} ${again(againNow)}`,
    action,
    waitingOn,
    list,
    filter,
  };
}
