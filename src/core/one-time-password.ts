/** Letters and digits that nobody takes for another one; 32 of them, so five random bits choose one. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
const chars = 20;
const charsPerGroup = 5;

/** A password to be typed once: 100 random bits as four groups of five characters. */
export function oneTimePassword(random: Uint8Array): string {
  if (random.length < chars) throw new RangeError(`a one-time password needs ${chars} random bytes`);
  const text = Array.from(random.slice(0, chars), (byte) => letters.charAt(byte % letters.length)).join('');
  return (text.match(new RegExp(`.{${charsPerGroup}}`, 'g')) ?? []).join('-');
}
