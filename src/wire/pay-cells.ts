import { exponentOf } from '../core/currencies.ts';
import { mask } from '../core/mask.ts';
import { connectedAccount, type DestinationKind } from '../core/payout-method.ts';
import { showsInName } from '../core/names.ts';
import { type AmountProblem, parseAmount } from '../core/money.ts';
import { isFormulaCell } from './csv.ts';
import type { FaultFact } from './fault-table.ts';
import type { RowIssueCode } from './file-issues.ts';
import { rowFaults, type RowFaultName } from './row-faults.ts';
import { clip } from './file-shapes.ts';

/** Longest name, in characters (code points). */
const nameCharsMax = 200;
/** Longest payee id, in characters. */
export const payeeIdCharsMax = 128;
/** Longest reference, in characters. Providers get a shortened form with a stable hash. */
export const referenceCharsMax = 255;
/** Longest address PayPal accepts as a receiver (Payouts API 1.9, `items[].receiver`). */
const emailCharsMax = 127;
/** Longest note to a payee: PayPal takes 4,000 ASCII characters, 1,000 as soon as one is not ASCII. */
const noteCharsMax = 4_000;
const noteCharsMaxBeyondAscii = 1_000;

/** What is wrong with a cell: its name in the table of words, and the facts they take. */
export interface CellIssue {
  readonly code: RowIssueCode;
  readonly name: RowFaultName;
  readonly facts: readonly FaultFact[];
}

/** A cell as it will be used, or what is wrong with it. */
export type Cell<T> = { readonly value: T } | CellIssue;

/** True when the cell can be used. */
export function isGood<T>(cell: Cell<T>): cell is { readonly value: T } {
  return 'value' in cell;
}

export function cellIssue(name: RowFaultName, ...facts: FaultFact[]): CellIssue {
  return { code: rowFaults[name].code, name, facts };
}

/**
 * Currencies PayPal pays without decimals although ISO 4217 has two (PayPal, "Currency codes"). `100.00` is taken as
 * 100, a real fraction is not.
 */
const wholeAtPayPal = new Set(['HUF', 'TWD']);

/** A comma with exactly two digits behind it cannot separate thousands. */
const decimalComma = /^([+-]?\d+),(\d{2})$/;

/** An amount in major units into minor units of `currency`, an ISO code in capitals. */
export function amountCell(text: string, currency: string, payPal: boolean): Cell<bigint> {
  const comma = exponentOf(currency) === 2 ? decimalComma.exec(text) : null;
  const written = comma ? `${comma[1]}.${comma[2]}` : text;
  const amount = parseAmount(written, currency);
  if (typeof amount !== 'bigint') return amountIssue(amount, text, currency);
  if (payPal && wholeAtPayPal.has(currency) && amount % 100n !== 0n) {
    return cellIssue('amount_whole_at_paypal', clip(text), currency);
  }
  return { value: amount };
}

function amountIssue(problem: AmountProblem, text: string, currency: string): CellIssue {
  const shown = clip(text);
  const decimals = exponentOf(currency) ?? 2;
  const example = decimals === 0 ? '1250' : `1250.${'5'.padEnd(decimals, '0')}`;
  switch (problem) {
    case 'amount_missing':
    case 'amount_negative':
    case 'amount_zero':
    case 'amount_too_large':
      return cellIssue(problem, shown, example);
    case 'amount_too_many_decimals':
      return cellIssue(
        decimals === 0 ? 'amount_whole' : 'amount_decimals',
        shown,
        example,
        currency,
        decimals,
      );
    case 'currency_unknown':
      return unknownCurrency(currency);
    default:
      return cellIssue(notANumber(text), shown, example);
  }
}

function notANumber(text: string): RowFaultName {
  if (/^[+-]?[\d.,]*,[\d.,]*$/.test(text)) return 'amount_comma';
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(text)) return 'amount_scientific';
  return /\d\s+\d/.test(text) ? 'amount_spaced' : 'amount_not_plain';
}

/** An ISO 4217 code in any case. */
export function currencyCell(text: string): Cell<string> {
  if (text === '') {
    return cellIssue('currency_missing');
  }
  const code = text.toUpperCase();
  return exponentOf(code) === undefined ? unknownCurrency(text) : { value: code };
}

function unknownCurrency(text: string): CellIssue {
  return cellIssue('currency_unknown', clip(text));
}

