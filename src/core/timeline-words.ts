import type { Language, TeamLanguage } from './language.ts';

/** Why the clock declines a payout, as it is kept. */
export const nobodyApproved = 'Nobody approved it in time.';

const nobodyApprovedIn: Readonly<Record<Language, string>> = {
  en: nobodyApproved,
  fr: 'Personne ne l’a approuvé à temps.',
  ht: 'Pèsonn pa t apwouve l alè.',
};

/** Why a payout was declined or cancelled: what somebody wrote stays as they wrote it. */
export function saidWords(said: string | null, language: Language): string | null {
  return said === nobodyApproved ? nobodyApprovedIn[language] : said;
}

/** What Purser itself wrote beside an event, in English; what people and providers wrote fits none of them. */
const written: readonly [RegExp, (...facts: string[]) => string][] = [
  [/^its amount needs a second approver$/, () => 'son montant demande un second approbateur'],
  [
    /^in export (\S+) to be paid by hand \((.*)\)$/,
    (id, how) => `exportation ${id}, à payer à la main (${how})`,
  ],
  [
    /^the payout method changed from (.+) to (.+)$/,
    (from, to) => `le moyen de versement est passé de ${from} à ${to}`,
  ],
  [/^to be approved again, for (.+)$/, (what) => `à approuver de nouveau, pour ${what}`],
  [
    /^(\S+) in line (\d+) of import (\S+), matched by hand$/,
    (status, line, id) => `${status} à la ligne ${line} de l’importation ${id}, rapproché à la main`,
  ],
  [/^(\S+) in line (\d+) of (.+)$/, (status, line, file) => `${status} à la ligne ${line} de ${file}`],
];
/** Events beside which nobody writes themselves. */
const byPurser = new Set([
  'approve_first',
  'export',
  'void',
  'method_changed',
  'resubmit',
  'complete',
  'fail',
  'return',
]);

/** What is told of an event beside its name. Stored in English; what people wrote stays as they wrote it. */
export function timelineDetail(event: string, detail: string | null, language: TeamLanguage): string | null {
  if (detail === null || language === 'en') return detail;
  if (!byPurser.has(event)) return saidWords(detail, language);
  for (const [form, words] of written) {
    const found = form.exec(detail);
    if (found) return words(...found.slice(1));
  }
  return detail;
}
