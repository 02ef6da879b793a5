import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { verifyEvent } from '../../../src/providers/stripe/webhooks.ts';
import { nowMs, provider, transfer } from './scripted.ts';
import { needsSpecs, readSpec, specsAbsent } from './specs.ts';

const secret = 'whsec_new';
const now = new Date(nowMs);

/** A header as Stripe's own library makes it. */
function signed(payload: string, by = secret, timestamp = Math.floor(nowMs / 1000)): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp });
}

function eventOf(type: string, object: unknown = transfer(), more: object = {}): string {
  return JSON.stringify({ id: 'evt_1A', object: 'event', type, data: { object }, ...more }, null, 2);
}

function verified(payload: string, header = signed(payload), secrets = [secret], at = now) {
  const raw = { headers: { 'stripe-signature': header }, body: Buffer.from(payload) };
  return verifyEvent(raw, secrets, at);
}

interface Vectors {
  readonly vectors: readonly {
    readonly name: string;
    readonly secret: string;
    readonly payload: string;
    readonly header: string;
    readonly received_at: number;
    readonly valid: boolean;
  }[];
}

test.skipIf(specsAbsent)(needsSpecs('agrees with every signature vector of Stripe’s library'), () => {
  const { vectors } = readSpec('webhook-signature-vectors.json') as Vectors;
  expect(vectors.length).toBeGreaterThan(5);
  for (const vector of vectors) {
    const event = verified(
      vector.payload,
      vector.header,
      [vector.secret],
      new Date(vector.received_at * 1000),
    );
    expect([vector.name, event !== null]).toEqual([vector.name, vector.valid]);
  }
});

