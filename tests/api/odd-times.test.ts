import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.ask('POST', '/api/admin/cycles', { id: '18' });
});
afterAll(() => house.close());

/** Times that RFC 3339 writes and no database keeps. */
const beyond = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59'];
const invalid = (path: string) => ({ status: 'invalid', errors: [{ path }] });

describe('A time that cannot be kept', () => {
  it.each(['availableAt', 'eventEndsAt'])('as %s of an earning stops no other one', async (field) => {
    const times = [...beyond, ...(field === 'eventEndsAt' ? ['9999-12-31T23:59:59Z'] : [])];
    const earnings = [1, ...times].map((time, at) =>
      winner('18', at, { externalId: `${field}-${at}`, ...(at === 0 ? {} : { [field]: time }) }),
    );
    const got = await house.ask('POST', '/api/admin/earnings', { earnings });
    expect(got.status, got.text).toBe(200);
    expect(got.body['results']).toMatchObject([{ status: 'created' }, ...times.map(() => invalid(field))]);
  });

  it('at the edge of what can be kept is taken', async () => {
    const edges = [
      { availableAt: '9999-12-31T23:59:59Z' },
      { availableAt: '0001-01-01T00:00:00Z' },
      { eventEndsAt: '9980-12-31T23:59:59Z' },
    ];
    const earnings = edges.map((edge, at) => winner('18', at, { externalId: `edge-${at}`, ...edge }));
    const { body } = await house.ask('POST', '/api/admin/earnings', { earnings });
    expect(body['counts']).toMatchObject({ created: 3 });
  });

  it('of a rate stops no other one', async () => {
    const rate = { from: 'HTG', to: 'USD', rate: '0.0075', source: 'BRH' };
    const rates = ['2026-11-20T08:00:00Z', ...beyond].map((at) => ({ ...rate, at }));
    const { status, body } = await house.ask('POST', '/api/admin/fx-rates', { rates });
    expect(status).toBe(200);
    expect(body['results']).toMatchObject([{ status: 'created' }, ...beyond.map(() => invalid('at'))]);
  });

  it.each(beyond)('%s is named with its path where one is sent alone, and in an address', async (time) => {
    const refused = (path: string) => ({ status: 422, body: { errors: [{ path }] } });
    await house.ask('POST', '/api/admin/payees', { externalId: 'u1' });
    const hold = { reason: 'a look', until: time };
    expect(await house.ask('POST', '/api/admin/payees/u1/hold', hold)).toMatchObject(refused('until'));
    const payouts = { payoutIds: ['po_1'], reason: 'a look', until: time };
    expect(await house.ask('POST', '/api/admin/payouts/hold', payouts)).toMatchObject(refused('until'));
    const key = { name: 'k', role: 'viewer', expiresAt: time };
    expect(await house.ask('POST', '/api/admin/api-keys', key)).toMatchObject(refused('expiresAt'));
    for (const list of ['payouts', 'audit-events', 'payouts/analytics'])
      expect(
        await house.ask('GET', `/api/admin/${list}?from=${encodeURIComponent(time)}`),
        list,
      ).toMatchObject(refused('from'));
  });

  it('as the day of a payment by hand is invalid for its row', async () => {
    const row = { payoutId: 'po_1', amount: 100, currency: 'USD', paymentReferenceId: 'r1' };
    const rows = [{ ...row, paymentDate: '0000-01-01' }, row];
    const { status, body } = await house.ask('POST', '/api/admin/payouts/mark-paid-file', { rows });
    expect(status).toBe(200);
    expect(JSON.stringify(body['results'])).toContain('paymentDate');
  });
});
