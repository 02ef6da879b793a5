import type { AlertFacts, AlertKind, AlertTexts, NewAlert } from './alert-kinds.ts';
import { alertWordsEn } from './alert-words-en.ts';
import { alertWordsFr } from './alert-words-fr.ts';
import type { TeamLanguage } from './language.ts';

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

/** The words of an alert that was kept; without facts, or of a kind that this version does not know, those it was kept with. */
export function keptWords({ kind, message, facts }: KeptAlert, language: TeamLanguage): string {
  const known = alertKinds.find((one) => one === kind);
  if (language === 'en' || known === undefined || facts === null) return message;
  // Facts were written by `openAlerts` under this very kind.
  const alert = { kind: known, subject: '', facts } as NewAlert;
  return alertWords(alert.kind, alert.facts, language);
}
