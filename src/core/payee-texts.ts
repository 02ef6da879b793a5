import type { Hold } from './hold.ts';
import type { Language } from './language.ts';
import type { PayoutState } from './payout.ts';

/** Every sentence that tells a payee of a payout or a method. */
export interface PayeeTexts {
  readonly labels: Record<PayoutState, string>;
  /** Approved, and a scheduled run sends it. */
  readonly scheduled: string;
  readonly delayed: string;
  readonly onHold: string;
  readonly onHoldUntil: (when: string) => string;
  readonly next: {
    /** `by`: when the clock declines what nobody decided; null: it does not. */
    readonly requested: (by: string | null) => string;
    /** Before `requested`, while a new method serves its time. */
    readonly waitsForMethod: (until: string) => string;
    /** No scheduled run sends it. */
    readonly approved: string;
    readonly scheduled: string;
    readonly queued: string;
    /** The provider did not take it yet. */
    readonly putOff: (until: string) => string;
    readonly sending: string;
    readonly unknown: string;
    readonly sent: string;
    readonly held: string;
    readonly claimUntil: (when: string) => string;
    readonly completed: string;
    readonly retries: string;
    readonly cameBack: string;
    readonly declined: string;
    readonly declinedAs: (said: string) => string;
    readonly cancelled: string;
    /** After a reason: once the payee has settled it, and what the platform does. */
    readonly thenAgain: string;
    /** After a refusal of this way to pay. */
    readonly otherWay: string;
    readonly takenCareOf: string;
    /** Of a run, once they have another method; `until`: the end of its cool-off. */
    readonly paidAgain: (until: string | null) => string;
    /** Of a run, once they said that the same method works again; `doubted`: the provider does not say so. */
    readonly settled: Record<'platform' | 'doubted', string>;
  };
  /** What happened: they said so. */
  readonly saidSettled: string;
  /** After a reason: what the payee can do about it, in their pages. */
  readonly fix: Record<'details' | 'again' | 'method' | 'way', string>;
  readonly holds: Record<Hold['by'], string>;
  readonly method: {
    readonly ready: string;
    readonly frozen: string;
    readonly coolingOff: (when: string | null) => string;
  };
  readonly blocked: string;
  /** Of what is available: what a payment carries that did not reach them. */
  readonly inFailed: (amount: string) => string;
}

const en: PayeeTexts = {
  labels: {
    pending_approval: 'Requested',
    approved: 'Approved',
    queued: 'Preparing',
    sending: 'On its way',
    sent: 'On its way',
    held: 'On its way',
    unclaimed: 'Waiting for you to claim it',
    completed: 'Paid',
    failed: 'Needs attention',
    returned: 'Came back',
    declined: 'Declined',
    cancelled: 'Cancelled',
  },
  scheduled: 'Scheduled',
  delayed: 'Delayed',
  onHold: 'On hold',
  onHoldUntil: (when) => `On hold until ${when}`,
  next: {
    requested: (by) =>
      by === null
        ? 'The platform looks at it and approves or declines it.'
        : `The platform looks at it and approves or declines it by ${by}. If nobody has by then, it is declined by itself: no money moves, and you can request it again.`,
    waitsForMethod: (until) =>
      `It waits until ${until}, because you changed where money goes, and for approval.`,
    approved: 'Your platform sends it; no day is set for that. You need do nothing.',
    scheduled: 'It goes out with the next payments.',
    queued: 'It is sent in the next moments.',
    putOff: (until) => `The provider did not take it yet. It is sent again on ${until}; your money is safe.`,
    sending: 'The provider is being asked to pay it.',
    unknown:
      'The provider has not answered clearly yet. It is being checked; you are not paid twice and nothing is lost.',
    sent: 'The provider has it and pays it out to you.',
    held: 'The provider is reviewing it. That can take some days.',
    claimUntil: (when) => `You have until ${when}.`,
    completed: 'Done. The money has arrived at your payout method.',
    retries: 'It did not go through yet and is sent again soon. You need do nothing; the money is not lost.',
    cameBack: 'The payment came back. The platform takes care of it; the money is not lost.',
    declined: 'The platform declined it. No money moved; ask them why.',
    declinedAs: (said) => `The platform declined it: ${said} No money moved.`,
    cancelled: 'It was cancelled before any money moved. What it paid for can be paid again.',
    thenAgain: 'Once that is settled you can be paid there again.',
    otherWay:
      'Your money is safe. Choose another payout method, and it is paid again. The platform can send it this way once more only if the provider allows it.',
    takenCareOf: 'The platform takes care of it; the money is not lost.',
    paidAgain: (until) =>
      until === null
        ? 'Your new payout method is saved. The platform pays this again with its next run; you need do nothing.'
        : `Your new payout method is saved. Until ${until} it is the clock’s turn: for your safety nothing is paid to a new method before. Then it is the turn of the platform, which pays this again.`,
    settled: {
      platform:
        'You told the platform that it is settled. It is their turn now: they send this again to the same payout method. The money is not lost.',
      doubted:
        'You told the platform that it is settled. The provider says still that your account cannot be paid; they are asked again, and then the platform can send this. If that lasts, look there once more or use another payout method.',
    },
  },
  saidSettled: 'You said that it is settled',
  fix: {
    details: 'Then ask to be paid again, or say where else the money shall go.',
    again:
      'Ask to be paid there again when you are ready to receive it, or say where else the money shall go.',
    method: 'Say where the money shall go instead, and it is paid again.',
    way: 'Choose another payout method, and it is paid again. If the provider has changed its mind, tell the platform: only they can send it there once more.',
  },
  holds: {
    cooling_off:
      'Your payout method was changed. For your safety nothing is paid to it before then; to be paid sooner, make the earlier one the default again.',
    frozen:
      'You said that a change was not yours, so nothing is paid until the platform has looked into it. Your money is safe.',
    payout: 'The platform holds it. Your money is safe; ask them if you do not know why.',
    payee: 'The platform holds your payouts. Your money is safe; ask them if you do not know why.',
    blocked: 'Your payouts are paused by the platform. What you earned stays yours; ask them what is needed.',
  },
  method: {
    ready: 'Ready.',
    frozen: 'Frozen, as a change of it was called not theirs. Nothing is paid to it.',
    coolingOff: (when) => `Cooling off after a change: nothing is paid to it before ${when ?? 'then'}.`,
  },
  blocked:
    'Your payouts are paused by the platform that pays you. What you earned stays yours; ask them what is needed.',
  inFailed: (amount) =>
    `${amount} belongs to a payment that failed or came back; it is paid by sending that payment again, not by a new request.`,
};

