import type { Language, TeamLanguage } from './language.ts';
import { throughApart } from './through-words.ts';

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

interface Written {
  /** Events beside which it stands. */
  readonly beside: readonly string[];
  readonly form: RegExp;
  readonly words: (...facts: string[]) => string;
}

const legacyEvents = ['complete', 'fail', 'return', 'progress'];

/** What Purser itself wrote beside an event, in English; what people and providers write fits none of them. */
const written: readonly Written[] = [
  {
    beside: ['approve_first'],
    form: /^its amount needs a second approver$/,
    words: () => 'son montant demande un second approbateur',
  },
  {
    beside: ['export'],
    form: /^in export (\S+) to be paid by hand \((.*)\)$/,
    words: (id, how) => `export ${id}, à payer à la main (${how})`,
  },
  {
    beside: ['void', 'method_changed'],
    form: /^the payout method changed from (.+) to (.+)$/,
    words: (from, to) => `le moyen de versement est passé de ${from} à ${to}`,
  },
  {
    beside: ['resubmit'],
    form: /^to be approved again, for (.+)$/,
    words: (what) => `à approuver de nouveau, pour ${what}`,
  },
  {
    beside: ['mark_paid'],
    form: /^paid by hand, reference (.+)$/,
    words: (reference) => `payé à la main, référence ${reference}`,
  },
  {
    beside: ['complete', 'part_returned'],
    form: /^Partly came back: (\S+) ([A-Z]{3}) of (\S+) ([A-Z]{3})/,
    words: (some = '', of, all = '', currency) =>
      `Une part est revenue : ${frenchNumber(some)}\u00A0${of} sur ${frenchNumber(all)}\u00A0${currency}`,
  },
  {
    beside: ['cancel'],
    form: /^(.+) was taken back: (.+)$/,
    words: (earning, why) => `${earning} a été repris : ${why}`,
  },
  { beside: ['cancel'], form: /^an earning was taken back$/, words: () => 'un gain a été repris' },
  {
    beside: ['expire'],
    form: /^the provider has forgotten the key$/,
    words: () => 'le prestataire a oublié la clé',
  },
  {
    beside: ['send'],
    form: /^same bytes and key again, send (\d+)$/,
    words: (times) => `la même demande avec la même clé, envoi ${times}`,
  },
  {
    beside: legacyEvents,
    form: /^(\S+) in line (\d+) of import (\S+), matched by hand$/,
    words: (status, line, id) => `${status} à la ligne ${line} de l’import ${id}, rapproché à la main`,
  },
  {
    beside: legacyEvents,
    form: /^(\S+) in line (\d+) of (.+)$/,
    words: (status, line, file) => `${status} à la ligne ${line} de ${file}`,
  },
];

/** "1,234.50" as the French write it. */
function frenchNumber(english: string): string {
  return english.replaceAll(',', '\u202F').replace('.', ',');
}

/** Events that come of what payees do themselves, perhaps through a link that others hold. */
const byPayees: ReadonlySet<string> = new Set(['request', 'resubmit', 'void', 'method_changed']);

/** What is told of an event beside its name. Stored in English; what people wrote stays as they wrote it. */
export function timelineDetail(event: string, detail: string | null, language: TeamLanguage): string | null {
  if (detail === null || language === 'en') return detail;
  const through = byPayees.has(event) ? throughApart(detail) : null;
  if (through !== null) {
    const rest = timelineDetail(event, through.rest, language);
    return rest === null ? through.link : `${rest} ; ${through.link}`;
  }
  for (const { beside, form, words } of written) {
    const found = beside.includes(event) ? form.exec(detail) : null;
    if (found) return words(...found.slice(1));
  }
  return saidWords(detail, language);
}
