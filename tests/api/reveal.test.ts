import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionReader } from '../../src/api/deps.ts';
import { all, one } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
let steppedUpAt: Date | null = null;

/** Somebody who signed in; when they last proved a second factor is up to the test. */
const session: SessionReader = async (cookie, origin) =>
  cookie === 'ann=1'
    ? {
        actor: { kind: 'person', id: 'pe_ann', name: 'Ann', ...origin },
        name: 'Ann',
        role: 'operator',
        scope: null,
        payeeId: null,
        session: { id: 'se_1', steppedUpAt },
      }
    : null;

const address = '/api/admin/payees/u1/reveal-method';
const asAnn = { key: null, headers: { cookie: 'ann=1', 'user-agent': 'a browser' } };

beforeAll(async () => {
  house = await openHouse({ sessions: [session] });
  const payoutMethod = { type: 'paypal', destination: 'jane@secret.example' };
  await house.ask('POST', '/api/admin/payees', { externalId: 'u1', name: 'Jane', payoutMethod });
  await house.ask('POST', '/api/admin/payees', { externalId: 'u2', name: 'Ben' });
});
afterAll(() => house.close());

async function revealed() {
  return all(
    house.db,
    sql<{ actor: string; after: string; agent: string; request: string }>`select actor_id as actor, after,
      user_agent as agent, request_id as request from audit_event where event = 'payout_method.revealed' order by id`,
  );
}

describe('POST /payees/:id/reveal-method', () => {
  it('asks a person for a second factor that was proven a moment ago', async () => {
    const got = await house.ask('POST', address, undefined, asAnn);
    expect(got).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    expect(await revealed()).toEqual([]);
  });

  it('shows the whole address, stores it nowhere, and puts on record who looked, with the address masked', async () => {
    steppedUpAt = house.deps.now();
    const got = await house.ask('POST', address, undefined, asAnn);
    expect(got).toMatchObject({
      status: 200,
      body: { payeeId: 'u1', type: 'paypal', kind: 'email', destination: 'jane@secret.example' },
    });
    expect(got.headers.get('cache-control')).toBe('no-store');
    const [event, ...more] = await revealed();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      actor: 'pe_ann',
      agent: 'a browser',
      request: got.headers.get('x-request-id'),
    });
    expect(event?.after).toContain('paypal j***@secret.example');
    expect(event?.after).not.toContain('jane@');
  });

  it('lets an operator key in, and nobody who may only read or approve', async () => {
    expect((await house.ask('POST', address, undefined, { key: house.keys.operator })).status).toBe(200);
    for (const key of [house.keys.viewer, house.keys.approver]) {
      expect(await house.ask('POST', address, undefined, { key })).toMatchObject({ status: 403 });
    }
    expect(await revealed()).toHaveLength(2);
  });

  it('answers 404 for nobody, and for a payee without a method', async () => {
    const ask = async (id: string) => house.ask('POST', `/api/admin/payees/${id}/reveal-method`);
    expect(await ask('nobody')).toMatchObject({ status: 404, body: { code: 'payee_not_found' } });
    expect(await ask('u2')).toMatchObject({ status: 404, body: { code: 'no_payout_method' } });
    expect(await revealed()).toHaveLength(2);
  });

  it('shows nothing of an address that was swapped in the database behind its back', async () => {
    const thief = { externalId: 'u3', payoutMethod: { type: 'paypal', destination: 'thief@example.com' } };
    await house.ask('POST', '/api/admin/payees', thief);
    const kept = await one(
      house.db,
      sql<{ sealed: Uint8Array }>`select sealed from payout_method where id = 1`,
    );
    await sql`update payout_method set sealed = (select sealed from payout_method where masked like 't%') where id = 1`.execute(
      house.db,
    );
    const got = await house.ask('POST', address);
    await sql`update payout_method set sealed = ${kept?.sealed ?? null} where id = 1`.execute(house.db);
    expect(got).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(await revealed()).toHaveLength(2);
  });

  it('is the only call that answers a whole address', async () => {
    const addresses = [
      '/payees',
      '/payees/u1',
      '/payouts',
      '/status',
      '/alerts',
      '/cycles',
      '/payout-batches',
    ];
    for (const where of addresses) {
      expect((await house.ask('GET', `/api/admin${where}`)).text, where).not.toContain('jane@secret');
    }
  });
});