const fr: PayeeTexts = {
  labels: {
    pending_approval: 'Demandé',
    approved: 'Approuvé',
    queued: 'En préparation',
    sending: 'En route',
    sent: 'En route',
    held: 'En route',
    unclaimed: 'À vous de le réclamer',
    completed: 'Payé',
    failed: 'À corriger',
    returned: 'Revenu',
    declined: 'Refusé',
    cancelled: 'Annulé',
  },
  scheduled: 'Prévu',
  delayed: 'Retardé',
  onHold: 'Suspendu',
  onHoldUntil: (when) => `Suspendu jusqu’au ${when}`,
  next: {
    requested: (by) =>
      by === null
        ? 'La plateforme l’examine, puis l’approuve ou le refuse.'
        : `La plateforme l’examine, puis l’approuve ou le refuse, au plus tard le ${by}. Si personne ne l’a fait d’ici là, il est refusé automatiquement : aucun argent ne bouge, et vous pouvez le redemander.`,
    waitsForMethod: (until) =>
      `Il attend une approbation, et ne part pas avant le ${until}, car vous avez changé où va l’argent.`,
    approved: 'Votre plateforme l’envoie ; aucun jour n’est fixé pour cela. Vous n’avez rien à faire.',
    scheduled: 'Il part avec les prochains paiements.',
    queued: 'Il part dans les prochains instants.',
    putOff: (until) =>
      `Le prestataire ne l’a pas encore pris. Il repart le ${until} ; votre argent est en sécurité.`,
    sending: 'On demande au prestataire de le payer.',
    unknown:
      'Le prestataire n’a pas encore répondu clairement. C’est en cours de vérification ; vous ne serez pas payé deux fois et rien n’est perdu.',
    sent: 'Le prestataire l’a reçu et vous le verse.',
    held: 'Le prestataire l’examine. Cela peut prendre quelques jours.',
    claimUntil: (when) => `Vous avez jusqu’au ${when}.`,
    completed: 'Terminé. L’argent est arrivé sur votre moyen de versement.',
    retries:
      'Il n’est pas encore passé et repart bientôt. Vous n’avez rien à faire ; l’argent n’est pas perdu.',
    cameBack: 'Le versement est revenu. La plateforme s’en occupe ; l’argent n’est pas perdu.',
    declined: 'La plateforme l’a refusé. Aucun argent n’a bougé ; demandez-lui pourquoi.',
    declinedAs: (said) => `La plateforme l’a refusé : ${said} Aucun argent n’a bougé.`,
    cancelled: 'Il a été annulé avant que l’argent ne bouge. Ce qu’il payait peut être payé de nouveau.',
    thenAgain: 'Une fois que c’est réglé, vous pourrez y être payé de nouveau.',
    otherWay:
      'Votre argent est en sécurité. Choisissez un autre moyen de versement, et il sera payé de nouveau. La plateforme ne peut le renvoyer par cette voie que si le prestataire le permet.',
    takenCareOf: 'La plateforme s’en occupe ; l’argent n’est pas perdu.',
    paidAgain: (until) =>
      until === null
        ? 'Votre nouveau moyen de versement est enregistré. La plateforme paie de nouveau avec ses prochains paiements ; vous n’avez rien à faire.'
        : `Votre nouveau moyen de versement est enregistré. Jusqu’au ${until}, il faut attendre : pour votre sécurité, rien n’est versé avant à un nouveau moyen. Ensuite, c’est à la plateforme, qui paie de nouveau.`,
    settled: {
      platform:
        'Vous avez dit à la plateforme que c’est réglé. C’est maintenant à elle de renvoyer ce versement sur le même moyen. L’argent n’est pas perdu.',
      doubted:
        'Vous avez dit à la plateforme que c’est réglé. Le prestataire dit toujours que votre compte ne peut pas être payé ; la question lui est reposée, puis la plateforme pourra renvoyer ce versement. Si cela dure, vérifiez encore chez lui ou utilisez un autre moyen de versement.',
    },
  },
  saidSettled: 'Vous avez indiqué que c’est réglé',
  fix: {
    details: 'Demandez ensuite à être payé de nouveau, ou dites où l’argent doit aller.',
    again:
      'Demandez à y être payé de nouveau quand vous êtes prêt à le recevoir, ou dites où l’argent doit aller.',
    method: 'Dites où l’argent doit aller, et il sera payé de nouveau.',
    way: 'Choisissez un autre moyen de versement, et il sera payé de nouveau. Si le prestataire a levé son refus, dites-le à la plateforme : elle seule peut l’y renvoyer.',
  },
  holds: {
    cooling_off:
      'Votre moyen de versement a changé. Pour votre sécurité, rien n’y est payé avant cette date ; pour être payé plus tôt, reprenez l’ancien comme moyen par défaut.',
    frozen:
      'Vous avez dit qu’un changement ne venait pas de vous : rien n’est payé tant que la plateforme ne l’a pas examiné. Votre argent est en sécurité.',
    payout:
      'La plateforme l’a suspendu. Votre argent est en sécurité ; demandez-lui pourquoi si vous ne le savez pas.',
    payee:
      'La plateforme a suspendu vos versements. Votre argent est en sécurité ; demandez-lui pourquoi si vous ne le savez pas.',
    blocked:
      'La plateforme a bloqué vos versements. Ce que vous avez gagné reste à vous ; demandez-lui ce qu’il faut faire.',
  },
  method: {
    ready: 'Prêt.',
    frozen: 'Gelé, car un changement a été signalé comme ne venant pas de vous. Rien n’y est payé.',
    coolingOff: (when) =>
      when === null
        ? 'Délai de sécurité après un changement : rien n’y est payé avant sa fin.'
        : `Délai de sécurité après un changement : rien n’y est payé avant le ${when}.`,
  },
  blocked:
    'La plateforme qui vous paie a bloqué vos versements. Ce que vous avez gagné reste à vous ; demandez-lui ce qu’il faut faire.',
  inFailed: (amount) =>
    `${amount} appartiennent à un versement qui a échoué ou est revenu ; cette somme est payée en renvoyant ce versement, pas par une nouvelle demande.`,
};

