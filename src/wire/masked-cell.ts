import type { Field } from './file-shapes.ts';

// What of one cell may be read by whoever may look: nothing, unless it looks like what its column is for.

const stars = '***';
/** A text shorter than this is masked whole: two of its characters would be half of it. */
const tailFromChars = 8;
const tailChars = 2;
/** Longest address of which the domain is shown. */
const addressCharsMax = 120;
/** Most characters of an amount, with its marks. */
const amountCharsMax = 12;
const amountDigitsMax = 9;
/** Digits of a whole number that can be an amount; a telephone number has more. */
const plainDigitsMax = 7;
const nameCharsMax = 80;
/** Digits that a telephone number or an account has at least. */
const tellingDigits = 7;
const idCharsMax = 40;
/** Letters and digits in one that can be an account. */
const tokenChars = 10;
const quotedAddress = /^[\w.%+'*-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const plainAmount = /^[-+]?[$€£¥]?\d+(?:[.,]\d{1,4})?$/;
const groupedAmount = /^[-+]?[$€£¥]?\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})?(?:[.,]\d{1,2})?$/;
const scientificAmount = /^\d(?:[.,]\d{1,4})?[eE][-+]?\d{1,2}$/;
const nameLetters = /^[\p{L}\p{M}'’.,& -]+$/u;
/** Where a written-out address has its @ and its points. */
const addressWords = /\.[^\s.,]|(?:^|[ ,-])(?:at|arobase|dot|point)(?:[ ,-]|$)/iu;
const idLetters = /^[\p{L}\d][\p{L}\d._:#/-]*$/u;
const payPalId = /^[A-Z0-9]{13}$/;
const accountId = /acct_/i;
const ibanLike = /^[A-Z]{2}\d{2}[A-Z0-9]{11}/i;
const domainEnd = /\.\p{L}{2,}$/u;
const masked = /^\*{3}[^\s@]{0,2}$/u;
const visible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;

/** At most so many characters of a text, none of them halved, and none that a database refuses. */
export function cut(text: string, charsMax: number): string {
  // A character has at most two units: the rest of a long text is not looked at.
  const units = text.slice(0, charsMax * 2);
  return Array.from(units).slice(0, charsMax).join('').replaceAll('\0', '').toWellFormed();
}

/** A text of which nothing is known: its last characters, to tell it from its neighbours; one plain address keeps its domain. */
export function hidden(text: string): string {
  if (text === '' || masked.test(text)) return text;
  if (text.length <= addressCharsMax && quotedAddress.test(text)) {
    return `${text.charAt(0)}${stars}${text.slice(text.indexOf('@'))}`;
  }
  if (text.length < tailFromChars) return stars;
  const tail = Array.from(text.slice(-2 * tailChars))
    .slice(-tailChars)
    .join('');
  return tail.isWellFormed() && visible.test(tail) ? stars + tail : stars;
}

/** The cell as it may be read: as it is where it looks like its own field, masked otherwise. */
export function shownCell(text: string, field: Field | undefined): string {
  const looksRight = field === undefined ? undefined : looks[field];
  return looksRight?.(text) === true ? text : hidden(text);
}

/** What each field looks like when it tells nothing else; addresses, notes and dates are masked whatever they look like. */
const looks: Partial<Record<Field, (text: string) => boolean>> = {
  amount: looksLikeAmount,
  currency: looksLikeCurrency,
  sourceCurrency: looksLikeCurrency,
  amountCurrency: (text) => looksLikeCurrency(text) || looksLikeWord(text),
  method: looksLikeWord,
  wallet: looksLikeWord,
  payeeId: looksLikeId,
  reference: looksLikeId,
  name: looksLikeName,
};

export function looksLikeAmount(text: string): boolean {
  if (text.length > amountCharsMax) return false;
  const digits = digitsIn(text);
  if (scientificAmount.test(text)) return true;
  if (plainAmount.test(text)) return digits <= plainDigitsMax;
  // Numbers are spoken in groups of three with blanks or points, too: then they have more digits than this.
  const whole = text.replace(/[.,]\d{1,2}$/, '');
  return groupedAmount.test(text) && digits <= amountDigitsMax && digitsIn(whole) <= plainDigitsMax;
}

function looksLikeCurrency(text: string): boolean {
  return /^[A-Za-z]{2,4}$/.test(text);
}

function looksLikeWord(text: string): boolean {
  return /^[A-Za-z]{1,12}$/.test(text);
}

function looksLikeName(text: string): boolean {
  if (text.length > nameCharsMax || payPalId.test(text)) return false;
  return nameLetters.test(text) && !addressWords.test(text);
}

/** A short id: neither an address nor a telephone number nor an account, however it is spaced. */
export function looksLikeId(text: string): boolean {
  if (text.length > idCharsMax || !idLetters.test(text)) return false;
  if (digitsIn(text) >= tellingDigits || domainEnd.test(text)) return false;
  return !holdsAccount(text);
}

/** True when a text holds what can be an account, by its form. */
export function holdsAccount(text: string): boolean {
  if (accountId.test(text) || ibanLike.test(text.replaceAll(/[^A-Za-z0-9]/g, ''))) return true;
  const tokens = text.split(/[^A-Za-z0-9]+/);
  return tokens.some((token) => (token.length >= tokenChars && /\d/.test(token)) || payPalId.test(token));
}

function digitsIn(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}
