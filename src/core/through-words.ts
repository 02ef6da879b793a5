import type { LinkHand, LinkHow } from './actor.ts';
import { linkHows } from './actor.ts';
import type { TeamLanguage } from './language.ts';
import type { Told } from './told.ts';

type Named = Readonly<Record<LinkHow, (name: string) => string>>;

/** Beside an event it is kept in English. */
const links: Readonly<Record<TeamLanguage, Named>> = {
  en: {
    made: (name) => `a portal link that ${name} made`,
    new_key: (name) => `a portal link of a new key that ${name} had made`,
    read: (name) => `a portal link in a mail that ${name} read`,
    address: (name) => `a portal link mailed to an address that ${name} had just set`,
  },
  fr: {
    made: (name) => `un lien du portail créé par ${name}`,
    new_key: (name) => `un lien du portail d’une nouvelle clé de ${name}`,
    read: (name) => `un lien du portail dans un e-mail lu par ${name}`,
    address: (name) => `un lien du portail envoyé à une adresse que ${name} venait de donner`,
  },
};

/** Those links as they were kept. */
const kept: Readonly<Record<LinkHow, RegExp>> = {
  made: /^a portal link that (.+) made$/,
  new_key: /^a portal link of a new key that (.+) had made$/,
  read: /^a portal link in a mail that (.+) read$/,
  address: /^a portal link mailed to an address that (.+) had just set$/,
};

/** Through whose link something was done; null: through nobody's but the payee's own. */
export function throughWords(hands: readonly LinkHand[], language: TeamLanguage = 'en'): string | null {
  if (hands.length === 0) return null;
  const words = hands.map(({ how, name }) => links[language][how](name)).join(', ');
  return language === 'en' ? `through ${words}` : `par ${words}`;
}

/** What is told of an event, with the link it came through. */
export function withThrough<T extends string | null>(detail: T, hands: readonly LinkHand[] = []): T | string {
  const words = throughWords(hands);
  if (words === null) return detail;
  return detail === null ? words : `${detail}; ${words}`;
}

/** What was kept, apart: the detail without the link it came through, and the link in French; null: none. */
export function throughApart(detail: string): { readonly rest: string | null; readonly link: string } | null {
  const found = /^(?:(.+); )?through (a portal link .+)$/.exec(detail);
  if (!found) return null;
  const words = (found[2] ?? '').split(/, (?=a portal link )/).map((link) => inFrench(link));
  return { rest: found[1] ?? null, link: `par ${words.join(', ')}` };
}

function inFrench(link: string): string {
  for (const how of linkHows) {
    const name = kept[how].exec(link)?.[1];
    if (name !== undefined) return links.fr[how](name);
  }
  return link;
}

const yours: Readonly<Record<TeamLanguage, Readonly<Record<LinkHow, string>>>> = {
  en: {
    made: 'a portal link that you made',
    new_key: 'a portal link of a key that you had made less than 72 hours before',
    read: 'a portal link in a mail that you read',
    address: 'a portal link mailed to an address that you had set less than 72 hours before',
  },
  fr: {
    made: 'un lien du portail que vous avez créé',
    new_key: 'un lien du portail d’une clé que vous aviez créée moins de 72 heures avant',
    read: 'un lien du portail dans un e-mail que vous avez lu',
    address: 'un lien du portail envoyé à une adresse que vous aviez donnée moins de 72 heures avant',
  },
};

/** Why nobody approves what was asked for through a link that they may hold. */
export function askedThrough(how: LinkHow): Record<TeamLanguage, Told> {
  return {
    en: {
      message: `This payout was asked for through ${yours.en[how]}. That counts as asked for by you, and nobody approves what they asked for themselves. Nothing was changed and no money moved.`,
      action:
        'Let somebody else approve it. Or decline it, and have the payee ask again after signing in without you.',
    },
    fr: {
      message: `Ce versement a été demandé par ${yours.fr[how]}. Cela compte comme votre demande, et personne n’approuve ce qu’il a demandé lui-même. Rien n’a été changé et aucun argent n’a bougé.`,
      action:
        'Laissez quelqu’un d’autre l’approuver. Ou refusez-le, et que le bénéficiaire le redemande après s’être connecté sans vous.',
    },
  };
}

/** The same of what was sent elsewhere. */
export function sentThrough(how: LinkHow): Record<TeamLanguage, Told> {
  return {
    en: {
      message: `Where this payout goes was changed after it was asked for, through ${yours.en[how]}. That counts as changed by you, and nobody approves that alone. Nothing was changed and no money moved.`,
      action: 'Let somebody else look at the new payout method and approve it.',
    },
    fr: {
      message: `La destination de ce versement a été changée après la demande, par ${yours.fr[how]}. Cela compte comme changé par vous, et personne n’approuve cela seul. Rien n’a été changé et aucun argent n’a bougé.`,
      action: 'Laissez quelqu’un d’autre vérifier le nouveau moyen de versement et l’approuver.',
    },
  };
}
