import { cut, hidden, holdsAccount, looksLikeAmount } from './masked-cell.ts';

// A fault quotes what it is about: its words are kept, what they quote is not, unless the cell itself may be read.

/** Most characters kept of one sentence of a fault. */
const wordsCharsMax = 400;
/** What our own words give as examples. */
const examples = new Set(['name@example.com', 'nom@example.com', 'acct_1A2b3C']);
/** Digits with marks between them, as many as a telephone number has at least. */
const longNumber = /\+?\d(?:[ .,()/-]{0,2}\d){6,}/g;
const day = /^\d{4}-\d\d-\d\d$/;
const quotes = [
  ['"', '"'],
  ['« ', ' »'],
] as const;

/** A text that stood in the row, and what stands for it. */
export interface Masked {
  readonly raw: string;
  readonly shown: string;
}

/** The words of a fault; `quoted` says how what stands between quotation marks may be read. */
export function maskedMessage(text: string, cells: readonly Masked[], quoted: (text: string) => string) {
  let words = cut(text, wordsCharsMax);
  for (const { raw, shown } of cells) words = words.replaceAll(raw, () => shown);
  for (const [open, close] of quotes) words = withQuoted(words, open, close, quoted);
  return maskedWords(words);
}

/** Everything from the first mark to the last: what is quoted can hold marks itself. */
function withQuoted(words: string, open: string, close: string, quoted: (text: string) => string): string {
  const from = words.indexOf(open);
  if (from < 0) return words;
  const start = from + open.length;
  const last = words.lastIndexOf(close);
  const end = last < start ? words.length : last;
  return words.slice(0, start) + quoted(words.slice(start, end)) + words.slice(end);
}

/** Words without addresses, accounts and long numbers. */
export function maskedWords(text: string): string {
  return cut(text, wordsCharsMax)
    .split(/(\s+)/)
    .map((word) => maskedWord(word))
    .join('')
    .replaceAll(longNumber, (number) =>
      looksLikeAmount(number) || day.test(number) ? number : hidden(number),
    );
}

function maskedWord(word: string): string {
  const bare = word.replaceAll(/^["«(]+|[".,;:»)]+$/g, '');
  if (examples.has(bare)) return word;
  const isSecret = /[@＠]/.test(bare) || holdsAccount(bare);
  return isSecret ? word.replace(bare, () => hidden(bare)) : word;
}
