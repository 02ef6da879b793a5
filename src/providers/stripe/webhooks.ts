import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BankPayout } from '../../core/bank-payout.ts';
import { bankPayoutStatuses } from '../../core/bank-payout.ts';
import { isKeepable } from '../../core/keepable.ts';
import { jsonOf } from '../http.ts';
import type { ProviderEvent, RawEvent } from '../provider.ts';
import { eventBytesMax, signatureAgeMaxSeconds, signaturesMax } from './limits.ts';
import { fromStripeUnits } from './money.ts';
import { at, idAt, textAt, unitsAt } from './read.ts';
import { keyOf } from './transfer.ts';

/** Events of a transfer of ours; the transfer is fetched. */
const transferEvents = new Set(['transfer.created', 'transfer.updated', 'transfer.reversed']);
/**
 * Events of an API where a transfer was a payout to a bank. Should one name a transfer, it is looked at like any other: what
 * the event calls itself says nothing of it.
 */
const olderEvents = new Set(['transfer.paid', 'transfer.failed']);

/** Events of a connected account and of its payouts to the bank; they point at the account. */
const accountEvents = /^(?:account\.(?:updated|application\.deauthorized)|payout\.[a-z_]+)$/;

/**
 * The event when one of the secrets signed exactly these bytes, not longer ago than Stripe's tolerance; else null. A
 * signature from the future passes, as in Stripe's own library. Several secrets serve a rotation.
 */
export function verifyEvent(raw: RawEvent, secrets: readonly string[], now: Date): ProviderEvent | null {
  if (raw.body.byteLength > eventBytesMax) return null;
  const signed = readHeader(raw.headers['stripe-signature'] ?? '');
  if (signed === null) return null;
  const ageSeconds = Math.floor(now.getTime() / 1000) - signed.seconds;
  if (ageSeconds > signatureAgeMaxSeconds) return null;
  const genuine = secrets.some((secret) => secret !== '' && signs(secret, signed, raw.body));
  return genuine ? readEvent(raw.body, signed.seconds) : null;
}

interface Signed {
  readonly timestamp: string;
  readonly seconds: number;
  readonly signatures: readonly Buffer[];
}

/** `t=…,v1=…[,v1=…][,v0=…]`; only v1 counts. Null when it has no time or no such signature. */
function readHeader(header: string): Signed | null {
  const parts = header.split(',').map((part) => part.trim());
  const timestamp = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const signatures = parts
    .map((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1])
    .filter((hex) => hex !== undefined)
    .slice(0, signaturesMax)
    .map((hex) => Buffer.from(hex, 'hex'));
  if (!/^\d{1,12}$/.test(timestamp) || signatures.length === 0) return null;
  return { timestamp, seconds: Number(timestamp), signatures };
}

function signs(secret: string, { timestamp, signatures }: Signed, body: Uint8Array): boolean {
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
  return signatures.filter((signature) => timingSafeEqual(signature, expected)).length > 0;
}

/** The event of a raw body, reduced to what it points at; null when it is not one. */
function readEvent(body: Uint8Array, signedAt: number): ProviderEvent | null {
  const event = jsonOf(body);
  const eventId = idAt(event, 'id');
  const type = textAt(event, 'type');
  if (eventId === null || !/^[a-z0-9_.]{1,128}$/.test(type)) return null;
  const object = at(event, 'data', 'object');
  const nothing = { eventId, type, providerBatchId: null, providerKey: null, providerItemId: null };
  const id = idAt(object, 'id');
  if (transferEvents.has(type) || (olderEvents.has(type) && id?.startsWith('tr_') === true)) {
    return { ...nothing, providerBatchId: id, providerKey: keyOf(object), providerItemId: id };
  }
  const account = idAt(event, 'account') ?? (type === 'account.updated' ? id : null);
  if (accountEvents.test(type) && account !== null) {
    const bankPayout = type.startsWith('payout.') ? bankPayoutOf(event, signedAt) : null;
    return { ...nothing, account, ...(bankPayout === null ? {} : { bankPayout }) };
  }
  return { ...nothing, ignored: true };
}

/** What the event says of a payout of the account to its bank; null when it cannot be read. Only what it says counts. */
function bankPayoutOf(event: unknown, signedAt: number): BankPayout | null {
  const payout = at(event, 'data', 'object');
  const id = idAt(payout, 'id');
  const status = bankPayoutStatuses.find((known) => known === textAt(payout, 'status'));
  const currency = textAt(payout, 'currency').toUpperCase();
  const units = unitsAt(payout, ['amount']);
  const amount = units === null ? null : fromStripeUnits(units, currency);
  const toldAt = timeOf(unitsAt(event, ['created'])) ?? timeOf(BigInt(signedAt));
  if (id === null || status === undefined || amount === null || toldAt === null) return null;
  const failureCode = idAt(payout, 'failure_code');
  return { id, status, amount, currency, failureCode, toldAt };
}

/** The moment of so many seconds; one that no calendar has is as good as none. */
function timeOf(seconds: bigint | null): Date | null {
  const moment = seconds === null ? null : new Date(Number(seconds) * 1000);
  return moment && isKeepable(moment) ? moment : null;
}
