import type { AlertFacts, AlertKind, AlertTexts, NewAlert } from './alert-kinds.ts';
import { alertWordsEn } from './alert-words-en.ts';
import { alertWordsFr } from './alert-words-fr.ts';
import type { TeamLanguage } from './language.ts';
import { whole } from './whole.ts';

const texts: Readonly<Record<TeamLanguage, AlertTexts>> = { en: alertWordsEn, fr: alertWordsFr };

export const alertKinds = Object.keys(alertWordsEn) as AlertKind[];

/** What an alert says: what is known, whether money moved, what to do. */
export function alertWords<Kind extends AlertKind>(
  kind: Kind,
  facts: AlertFacts[Kind],
  language: TeamLanguage,
): string {
  const say: (facts: AlertFacts[Kind]) => string = texts[language][kind];
  return say(facts);
}

/** An alert as it is kept. */
interface KeptAlert {
  readonly kind: string;
  readonly message: string;
  /** Null: opened before facts were kept. */
  readonly facts: unknown;
}

/**
 * The words of an alert that was kept. Without facts, of a kind that this version does not know, or with facts that are not
 * those of its kind (an older or a newer version wrote them): the words it was kept with.
 */
export function keptWords({ kind, message, facts }: KeptAlert, language: TeamLanguage): string {
  const known = alertKinds.find((one) => one === kind);
  if (language === 'en' || known === undefined || typeof facts !== 'object' || facts === null) return message;
  // Most were written by `openAlerts` under this very kind; of the others, reading what is not there throws.
  const alert = { kind: known, subject: '', facts: whole(facts) } as NewAlert;
  try {
    return alertWords(alert.kind, alert.facts, language);
  } catch {
    // One alert in another language is better than none of all.
    return message;
  }
}