describe('a genuine event', () => {
  test('is taken on its raw bytes, as signed by Stripe’s own library', async () => {
    const payload = eventOf('transfer.created');
    const raw = { headers: { 'stripe-signature': signed(payload) }, body: Buffer.from(payload) };
    const stripe = provider('http://127.0.0.1:1', { webhookSecrets: [secret] });
    expect(await stripe.verifyEvent(raw, now)).toEqual({
      eventId: 'evt_1A',
      type: 'transfer.created',
      providerBatchId: 'tr_1Abc',
      providerKey: 'batch-7-0123456789abcdef',
      providerItemId: 'tr_1Abc',
    });
  });

  test('is taken under any of several secrets, so that one can be rotated', () => {
    const payload = eventOf('transfer.updated');
    expect(verified(payload, signed(payload, 'whsec_old'), ['whsec_new', 'whsec_old'])).not.toBeNull();
    expect(verified(payload, signed(payload, 'whsec_older'), ['whsec_new', 'whsec_old'])).toBeNull();
    expect(verified(payload, signed(payload, ''), [''])).toBeNull();
    expect(verified(payload, signed(payload), [])).toBeNull();
  });

  test('of a transfer points at the transfer', () => {
    for (const type of ['transfer.created', 'transfer.updated', 'transfer.reversed']) {
      expect(verified(eventOf(type))).toMatchObject({ type, providerBatchId: 'tr_1Abc' });
    }
  });

  test('of a connected account points at the account', () => {
    const payout = { id: 'po_1A', object: 'payout', status: 'failed' };
    for (const type of ['payout.paid', 'payout.failed', 'payout.canceled']) {
      const event = verified(eventOf(type, payout, { account: 'acct_1Ada' }));
      expect(event).toEqual({
        eventId: 'evt_1A',
        type,
        providerBatchId: null,
        providerKey: null,
        providerItemId: null,
        account: 'acct_1Ada',
      });
    }
    const own = eventOf('account.updated', { id: 'acct_1Ada', object: 'account' });
    expect(verified(own)).toMatchObject({ account: 'acct_1Ada' });
  });

  test.each(['charge.succeeded', 'event.of_tomorrow'])('%s is accepted and ignored', (type) => {
    expect(verified(eventOf(type))).toMatchObject({ type, ignored: true, providerBatchId: null });
  });

  test.each(['transfer.paid', 'transfer.failed'])(
    '%s points at the transfer it names, and is ignored when that is none',
    (type) => {
      expect(verified(eventOf(type))).toMatchObject({ providerBatchId: 'tr_1Abc' });
      const payout = eventOf(type, { id: 'po_1A', object: 'payout' });
      expect(verified(payout)).toMatchObject({ ignored: true, providerBatchId: null });
    },
  );

  test('of a payout to a bank says what became of it', () => {
    const payout = { id: 'po_1A', object: 'payout', status: 'failed', amount: 1250, currency: 'usd' };
    const told = { created: 1_772_366_400, account: 'acct_1Ada' };
    const failed = eventOf('payout.failed', { ...payout, failure_code: 'account_closed' }, told);
    expect(verified(failed)).toMatchObject({
      account: 'acct_1Ada',
      bankPayout: {
        id: 'po_1A',
        status: 'failed',
        amount: 1250n,
        currency: 'USD',
        failureCode: 'account_closed',
        toldAt: new Date(1_772_366_400_000),
      },
    });
    for (const created of [Number.MAX_SAFE_INTEGER, 8_640_000_000_001, 253_402_300_800, '1772366400', -1]) {
      const timeless = verified(eventOf('payout.failed', payout, { ...told, created }));
      const { toldAt } = timeless?.bankPayout ?? {};
      expect(toldAt?.toISOString()).toMatch(/^20\d\d-/);
    }
    const odd = eventOf('payout.paid', { ...payout, status: 'lost' }, told);
    expect(verified(odd)).not.toHaveProperty('bankPayout');
  });

  test('is believed here exactly when Stripe’s own library believes it', () => {
    const payload = eventOf('transfer.updated');
    const seconds = Math.floor(nowMs / 1000);
    for (const age of [-10, 0, 299, 300, 301, 4000]) {
      for (const by of ['whsec_new', 'whsec_old', 'whsec_other']) {
        const header = signed(payload, by, seconds - age);
        const theirs = ['whsec_new', 'whsec_old'].some((one) => {
          try {
            Stripe.webhooks.constructEvent(payload, header, one, 300, undefined, nowMs);
            return true;
          } catch {
            return false;
          }
        });
        const ours = verified(payload, header, ['whsec_new', 'whsec_old']) !== null;
        expect([age, by, ours]).toEqual([age, by, theirs]);
      }
    }
  });

  test('a payout of the platform itself is ignored', () => {
    expect(verified(eventOf('payout.paid', { id: 'po_1' }))).toMatchObject({ ignored: true });
  });
});

describe('anything else is no event', () => {
  const payload = eventOf('transfer.reversed');

  test('a body that was changed, by as little as a space', () => {
    expect(verified(`${payload} `, signed(payload))).toBeNull();
    expect(verified(payload.replace('tr_1Abc', 'tr_1Xyz'), signed(payload))).toBeNull();
  });

  test('a signature that is too old, to the second', () => {
    const at = (seconds: number) => new Date(nowMs + seconds * 1000);
    expect(verified(payload, signed(payload), [secret], at(300))).not.toBeNull();
    expect(verified(payload, signed(payload), [secret], at(301))).toBeNull();
  });

  test.each([
    '',
    't=1',
    'v1=00',
    't=x,v1=00',
    `t=${Math.floor(nowMs / 1000)},v1=${'0'.repeat(63)}`,
    't=,v1=',
  ])('the header "%s"', (header) => {
    expect(verified(payload, header)).toBeNull();
  });

  test('a signed body that is no event, or too large', () => {
    for (const body of ['{', '[]', '{"id":"evt_1"}', '{"type":"transfer.created"}', '"x"']) {
      expect(verified(body)).toBeNull();
    }
    expect(verified(eventOf('transfer.created', { filler: 'x'.repeat(1024 * 1024) }))).toBeNull();
  });
});
