/** Controls that nobody sees, that break a line, or that turn the direction of what follows: one name could look like another. */
const hidden = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/** Something to see: joiners, marks, blanks and fillers alone are not. */
const seen = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What a reader of mail makes a link of: a scheme, `www.`, or a dot between words that is followed by letters. */
const webAddress = /:\/\/|\bwww\.|[\p{L}\p{N}-]\.\p{L}{2,}/iu;

/** True when a name holds an address of the web, or what would be read as one. */
export function linksInName(name: string): boolean {
  return webAddress.test(name);
}

/** True when a name holds a control character that hides or turns a part of it. */
export function hidesInName(name: string): boolean {
  return hidden.test(name);
}

/** True when there is something to see in a name. */
export function showsInName(name: string): boolean {
  return seen.test(name);
}
