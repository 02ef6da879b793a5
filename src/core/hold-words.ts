import type { Hold } from './hold.ts';
import { notTheirs } from './hold.ts';
import type { TeamLanguage } from './language.ts';

type Placed = Exclude<Hold['by'], 'cooling_off'>;

interface HoldTexts {
  /** What ends a hold before its time, for operators. */
  readonly ends: Record<Placed, string>;
  readonly byClock: (end: string | null) => string;
  readonly open: (how: string) => string;
  readonly until: (end: string, how: string) => string;
}

const texts: Readonly<Record<TeamLanguage, HoldTexts>> = {
  en: {
    ends: {
      payout: 'Release the payout',
      payee: 'Release the payee',
      blocked: 'Set the payee to active',
      frozen: 'Reach the payee another way, then release the method',
    },
    byClock: (end) =>
      `Nobody placed this hold, so nobody releases it: it ends by the clock ${end === null ? 'at the end of its cool-off' : `on ${end}`}. Until then only a method that is past its cool-off can be paid to.`,
    open: (how) => `It does not end by itself. ${how} to go on.`,
    until: (end, how) => `It ends by the clock on ${end}. ${how} to go on before.`,
  },
  fr: {
    ends: {
      payout: 'levez la suspension du versement',
      payee: 'levez la suspension du bénéficiaire',
      blocked: 'débloquez le bénéficiaire',
      frozen: 'joignez le bénéficiaire par une autre voie, puis libérez le moyen de versement',
    },
    byClock: (end) =>
      `Personne n’a décidé cette suspension, donc personne ne la lève : elle prend fin ${end === null ? 'à la fin du délai de sécurité' : `le ${end}`}. D’ici là, on ne peut payer que vers un moyen dont le délai de sécurité est passé.`,
    open: (how) => `Cela ne prend pas fin automatiquement. Pour continuer, ${how}.`,
    until: (end, how) => `Cela prend fin automatiquement le ${end}. Pour continuer avant, ${how}.`,
  },
};

const notTheirsInFrench = 'le bénéficiaire dit que le changement ne vient pas de lui';

/** Why something is on hold that nobody wrote a reason for. */
const unwritten = {
  blocked: 'le bénéficiaire est bloqué',
  frozen: `le moyen de versement est gelé, car ${notTheirsInFrench}`,
  cooling_off: 'le moyen de versement a changé',
} as const;

/** Why it is on hold: what somebody wrote stays as they wrote it. */
export function holdReason({ by, reason }: Hold, language: TeamLanguage): string {
  if (language === 'en') return reason;
  return by === 'payout' || by === 'payee' ? writtenReason(reason, language) : unwritten[by];
}

/** The reason that was kept with a hold; a payee who says that a change was not theirs is put on hold without anybody writing. */
export function writtenReason(reason: string, language: TeamLanguage): string {
  return language === 'fr' && reason === notTheirs ? notTheirsInFrench : reason;
}

/** How it ends: by the clock, or by an operator. */
export function holdEnding(by: Hold['by'], until: string | null, language: TeamLanguage = 'en'): string {
  const { ends, byClock, open, until: untilThen } = texts[language];
  if (by === 'cooling_off') return byClock(until);
  return until === null ? open(ends[by]) : untilThen(until, ends[by]);
}
