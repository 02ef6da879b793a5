import { retriesMax } from './retry.ts';
import type { TeamLanguage } from './language.ts';

/** What is read as the state, and what happens next. */
type Words = readonly [label: string, nextStep: string];

/** Every sentence that tells an operator of a payout. Reasons and the ends of holds have tables of their own. */
export interface NextStepTexts {
  readonly earlier: Record<'completed' | 'onItsWay', Words> & Record<'failed' | 'returned', string>;
  readonly needsApproval: string;
  readonly mustDecide: string;
  /** One of two approvals is there. */
  readonly needsSecond: string;
  readonly anotherMustDecide: (approvedBy: string) => string;
  /** After it, of what is on hold. `until` null: without end. */
  readonly heldToo: (hold: string, until: string | null) => string;
  readonly exported: (at: string) => Words;
  readonly byHand: Words;
  readonly scheduled: (at: string) => Words;
  readonly approved: Words;
  readonly onHold: (hold: string, until: string | null) => string;
  /** After how the hold ends. */
  readonly afterHold: Record<'ends' | 'open', string>;
  readonly queued: Words;
  readonly putOff: (until: string) => Words;
  readonly sending: Words;
  readonly unknown: Words;
  readonly handedOver: Words;
  readonly sent: Words;
  readonly held: Words;
  readonly unclaimed: (until: string | null) => string;
  readonly arrived: string;
  readonly paidByHand: (reference: string) => string;
  readonly done: string;
  readonly retriesAt: (at: string) => string;
  readonly retries: (reason: string, fix: string) => string;
  readonly retriedOut: string;
  readonly needsAttention: (reason: string) => string;
  readonly cameBack: (reason: string) => string;
  readonly handCameBack: (reference: string, said: string | null) => Words;
  readonly declined: (said: string | null) => Words;
  readonly cancelled: Words;
  readonly other: OtherTexts;
  /** The payee says that the method works again that failed; `doubted`: the provider does not say so. */
  readonly settled: { readonly said: (at: string) => string; readonly doubted: string };
}

/** The payee has another method now than the one that failed. */
interface OtherTexts {
  readonly inUse: string;
  readonly savedOn: (at: string) => string;
  /** What to do, as part of a sentence. */
  readonly todo: Record<'approve' | 'retry' | 'payAgain', string>;
  readonly approvedFrom: (at: string) => string;
  /** Whose turn it is until then, and afterwards. */
  readonly coolsOff: (until: string, todo: string) => string;
  readonly held: (hold: string, until: string | null, todo: string) => string;
}

