import type { TeamLanguage } from './language.ts';
import type { LinkHand } from './actor.ts';
import { throughWords } from './through-words.ts';
import { counted } from './words.ts';

interface Warnings {
  readonly shared: (others: number) => string;
  readonly untried: string;
  readonly asked: (link: string) => string;
  readonly sent: (link: string) => string;
}

const warnings: Readonly<Record<TeamLanguage, Warnings>> = {
  en: {
    shared: (others) => `${counted(others, 'other payee is', 'other payees are')} paid to the same account.`,
    untried: 'Nothing has arrived at this payout method before.',
    asked: (link) => `Asked for ${link}.`,
    sent: (link) => `Sent there ${link}.`,
  },
  fr: {
    shared: (others) =>
      `${counted(others, 'autre bénéficiaire est payé', 'autres bénéficiaires sont payés')} sur le même compte.`,
    untried: 'Rien n’est encore arrivé sur ce moyen de versement.',
    asked: (link) => `Demandé ${link}.`,
    sent: (link) => `Envoyé là ${link}.`,
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

/**
 * That somebody of the team may have asked for it or sent it elsewhere in the name of the payee. A platform that signs its payees
 * in with a key of its own is no news.
 */
export function linkWarnings(
  { asked, sent }: { readonly asked: readonly LinkHand[]; readonly sent: readonly LinkHand[] },
  language: TeamLanguage,
): string[] {
  const words = (hands: readonly LinkHand[]) =>
    throughWords(
      hands.filter(({ kind, how }) => kind === 'person' || how !== 'made'),
      language,
    );
  const [askedBy, sentBy] = [words(asked), words(sent)];
  const told = warnings[language];
  return [
    ...(askedBy === null ? [] : [told.asked(askedBy)]),
    ...(sentBy === null ? [] : [told.sent(sentBy)]),
  ];
}
