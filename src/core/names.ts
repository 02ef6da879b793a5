/** Controls that nobody sees, that break a line, or that turn the direction of what follows: one name could look like another. */
const hidden = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/** Something to see: joiners, marks, blanks and fillers alone are not. */
const seen = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** True when a name holds a control character that hides or turns a part of it. */
export function hidesInName(name: string): boolean {
  return hidden.test(name);
}

/** True when there is something to see in a name. */
export function showsInName(name: string): boolean {
  return seen.test(name);
}
