/** True for `count` digits and nothing else. */
export function digitsOnly(text: string, count: number): boolean {
  return text.length === count && /^\d+$/.test(text);
}

/**
 * Whether a text, without spaces and in capitals, is an IBAN as far as its form tells: country, check digits, 15 to 34
 * characters, and the remainder 1 modulo 97 (ISO 13616, ISO 7064).
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  const number = turned.replaceAll(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  return BigInt(number) % 97n === 1n;
}
