/** References made from rows carry their cycle: the same list next month is another payment. */
export function readingOf(cycle: string): { derivedPrefix: string } {
  return { derivedPrefix: `${cycle}:` };
}
