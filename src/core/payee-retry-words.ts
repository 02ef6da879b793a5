import type { Language } from './language.ts';
import type { Situation } from './next-step.ts';
import type { PayeeNextStep } from './payee-words.ts';
import { payeeReason } from './payee-reasons.ts';
import { payeeTexts } from './payee-texts.ts';
import type { RetryMeets } from './retry-ahead.ts';

interface RetryTexts {
  readonly coolsOff: (until: string) => string;
  readonly held: string;
  readonly asks: string;
  readonly takenCareOf: string;
}

const texts: Readonly<Record<Language, RetryTexts>> = {
  en: {
    coolsOff: (until) =>
      `It did not go through yet. It waits until ${until}, because you changed where money goes, and is sent again then. You need do nothing; the money is not lost.`,
    held: 'It did not go through yet, and the platform holds it for now. Your money is safe; ask them if you do not know why.',
    asks: 'It did not go through yet. You changed where money goes, so it is put before the platform to be approved once more. You need do nothing; the money is not lost.',
    takenCareOf: 'It did not go through yet. The platform takes care of it; the money is not lost.',
  },
  fr: {
    coolsOff: (until) =>
      `Il n’est pas encore passé. Il attend jusqu’au ${until}, car vous avez changé où va l’argent, puis repart. Vous n’avez rien à faire ; l’argent n’est pas perdu.`,
    held: 'Il n’est pas encore passé, et la plateforme le suspend pour le moment. Votre argent est en sécurité ; demandez-lui si vous ne savez pas pourquoi.',
    asks: 'Il n’est pas encore passé. Vous avez changé où va l’argent : la plateforme doit donc l’approuver une fois de plus. Vous n’avez rien à faire ; l’argent n’est pas perdu.',
    takenCareOf: 'Il n’est pas encore passé. La plateforme s’en occupe ; l’argent n’est pas perdu.',
  },
  ht: {
    coolsOff: (until) =>
      `Li poko pase. L ap tann jiska ${until}, paske ou chanje kote lajan an ale, epi l ap voye ankò lè sa a. Ou pa bezwen fè anyen; lajan an pa pèdi.`,
    held: 'Li poko pase, epi platfòm nan kenbe l pou kounye a. Lajan ou an sekirite; mande yo si ou pa konnen poukisa.',
    asks: 'Li poko pase. Ou chanje kote lajan an ale, kidonk platfòm nan dwe apwouve l yon lòt fwa. Ou pa bezwen fè anyen; lajan an pa pèdi.',
    takenCareOf: 'Li poko pase. Platfòm nan ap okipe sa; lajan an pa pèdi.',
  },
};

/** What a payee reads of a payment whose planned retry something has come in the way of. */
export function payeeRetryStep(
  meets: RetryMeets,
  { holdBy, holdEnds }: Situation,
  language: Language,
): PayeeNextStep {
  const of = texts[language];
  const { delayed, holds, next } = payeeTexts[language];
  const say = (nextStep: string, waitingOn: PayeeNextStep['waitingOn']) => ({
    label: delayed,
    nextStep,
    waitingOn,
  });
  if (meets.kind === 'asks') return say(of.asks, 'clock');
  if (meets.kind === 'waits') {
    const words = holdBy === 'cooling_off' && holdEnds ? of.coolsOff(holdEnds) : of.held;
    return say(words, holdEnds ? 'clock' : 'platform');
  }
  switch (meets.by) {
    case 'blocked':
    case 'frozen':
      return say(holds[meets.by], 'platform');
    case 'owes':
    case 'by_hand':
      return say(of.takenCareOf, 'platform');
    case 'not_ready':
      return say(`${payeeReason('receiver_not_enabled', language)} ${next.thenAgain}`, 'you');
  }
}
