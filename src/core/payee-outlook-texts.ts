import type { TeamLanguage } from './language.ts';

/** Every sentence that tells the team whether a payee can be paid. `until` null: without end. */
export interface PayeeOutlookTexts {
  readonly noMethod: string;
  readonly lastFailed: (reason: string, fix: string) => string;
  readonly blocked: string;
  readonly frozen: (reason: string) => string;
  readonly coolingOff: (reason: string, until: string | null) => string;
  readonly onHold: (reason: string, until: string | null) => string;
  readonly headline: {
    readonly barred: (who: string, why: string) => string;
    readonly available: (who: string, money: string) => string;
    readonly owes: (who: string, money: string) => string;
    readonly nothing: (who: string) => string;
    /** All that is available is carried by payouts that failed. */
    readonly tied: (who: string) => string;
    readonly underWay: (count: number) => string;
  };
  readonly request: {
    readonly possible: (money: string) => string;
    readonly least: (available: string, minimum: string, missing: string) => string;
    readonly next: (money: string, at: string) => string;
    readonly run: (at: string) => string;
    /** Nothing of it is free. */
    readonly nothingFree: (minimum: string) => string;
    readonly inFlight: string;
    readonly blocked: string;
    readonly noMethod: string;
  };
}

const en: PayeeOutlookTexts = {
  noMethod: 'They have no payout method: they add one in the portal, or you add it.',
  lastFailed: (reason, fix) => `The last payout to this payout method failed. ${reason} ${fix}`,
  blocked: 'The payee is blocked: set the status to active to pay them again.',
  frozen: (reason) => `${reason}: reach them, then release the method.`,
  coolingOff: (reason, until) =>
    `${reason} and is paid to only after its cool-off${until ? ` until ${until}` : ''}.`,
  onHold: (reason, until) =>
    until ? `On hold until ${until}: ${reason}.` : `On hold: ${reason}. Release the payee to pay them.`,
  headline: {
    barred: (who, why) => `${who} cannot be paid now. ${why}`,
    available: (who, money) => `${who} can be paid: ${money} is available.`,
    owes: (who, money) => `${who} owes ${money}, which is taken from what they earn next.`,
    nothing: (who) => `Nothing is in the way of paying ${who}, and nothing is available.`,
    tied: (who) => `${who} can be paid, but nothing is free for a new request.`,
    underWay: (count) => `${count} under way.`,
  },
  request: {
    possible: (money) => `They can ask for ${money} now.`,
    least: (available, minimum, missing) =>
      `They can ask for ${available}, and the least request is ${minimum}: ${missing} is missing.`,
    next: (money, at) => `${money} more becomes available on ${at}.`,
    run: (at) => `The schedule asks by itself on ${at}, if there is enough then.`,
    nothingFree: (minimum) => `Nothing is free for a new request, which is at least ${minimum}.`,
    inFlight: 'a payout was asked for already; they can ask again when it has ended.',
    blocked: 'nothing is asked for while the payee is blocked.',
    noMethod: 'they can ask once they have a payout method.',
  },
};

const fr: PayeeOutlookTexts = {
  noMethod: 'Aucun moyen de versement : le bénéficiaire en ajoute un dans le portail, ou vous l’ajoutez.',
  lastFailed: (reason, fix) => `Le dernier versement vers ce moyen a échoué. ${reason} ${fix}`,
  blocked: 'Le bénéficiaire est bloqué : débloquez-le pour le payer de nouveau.',
  frozen: (reason) => `${reason} : joignez-le, puis libérez le moyen.`,
  coolingOff: (reason, until) =>
    `${reason} ; on n’y paie qu’après son délai de sécurité${until ? `, qui dure jusqu’au ${until}` : ''}.`,
  onHold: (reason, until) =>
    until
      ? `Suspendu jusqu’au ${until} : ${reason}.`
      : `Suspendu : ${reason}. Levez la suspension du bénéficiaire pour le payer.`,
  headline: {
    barred: (who, why) => `${who} ne peut pas être payé maintenant. ${why}`,
    available: (who, money) => `${who} peut être payé : ${money} disponibles.`,
    owes: (who, money) => `${who} doit ${money}, retenus sur ses prochains gains.`,
    nothing: (who) => `Rien n’empêche de payer ${who}, et rien n’est disponible.`,
    tied: (who) => `${who} peut être payé, mais rien n’est libre pour une nouvelle demande.`,
    underWay: (count) => `${count} en cours.`,
  },
  request: {
    possible: (money) => `Le bénéficiaire peut demander ${money} maintenant.`,
    least: (available, minimum, missing) =>
      `Le bénéficiaire pourrait demander ${available}, et le montant minimal est de ${minimum} : il manque ${missing}.`,
    next: (money, at) => `${money} de plus deviennent disponibles le ${at}.`,
    run: (at) => `La demande est faite automatiquement le ${at}, s’il y a alors assez.`,
    nothingFree: (minimum) => `Rien n’est libre pour une nouvelle demande, d’au moins ${minimum}.`,
    inFlight: 'un versement a déjà été demandé ; une nouvelle demande est possible quand il est terminé.',
    blocked: 'rien n’est demandé tant que le bénéficiaire est bloqué.',
    noMethod: 'une demande est possible dès qu’il y a un moyen de versement.',
  },
};

export const payeeOutlookTexts: Readonly<Record<TeamLanguage, PayeeOutlookTexts>> = { en, fr };