const en: NextStepTexts = {
  earlier: {
    completed: ['Paid by an earlier system', 'Done. It counts as paid and is not paid again.'],
    failed: 'Failed at an earlier system',
    returned: 'Came back to an earlier system',
    onItsWay: [
      'On its way from an earlier system',
      'It counts as paid and is not paid again. Import a newer report of the provider when its end is known.',
    ],
  },
  needsApproval: 'Needs approval',
  mustDecide: 'An approver must approve or decline it.',
  needsSecond: 'Needs a second approval',
  anotherMustDecide: (by) =>
    `${by} approved it. Its amount needs two: another approver must approve or decline it.`,
  heldToo: (hold, until) => `It is on hold${untilEn(until)}: ${hold}; also approved, it is not sent before.`,
  exported: (at) => [
    `Approved, handed over to be paid by hand at ${at}`,
    'Mark it paid with the reference of the transfer. Somebody may be paying it, so no provider sends it.',
  ],
  byHand: ['Approved, to be paid by hand', 'Pay it, and mark it paid with the reference of the transfer.'],
  scheduled: (at) => [
    `Approved, sends ${at}`,
    'The scheduled run sends it then. To have it sooner, pay what is approved.',
  ],
  approved: ['Approved', 'Pay what is approved. Scheduled runs send it only where the settings say so.'],
  onHold: (hold, until) => `On hold${untilEn(until)}: ${hold}`,
  afterHold: { ends: 'It can be paid after that.', open: 'It is not sent until then.' },
  queued: ['Preparing', 'Purser sends it in the next moments. It can still be cancelled.'],
  putOff: (until) => [
    `Put off until ${until}`,
    'The provider took nothing yet: it asked to wait, or could not be reached. Purser sends it again then. It can still be cancelled.',
  ],
  sending: ['Sending', 'The provider is being asked to pay it.'],
  unknown: [
    'Outcome unknown, checking; do not resend',
    'The answer was lost, so it is not known whether money moved. Purser asks again with the same bytes and key, which cannot pay twice.',
  ],
  handedOver: [
    'Outcome unknown; do not resend',
    'The answer was lost and the provider has forgotten the key, so nothing is sent again by itself. Look the submission up at the provider and say what you find: purser resolve.',
  ],
  sent: ['Sent', 'The provider has it; Purser keeps asking until it has arrived or come back.'],
  held: ['Held by the provider', 'The provider is reviewing it; Purser keeps asking.'],
  unclaimed: (until) => `Unclaimed${untilEn(until)}`,
  arrived: 'Arrived',
  paidByHand: (reference) => `Paid by hand, reference ${reference}`,
  done: 'Done. If the money comes back later, it will show here.',
  retriesAt: (at) => `Retries at ${at}`,
  retries: (reason, fix) => `${reason} It is tried again by itself then. To have it sooner: ${fix}`,
  retriedOut: `Tried again ${retriesMax} times by itself, and no more.`,
  needsAttention: (reason) => `Needs attention: ${reason}`,
  cameBack: (reason) => `Came back: ${reason}`,
  handCameBack: (reference, said) => [
    said ? `Came back: ${said}` : 'Came back',
    `It had been paid by hand under ${reference}, and the money is available to the payee again. Mark it paid once more under a new reference, retry it through the provider, or cancel it to free its earnings.`,
  ],
  declined: (said) => [said ? `Declined: ${said}` : 'Declined', 'Nothing more happens. No money moved.'],
  cancelled: ['Cancelled, no money moved', 'Nothing more happens; its earnings can be paid again.'],
  other: {
    inUse: 'The payee has another payout method in use now.',
    savedOn: (at) => `A new payout method was saved on ${at}.`,
    todo: {
      approve: 'put it back to be approved; it was approved for the earlier method',
      retry: 'retry it',
      payAgain: 'retry it, or pay its cycle again',
    },
    approvedFrom: (at) => `It is paid from ${at} on, when its cool-off ends.`,
    coolsOff: (until, todo) =>
      `Until ${until} it is the clock's turn: nothing is paid to it before its cool-off ends. Then it is yours: ${todo}. Nothing sends it by itself.`,
    held: (hold, until, todo) => `It is on hold${untilEn(until)}: ${hold}. After that, ${todo}.`,
  },
  settled: {
    said: (at) => `The payee said on ${at} that it is settled.`,
    doubted:
      'The provider says still that the account cannot be paid, and is asked again by itself. Retry it once that has changed.',
  },
};

function untilEn(until: string | null): string {
  return until ? ` until ${until}` : '';
}

