import type { TeamLanguage } from './language.ts';
import { counted } from './words.ts';

interface Warnings {
  readonly shared: (others: number) => string;
  readonly untried: string;
}

const warnings: Readonly<Record<TeamLanguage, Warnings>> = {
  en: {
    shared: (others) => `${counted(others, 'other payee is', 'other payees are')} paid to the same account.`,
    untried: 'Nothing has arrived at this payout method before.',
  },
  fr: {
    shared: (others) =>
      `${counted(others, 'autre bénéficiaire est payé', 'autres bénéficiaires sont payés')} sur le même compte.`,
    untried: 'Rien n’est encore arrivé sur ce moyen de versement.',
  },
};

/** What an approver should look at before saying yes. */
export function approvalWarnings(
  { others, paidBefore }: { others: number; paidBefore: boolean },
  language: TeamLanguage,
): string[] {
  const { shared, untried } = warnings[language];
  return [...(others === 0 ? [] : [shared(others)]), ...(paidBefore ? [] : [untried])];
}
