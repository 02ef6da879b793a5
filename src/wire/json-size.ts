/** Deepest nesting of a value that means something. */
export const depthMax = 100;
/** Members of objects in one body: 5,000 rows with a hundred names each. */
const membersMax = 500_000;
/** Values in one body: a million references, and as much again for what stands around them. */
const valuesMax = 2_000_000;

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * What is beyond sense in a JSON text, counted over its bytes: reading it first would build all of it, which takes seconds
 * and gigabytes for a text of nothing but brackets. What stands in strings is skipped. Null: it may be read. Whether it is
 * JSON is not looked at. In UTF-8 no byte of a longer character is one of those that are looked for.
 */
export function oversized(bytes: Uint8Array): 'too_deep' | 'too_many' | null {
  let [depth, members, values] = [0, 0, 1];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === comma) values += 1;
    else if (byte === colon) members += 1;
    else if (byte === closeList || byte === closeObject) depth -= 1;
    else if (byte === openList || byte === openObject) {
      depth += 1;
      values += 1;
      if (depth > depthMax) return 'too_deep';
    }
    if (values > valuesMax || members > membersMax) return 'too_many';
  }
  return null;
}

/** Where the string ends that begins at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
