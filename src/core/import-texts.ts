import type { TeamLanguage } from './language.ts';

/** What is said of a row of a file beside what is on record. */
interface ImportTexts {
  recordedBefore(money: string, payee: string, cycle: string | null): string;
  readonly newReference: string;
  readonly correctOrTakeOut: string;
  inPayout(id: string): string;
  otherProvider(method: string): string;
  readonly blocked: string;
  onHold(reason: string): string;
  readonly methodChanged: string;
  twins(lines: string): string;
  twinOnRecord(reference: string): string;
}

export const importTexts: Readonly<Record<TeamLanguage, ImportTexts>> = {
  en: {
    recordedBefore: (money, payee, cycle) =>
      `This reference was recorded before: ${money} for ${payee}, in ${cycle === null ? 'no cycle' : `cycle ${cycle}`}.`,
    newReference: 'Use a new reference for another payment, or correct the row to what was recorded.',
    correctOrTakeOut: 'Correct the row, or take it out of the file.',
    inPayout: (id) => `Is in payout ${id} already and is left alone.`,
    otherProvider: (method) => `Is paid through ${method}, so this run leaves it out.`,
    blocked: 'The payee is blocked, so nothing is paid to them.',
    onHold: (reason) => `The payee is on hold: ${reason}.`,
    methodChanged:
      'Names another address than the one on record. Make sure it comes from the payee; it may serve a cool-off first.',
    twins: (lines) =>
      `The same payee has the same amount in line ${lines}. Pay it once if it is one payment.`,
    twinOnRecord: (reference) =>
      `The same payee earned the same amount lately as ${reference}. Pay it once if it is one payment.`,
  },
  fr: {
    recordedBefore: (money, payee, cycle) =>
      `Cette référence a déjà été enregistrée : ${money} pour ${payee}, ${cycle === null ? 'sans cycle' : `dans le cycle ${cycle}`}.`,
    newReference:
      'Prenez une nouvelle référence pour un autre paiement, ou corrigez la ligne selon ce qui a été enregistré.',
    correctOrTakeOut: 'Corrigez la ligne, ou retirez-la du fichier.',
    inPayout: (id) => `Est déjà dans le versement ${id}, qui reste tel quel.`,
    otherProvider: (method) => `Est payé par ${method} : ce paiement le laisse de côté.`,
    blocked: 'Le bénéficiaire est bloqué : rien ne lui est versé.',
    onHold: (reason) => `Le bénéficiaire est suspendu : ${reason}.`,
    methodChanged:
      'Nomme une autre adresse que celle qui est connue. Assurez-vous qu’elle vient du bénéficiaire ; elle peut devoir passer d’abord un délai de sécurité.',
    twins: (lines) =>
      `Le même bénéficiaire a le même montant à la ligne ${lines}. Payez-le une fois s’il s’agit d’un seul paiement.`,
    twinOnRecord: (reference) =>
      `Le même bénéficiaire a eu récemment un gain du même montant, ${reference}. Payez-le une fois s’il s’agit d’un seul paiement.`,
  },
};