/** Letters and digits of a mail address's part before the @, in dot-separated runs. */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const localPartCharsMax = 64;
const domainLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const topLabel = /^(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$/i;

/** As addresses are shown and kept in what Purser hands out (`mask`); valid letters of an address, and never meant as one. */
const maskedPart = /\*\*\*(?:@|$)/;

/** A cell of which only its end is shown, and what is made of one: nobody's id, name or words. */
const maskedCell = /^\*\*\*.{0,2}$|\*\*\*@/su;

/** An e-mail address in the shape PayPal accepts: ASCII, one @, a domain of at least two labels. */
export function emailCell(text: string): Cell<string> {
  if (isFormulaCell(text)) return formulaIssue(text);
  const problem = emailProblem(text);
  return problem === null ? { value: text } : cellIssue(problem, mask(clip(text)), emailCharsMax);
}

function emailProblem(text: string): RowFaultName | null {
  if (maskedPart.test(text)) return 'email_masked';
  if (text.length > emailCharsMax) return 'email_long';
  const [local = '', domain, ...more] = text.split('@');
  if (domain === undefined) return 'email_no_at';
  if (more.length > 0) return 'email_ats';
  if (local.length > localPartCharsMax || !localPart.test(local)) return 'email_local';
  const labels = domain.split('.');
  const valid = labels.length >= 2 && labels.every((label) => domainLabel.test(label));
  return valid && topLabel.test(labels.at(-1) ?? '') ? null : 'email_domain';
}

/** Phone number with country code (E.164). */
const phone = /^\+[1-9]\d{6,14}$/;
/** PayPal's own id of an account. */
const payPalId = /^[A-Z0-9]{13}$/;

/** Where a provider sends money to. */
export interface PayDestination {
  readonly kind: DestinationKind;
  readonly value: string;
}

/** A connected account of Stripe. */
export function accountCell(text: string): Cell<PayDestination> {
  if (connectedAccount.test(text)) return { value: { kind: 'account', value: text } };
  if (isFormulaCell(text)) return formulaIssue(text);
  return cellIssue('stripe_account', mask(clip(text)));
}

/** An e-mail address, a phone number with country code or a PayPal id. */
export function destinationCell(text: string): Cell<PayDestination> {
  if (phone.test(text)) return { value: { kind: 'phone', value: text } };
  if (payPalId.test(text)) return { value: { kind: 'paypal_id', value: text } };
  if (text.includes('@') || isFormulaCell(text)) {
    const email = emailCell(text);
    return isGood(email) ? { value: { kind: 'email', value: text } } : email;
  }
  return cellIssue('paypal_address', mask(clip(text)));
}

/** Characters that only change the direction of what follows; in a name they can make one payee look like another. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/g;
const controlCharacter = /\p{Cc}/u;

/**
 * A name: Unicode NFC, any run of white space is one space, direction controls are taken out. Other control characters
 * are refused, and a name of which nothing can be seen. Null when empty.
 */
export function nameCell(text: string): Cell<string | null> {
  const name = text.normalize('NFC').replaceAll(directionControls, '').replaceAll(/\s+/g, ' ').trim();
  if (name !== '' && !showsInName(name)) return controlIssue();
  return shownText(name, nameCharsMax, name);
}

/** A note: like a name, but its line breaks and tabs stay. */
export function noteCell(text: string): Cell<string | null> {
  const note = text.normalize('NFC').replaceAll(directionControls, '').trim();
  const ascii = /^\p{ASCII}*$/u.test(note);
  return shownText(note, ascii ? noteCharsMax : noteCharsMaxBeyondAscii, note.replaceAll(/[\n\t]/g, ''));
}

function shownText(text: string, charsMax: number, withoutAllowed: string): Cell<string | null> {
  if (controlCharacter.test(withoutAllowed)) return controlIssue();
  if (maskedCell.test(text)) return cellIssue('cell_masked', clip(text));
  return tooLong(text, charsMax) ?? { value: text === '' ? null : text };
}

/** A payee id or a reference, kept exactly as written. */
export function idCell(text: string, charsMax: number): Cell<string> {
  if (isFormulaCell(text)) return formulaIssue(text);
  if (controlCharacter.test(text) || text.search(directionControls) >= 0) return controlIssue();
  if (maskedCell.test(text)) return cellIssue('cell_masked', clip(text));
  return tooLong(text, charsMax) ?? { value: text };
}

function tooLong(text: string, charsMax: number): CellIssue | null {
  if (text.length <= charsMax) return null;
  const length = Array.from(text).length;
  if (length <= charsMax) return null;
  return cellIssue('text_too_long', length, charsMax);
}

function controlIssue(): CellIssue {
  return cellIssue('control_character');
}

function formulaIssue(text: string): CellIssue {
  return cellIssue('formula_cell', mask(clip(text)));
}
