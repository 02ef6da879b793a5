import type { TeamLanguage } from './language.ts';
import type { SubmissionState } from './submission.ts';
import { isKeyOver, keyOverAt } from './submission.ts';

/** What a person may say became of a submission whose outcome nobody else can find out. */
export const resolutionOutcomes = ['sent', 'not_sent'] as const;
export type ResolutionOutcome = (typeof resolutionOutcomes)[number];

/** Looks at the provider before a word of a person that it neither shows nor denies is given back undecided. */
export const resolutionTriesMax = 5;

/** Why a payout counts as not paid although no provider has said so. */
export const provenAbsent = 'proven_absent';

export interface Question {
  readonly state: SubmissionState;
  readonly keyValidUntil: Date | null;
  /** The provider refused the bytes after a call whose effect is not known. */
  readonly refusedAt: Date | null;
  readonly leaseUntil: Date | null;
}

/** What stands in the way of a person's word, in every language of the team. */
const obstacles = {
  planned: {
    en: 'it has not been sent yet; it can be cancelled',
    fr: 'ce n’est pas encore parti ; on peut l’annuler',
  },
  sending: {
    en: 'it is being sent, or its worker died a moment ago',
    fr: 'c’est en cours d’envoi, ou l’envoi vient de s’interrompre',
  },
  accepted: { en: 'the provider has it', fr: 'le prestataire l’a reçu' },
  rejected: { en: 'it is over: nothing was sent', fr: 'c’est terminé : rien n’a été envoyé' },
  cancelled: {
    en: 'it was cancelled before it was sent',
    fr: 'cela a été annulé avant l’envoi',
  },
  asking: {
    en: 'a worker is asking the provider at this moment',
    fr: 'le prestataire est interrogé en ce moment même',
  },
  by_itself: {
    en: 'Purser still asks by itself with the same bytes and key, which cannot pay twice',
    fr: 'Purser renvoie encore la même demande avec la même clé, ce qui ne peut pas payer deux fois',
  },
} as const satisfies Record<
  Exclude<SubmissionState, 'unknown'> | 'asking' | 'by_itself',
  Record<TeamLanguage, string>
>;

/** Why a person may not decide yet, and from when they may; null: never. */
export interface Obstacle {
  readonly words: Readonly<Record<TeamLanguage, string>>;
  readonly at: Date | null;
}

/**
 * Why a person may not decide yet, and when that may be; null when they may. While the key lives and the provider has not
 * refused, sending the same bytes again finds out more than any person could.
 */
export function whyNotResolvable(question: Question, now: Date): Obstacle | null {
  if (question.state !== 'unknown') return { words: obstacles[question.state], at: null };
  if (question.leaseUntil !== null && question.leaseUntil > now) {
    return { words: obstacles.asking, at: question.leaseUntil };
  }
  if (question.refusedAt !== null || isKeyOver(question, now)) return null;
  return { words: obstacles.by_itself, at: keyOverAt(question) };
}

/** Somebody else's answer to the same question is being checked. */
export function saidBefore(who: string, outcome: ResolutionOutcome): Obstacle {
  const found = { sent: 'c’était envoyé', not_sent: 'ce n’était pas envoyé' }[outcome];
  const words = {
    en: `${who} has said "${outcome}", which is being checked`,
    fr: `${who} a dit « ${found} », ce qui est en cours de vérification`,
  };
  return { words, at: null };
}

/** Whoever says that nothing was sent is contradicted by the provider already. */
export function batchNamed(batchId: string): Obstacle {
  const words = {
    en: `the provider has named its batch ${batchId} for it`,
    fr: `le prestataire a nommé son lot ${batchId} pour cet envoi`,
  };
  return { words, at: null };
}
