import type { LinkHand } from './actor.ts';
import { linkHows } from './actor.ts';

/**
 * So long a key counts as whoever made it, in the links it makes, and an address as whoever set it, in the links mailed to it. As
 * long as a changed payout method waits unless it is set otherwise.
 */
export const newForMs = 72 * 60 * 60 * 1000;

/** Hands as the audit trail keeps them: `kind id`, and how and what they are called. */
export type ThroughFacts = Readonly<Record<string, string>>;

/** What the trail tells of a deed that was done through a link. */
export function throughFacts(hands: readonly LinkHand[]): ThroughFacts {
  return Object.fromEntries(hands.map(({ kind, id, how, name }) => [`${kind} ${id}`, `${how} ${name}`]));
}

/** The same, read again. */
export function handsIn(facts: ThroughFacts): LinkHand[] {
  return Object.entries(facts).flatMap(([hand, told]) => {
    const [kind, id] = apart(hand);
    const [word, name] = apart(told);
    const how = linkHows.find((known) => known === word);
    return how && (kind === 'person' || kind === 'key') ? [{ kind, id, how, name }] : [];
  });
}

/** The first word and the rest. */
function apart(text: string): [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}
