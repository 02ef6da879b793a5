import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { isCurrency } from '../core/currencies.ts';
import { isKeepable } from '../core/keepable.ts';
import { amountMaxMinor } from '../core/money.ts';
import { hidesInName, showsInName } from '../core/names.ts';

/** Longest external id of a payee, as the database holds it. */
const externalIdCharsMax = 200;
/** Longest external id of an earning: a reference of a file with its cycle in front. */
const referenceCharsMax = 400;
/** Longest address of a payout method. */
const destinationCharsMax = 320;
/** Longest name. */
export const nameCharsMax = 200;
/** Longest note to a payee. */
const noteCharsMax = 4000;

/** A byte order mark in front is no part of a text, and the embedded database forgets it. */
function isKept(value: string): boolean {
  return !value.includes('\0') && !value.startsWith('\ufeff') && value.isWellFormed();
}

/** Text a database can hold: whole Unicode characters and no NUL. */
export function text(max: number, min = 1) {
  return z.string().min(min).max(max).refine(isKept, fault('kept'));
}

/** What a person or a thing is called: Unicode NFC without blanks around it. */
export function nameOf(max: number, min = 1) {
  return text(max, min)
    .normalize('NFC')
    .trim()
    .min(min)
    .max(max)
    .refine((value) => !hidesInName(value), fault('control'))
    .refine((value) => value === '' || showsInName(value), fault('unseen'));
}

/** What a person writes down for others, a reason or a reference of a payment: without blanks around it, and with something to see. */
export function written(max: number) {
  return text(max)
    .trim()
    .refine((value) => showsInName(value), fault('unseen_text'));
}

export const externalId = text(externalIdCharsMax);
export const reference = text(referenceCharsMax);
export const anyId = text(referenceCharsMax);
export const name = nameOf(nameCharsMax, 0);
export const email = text(destinationCharsMax);
export const destination = text(destinationCharsMax);
export const note = text(noteCharsMax, 0);
export const batchNotes = text(2000, 0);

/** `winner`, `royalty`, `ticket` … */
export const sourceType = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/, fault('source_type'));

/** An id of the caller's choice that is also a part of provider keys and addresses. */
export const cycleId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, fault('cycle_id'));

/** A positive amount in minor units: a JSON integer on the wire, a bigint inside. */
export const amount = z
  .int(fault('minor_units'))
  .min(1, fault('least_amount'))
  .max(Number(amountMaxMinor))
  .transform(BigInt)
  .meta({ description: 'Minor units of the currency', examples: [2500] });

/** An active ISO 4217 code in capitals. */
export const currency = z
  .string()
  .refine(isCurrency, fault('currency'))
  .meta({ description: 'ISO 4217', pattern: '^[A-Z]{3}$', examples: ['USD'] });

/** An RFC 3339 time with its offset, in the years 1 to 9999 of UTC. */
export const time = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine(isKeepable, { message: fault('time_range', 1, 9999), abort: true });

/** Last year of the end of an event: what is settled days later is a time, too. */
const eventYearMax = 9980;
/** The end of an event, after which the days of settlement run. */
export const eventEnd = time.refine(
  (value) => value.getUTCFullYear() <= eventYearMax,
  fault('time_range', 1, eventYearMax),
);