const fr: NextStepTexts = {
  earlier: {
    completed: ['Payé par un ancien système', 'Terminé. Il compte comme payé et n’est pas payé de nouveau.'],
    failed: 'Échoué dans un ancien système',
    returned: 'Revenu à un ancien système',
    onItsWay: [
      'En route depuis un ancien système',
      'Il compte comme payé et n’est pas payé de nouveau. Importez un rapport plus récent du prestataire quand son issue est connue.',
    ],
  },
  needsApproval: 'À approuver',
  mustDecide: 'Un approbateur doit l’approuver ou le refuser.',
  needsSecond: 'Attend une deuxième approbation',
  anotherMustDecide: (by) =>
    `Approuvé par ${by}. Son montant en demande deux : un autre approbateur doit l’approuver ou le refuser.`,
  heldToo: (hold, until) =>
    `Il est suspendu${untilFr(until)} : ${hold} ; même approuvé, il ne part pas avant.`,
  exported: (at) => [
    `Approuvé, remis pour être payé à la main le ${at}`,
    'Marquez-le payé avec la référence du virement. Quelqu’un est peut-être en train de le payer : aucun prestataire ne l’envoie.',
  ],
  byHand: ['Approuvé, à payer à la main', 'Payez-le, puis marquez-le payé avec la référence du virement.'],
  scheduled: (at) => [
    `Approuvé, part le ${at}`,
    'L’échéance l’envoie alors. Pour l’avoir plus tôt, payez ce qui est approuvé.',
  ],
  approved: [
    'Approuvé',
    'Payez ce qui est approuvé. Les échéances ne l’envoient que si les paramètres le prévoient.',
  ],
  onHold: (hold, until) => `Suspendu${untilFr(until)} : ${hold}`,
  afterHold: { ends: 'Il peut être payé ensuite.', open: 'Il n’est pas envoyé d’ici là.' },
  queued: ['En préparation', 'Purser l’envoie dans les prochains instants. Il peut encore être annulé.'],
  putOff: (until) => [
    `Reporté au ${until}`,
    'Le prestataire n’a encore rien pris : il a demandé d’attendre, ou n’a pas pu être joint. Purser l’envoie de nouveau alors. Il peut encore être annulé.',
  ],
  sending: ['En cours d’envoi', 'On demande au prestataire de le payer.'],
  unknown: [
    'Issue inconnue, vérification en cours ; ne pas renvoyer',
    'La réponse s’est perdue : on ne sait pas si l’argent a bougé. Purser renvoie la même demande avec la même clé, ce qui ne peut pas payer deux fois.',
  ],
  handedOver: [
    'Issue inconnue ; ne pas renvoyer',
    'La réponse s’est perdue et le prestataire a oublié la clé : rien n’est renvoyé automatiquement. Cherchez l’envoi chez le prestataire et dites ce que vous trouvez : purser resolve.',
  ],
  sent: [
    'Envoyé',
    'Le prestataire l’a ; Purser continue de demander jusqu’à ce qu’il soit arrivé ou revenu.',
  ],
  held: ['Retenu par le prestataire', 'Le prestataire l’examine ; Purser continue de demander.'],
  unclaimed: (until) => (until ? `Non réclamé ; il peut l’être jusqu’au ${until}` : 'Non réclamé'),
  arrived: 'Arrivé',
  paidByHand: (reference) => `Payé à la main, référence ${reference}`,
  done: 'Terminé. Si l’argent revient plus tard, cela se verra ici.',
  retriesAt: (at) => `Nouvel essai le ${at}`,
  retries: (reason, fix) => `${reason} Il est alors réessayé automatiquement. Pour l’avoir plus tôt : ${fix}`,
  retriedOut: `Réessayé ${retriesMax} fois automatiquement ; il ne l’est plus.`,
  needsAttention: (reason) => `À traiter : ${reason}`,
  cameBack: (reason) => `Revenu : ${reason}`,
  handCameBack: (reference, said) => [
    said ? `Revenu : ${said}` : 'Revenu',
    `Il avait été payé à la main sous ${reference}, et l’argent est de nouveau disponible pour le bénéficiaire. Marquez-le payé sous une nouvelle référence, réessayez-le par le prestataire, ou annulez-le pour libérer ses gains.`,
  ],
  declined: (said) => [
    said ? `Refusé : ${said}` : 'Refusé',
    'Il ne se passe plus rien. Aucun argent n’a bougé.',
  ],
  cancelled: [
    'Annulé, aucun argent n’a bougé',
    'Il ne se passe plus rien ; les gains qu’il portait peuvent être payés de nouveau.',
  ],
  other: {
    inUse: 'Le bénéficiaire utilise maintenant un autre moyen de versement.',
    savedOn: (at) => `Un nouveau moyen de versement a été enregistré le ${at}.`,
    todo: {
      approve: 'redemandez l’approbation ; il avait été approuvé pour l’ancien moyen',
      retry: 'réessayez-le',
      payAgain: 'réessayez-le, ou payez de nouveau son cycle',
    },
    approvedFrom: (at) => `Il est payé à partir du ${at}, à la fin du délai de sécurité.`,
    coolsOff: (until, todo) =>
      `Jusqu’au ${until}, il faut attendre : rien n’y est versé avant la fin du délai de sécurité. Ensuite, c’est à vous : ${todo}. Rien ne part automatiquement.`,
    held: (hold, until, todo) => `Il est suspendu${untilFr(until)} : ${hold}. Ensuite, ${todo}.`,
  },
  settled: {
    said: (at) => `Le bénéficiaire a indiqué le ${at} que c’est réglé.`,
    doubted:
      'Le prestataire dit toujours que le compte ne peut pas être payé ; la question lui est reposée automatiquement. Réessayez dès que cela a changé.',
  },
};

function untilFr(until: string | null): string {
  return until ? ` jusqu’au ${until}` : '';
}

export const nextStepTexts: Readonly<Record<TeamLanguage, NextStepTexts>> = { en, fr };
