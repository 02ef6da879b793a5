import type { TeamLanguage } from './language.ts';
import type { Told } from './told.ts';

/** Calls of a batch whose effect is not proven: on their way now, or with an answer that was lost. */
export interface OpenCalls {
  readonly awaited: number;
  readonly unknown: number;
}

/** Seconds after which the answer to a call is there as a rule. */
export const answerWaitSeconds = 5;

/**
 * Why nothing of a batch can be cancelled while a call to the provider is open: what it took is known with its answer, and what
 * it did not take can be cancelled then. Null: no call is open, so everything has left.
 */
export function openCallWords({ awaited, unknown }: OpenCalls): Readonly<Record<TeamLanguage, Told>> | null {
  if (awaited > 0)
    return {
      en: {
        message:
          'A call to the provider is on its way, and its answer is awaited: until then nothing is proven unsent. Nothing was cancelled.',
        action:
          'Try again in a moment. What the provider did not take can be cancelled then; what it took can only be followed.',
      },
      fr: {
        message:
          'Un appel au prestataire est en cours, et sa réponse est attendue : d’ici là, rien n’est prouvé non envoyé. Rien n’a été annulé.',
        action:
          'Réessayez dans un instant. Ce que le prestataire n’a pas pris pourra alors être annulé ; ce qu’il a pris ne peut qu’être suivi.',
      },
    };
  if (unknown === 0) return null;
  return {
    en: {
      message:
        'The answer to a call to the provider was lost, and what it took is being found out: until then nothing is proven unsent. Nothing was cancelled.',
      action:
        'Wait until the outcome is known; the batch says when it is looked at again. Do not pay these people another way meanwhile.',
    },
    fr: {
      message:
        'La réponse à un appel au prestataire s’est perdue, et ce qu’il a pris est en cours de vérification : d’ici là, rien n’est prouvé non envoyé. Rien n’a été annulé.',
      action:
        'Attendez que l’issue soit connue ; le lot dit quand elle est vérifiée de nouveau. Ne payez pas ces personnes autrement entre-temps.',
    },
  };
}
