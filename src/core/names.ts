/** Controls that nobody sees, that break a line, or that turn the direction of what follows: one name could look like another. */
const hidden = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/** Something to see: joiners, marks, blanks and fillers alone are not. */
const seen = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A scheme, or the name that web servers have had from of old. */
const schemeOrServer = /:\/\/|\bwww\./iu;
/** A dot between words, and letters as the ends of addresses are written: names go on with a capital, as in M.Durand or Co.Ltd. */
const smallEnd = /[\p{L}\p{N}-]\.\p{Ll}{2,}(?!\p{L})/u;
/** Ends of addresses that are part of no name, however they are written. */
const knownEnd =
  /[\p{L}\p{N}-]\.(?:com|net|org|info|biz|app|dev|xyz|online|site|website|shop|store|link|click|club|top)(?![\p{L}\p{N}])/iu;

/** True when a name holds an address of the web, or what would be read as one. */
export function linksInName(name: string): boolean {
  return [schemeOrServer, smallEnd, knownEnd].some((form) => form.test(name));
}

/** True when a name holds a control character that hides or turns a part of it. */
export function hidesInName(name: string): boolean {
  return hidden.test(name);
}

/** True when there is something to see in a name. */
export function showsInName(name: string): boolean {
  return seen.test(name);
}