const ht: PayeeTexts = {
  labels: {
    pending_approval: 'Ou mande l',
    approved: 'Apwouve',
    queued: 'Y ap prepare l',
    sending: 'Sou wout',
    sent: 'Sou wout',
    held: 'Sou wout',
    unclaimed: 'L ap tann ou reklame l',
    completed: 'Peye',
    failed: 'Bezwen atansyon',
    returned: 'Li tounen',
    declined: 'Refize',
    cancelled: 'Anile',
  },
  scheduled: 'Pwograme',
  delayed: 'An reta',
  onHold: 'Kenbe',
  onHoldUntil: (when) => `Kenbe jiska ${when}`,
  next: {
    requested: (by) =>
      by === null
        ? 'Platfòm nan ap gade l, epi l ap apwouve l oswa refize l.'
        : `Platfòm nan ap gade l, epi l ap apwouve l oswa refize l anvan ${by}. Si pèsonn pa fè sa anvan dat la, l ap refize pou kont li: okenn lajan pa deplase, epi ou ka mande l ankò.`,
    waitsForMethod: (until) =>
      `L ap tann jiska ${until}, paske ou chanje kote lajan an ale, epi l ap tann yo apwouve l.`,
    approved: 'Se platfòm ou a k ap voye l; yo poko fikse jou a. Ou pa bezwen fè anyen.',
    scheduled: 'L ap soti ansanm ak pwochen peman yo.',
    queued: 'L ap soti nan yon ti moman.',
    putOff: (until) => `Founisè a poko pran l. L ap voye ankò ${until}; lajan ou an sekirite.`,
    sending: 'Y ap mande founisè a peye l.',
    unknown: 'Founisè a poko bay yon repons klè. Y ap verifye sa; yo p ap peye w de fwa epi anyen pa pèdi.',
    sent: 'Founisè a resevwa l epi l ap voye l ba ou.',
    held: 'Founisè a ap egzamine l. Sa ka pran kèk jou.',
    claimUntil: (when) => `Ou gen jiska ${when}.`,
    completed: 'Fini. Lajan an rive sou mwayen peman ou a.',
    retries: 'Li poko pase, epi l ap voye ankò talè. Ou pa bezwen fè anyen; lajan an pa pèdi.',
    cameBack: 'Peman an tounen. Platfòm nan ap okipe sa; lajan an pa pèdi.',
    declined: 'Platfòm nan refize l. Okenn lajan pa deplase; mande yo poukisa.',
    declinedAs: (said) => `Platfòm nan refize l: ${said} Okenn lajan pa deplase.`,
    cancelled: 'Yo anile l anvan okenn lajan deplase. Sa li t ap peye a ka peye ankò.',
    thenAgain: 'Lè sa regle, yo ka peye w la ankò.',
    otherWay:
      'Lajan ou an sekirite. Chwazi yon lòt mwayen peman, epi y ap peye l ankò. Platfòm nan ka voye l menm jan an ankò sèlman si founisè a pèmèt sa.',
    takenCareOf: 'Platfòm nan ap okipe sa; lajan an pa pèdi.',
    paidAgain: (until) =>
      until === null
        ? 'Nouvo mwayen peman ou a anrejistre. Platfòm nan ap peye sa ankò ak pwochen peman yo; ou pa bezwen fè anyen.'
        : `Nouvo mwayen peman ou a anrejistre. Fòk ou tann jiska ${until}: pou sekirite w, yo pa peye anyen sou yon nouvo mwayen anvan sa. Apre sa, se tou pa platfòm nan, k ap peye sa ankò.`,
    settled: {
      platform:
        'Ou di platfòm nan sa regle. Kounye a se tou pa yo: y ap voye l ankò sou menm mwayen peman an. Lajan an pa pèdi.',
      doubted:
        'Ou di platfòm nan sa regle. Founisè a toujou di yo pa ka peye kont ou a; y ap mande l ankò, epi apre sa platfòm nan ka voye l. Si sa dire, al gade lakay founisè a ankò oswa sèvi ak yon lòt mwayen peman.',
    },
  },
  saidSettled: 'Ou di sa regle',
  fix: {
    details: 'Apre sa, mande yo peye w ankò, oswa di ki lòt kote pou lajan an ale.',
    again: 'Mande yo peye w la ankò lè ou pare pou resevwa l, oswa di ki lòt kote pou lajan an ale.',
    method: 'Di ki lòt kote pou lajan an ale, epi y ap peye l ankò.',
    way: 'Chwazi yon lòt mwayen peman, epi y ap peye l ankò. Si founisè a chanje lide, di platfòm nan sa: se yo sèl ki ka voye l la ankò.',
  },
  holds: {
    cooling_off:
      'Mwayen peman ou a chanje. Pou sekirite w, yo pa peye anyen sou li anvan dat sa a; pou yo peye w pi bonè, remete ansyen an kòm mwayen prensipal.',
    frozen:
      'Ou di yon chanjman pa t soti nan men ou, kidonk yo pa peye anyen toutotan platfòm nan poko gade sa. Lajan ou an sekirite.',
    payout: 'Platfòm nan kenbe l. Lajan ou an sekirite; mande yo si ou pa konnen poukisa.',
    payee: 'Platfòm nan kenbe peman ou yo. Lajan ou an sekirite; mande yo si ou pa konnen poukisa.',
    blocked: 'Platfòm nan mete peman ou yo sou pòz. Sa ou fè a rete pou ou; mande yo kisa ki nesesè.',
  },
  method: {
    ready: 'Pare.',
    frozen: 'Bloke, paske yo siyale yon chanjman kòm pa pou ou. Yo pa peye anyen sou li.',
    coolingOff: (when) =>
      when === null
        ? 'Delè sekirite apre yon chanjman: yo pa peye anyen sou li anvan delè a fini.'
        : `Delè sekirite apre yon chanjman: yo pa peye anyen sou li anvan ${when}.`,
  },
  blocked: 'Platfòm ki peye w la mete peman ou yo sou pòz. Sa ou fè a rete pou ou; mande yo kisa ki nesesè.',
  inFailed: (amount) =>
    `${amount} se pou yon peman ki pa t pase oswa ki tounen; y ap peye l lè yo voye menm peman sa a ankò, se pa ak yon nouvo demann.`,
};

/** The sentences by language. */
export const payeeTexts: Readonly<Record<Language, PayeeTexts>> = { en, fr, ht };
