import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import type { TestBench } from '../../src/api/test-bench.ts';
import { addPerson, enrolTotp, signedIn, withSessions } from '../auth/browser.ts';
import { methodDeeds } from './method-deeds.ts';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';

// Every route that writes leaves an event that says who, from where and in which request. A new route needs a line here.

let house: House;
beforeAll(async () => {
  house = await withSessions({ testBench: bench });
});
afterAll(() => house.close());

interface Deed {
  /** Event that the call leaves. */
  readonly event: string;
  /** Body, and what stands in for the parameters of the path. */
  readonly body?: unknown;
  readonly id?: string;
  /** Cookie of whoever does it, when it is not the owner's key; and what they are on record. */
  readonly cookie?: string;
  readonly actor?: Record<string, unknown>;
}

/** Routes that only look, although their method would let them write. */
const writesNothing = new Set([
  'POST /api/admin/payout-batches/preview',
  'POST /api/admin/payees/compare-methods',
  'POST /api/admin/payees/:id/payout-quote',
  'POST /api/payee/payout-quote',
  'POST /api/admin/imports/check',
]);

let cycles = 0;

/** A cycle with one winner, not paid yet. */
async function cycle(): Promise<string> {
  const id = `walk${(cycles += 1)}`;
  await seed(house, id, [winner(id, 1)]);
  return id;
}

/** The batch of a cycle whose only payout failed. */
async function failed(): Promise<{ batch: string; payout: string }> {
  const id = await cycle();
  const batch = await start(house, id);
  await settle(house, () => 'failed');
  const { body } = await house.ask('GET', `/api/admin/payouts?cycleId=${id}`);
  return { batch, payout: String(body.data[0]?.['id']) };
}

/** A payout that waits for approval, asked for at the command line. */
async function waiting(): Promise<string> {
  const { payeeExternalId: payeeId } = winner(await cycle(), 1);
  const { body } = await house.ask('POST', '/api/admin/payouts', { payeeId, amount: 700, currency: 'USD' });
  return String(body['id']);
}

async function approved(): Promise<string> {
  const id = await waiting();
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
  return id;
}

/** A submission whose outcome only a person can find out any more. */
async function lost(): Promise<string> {
  await start(house, await cycle());
  await settle(house, undefined, { kind: 'unknown', cause: 'answer lost', retryAfterMs: null });
  const { body } = await house.ask('GET', '/api/admin/status');
  const unknown = body['unknownSubmissions'] as { id: string }[];
  await sql`update submission set key_valid_until = now() - interval '40 days', first_sent_at = now() - interval '70 days'
    where public_id = ${unknown.at(-1)?.id}`.execute(house.db);
  return String(unknown.at(-1)?.id);
}

/** Somebody of the team who is signed in. */
async function personIn(email: string) {
  await addPerson(house, email);
  const browser = await signedIn(house, email);
  const { body } = await browser.get('/api/me');
  return { browser, cookieHeader: browser.cookieHeader, sessionId: String(body['sessionId']) };
}

/** A payee who is signed in. */
async function payeeIn() {
  const { cookie } = await signIn(house, `${await cycle()}-user1`);
  return { cookie, actor: { kind: 'payee', name: 'User 1' } };
}

const payee = (id: string) => ({ externalId: id, name: id, email: `${id}@example.com` });

/** What to ask of each route so that it does something. */
const deeds: Readonly<Record<string, () => Promise<Deed>>> = {
  'POST /api/admin/payees': async () => ({ event: 'payee.created', body: payee('single') }),
  'POST /api/admin/payees/bulk': async () => ({
    event: 'payees.recorded',
    body: { payees: [payee('one'), payee('two')] },
  }),
  'PATCH /api/admin/payees/:id': async () => {
    await house.ask('POST', '/api/admin/payees', payee('patched'));
    return { event: 'payee.changed', id: 'patched', body: { name: 'Another' } };
  },
  'POST /api/admin/earnings': async () => ({
    event: 'earnings.recorded',
    body: { earnings: [winner(await cycle(), 2)] },
  }),
  'POST /api/admin/fx-rates': async () => ({
    event: 'fx_rates.entered',
    body: {
      rates: [{ from: 'HTG', to: 'USD', rate: '0.0075', at: house.deps.now().toISOString(), source: 'BRH' }],
    },
  }),
  'POST /api/admin/cycles': async () => ({ event: 'cycle.created', body: { id: 'walked' } }),
  'POST /api/admin/payout-batches/process': async () => ({
    event: 'batch.started',
    body: { cycleId: await cycle() },
  }),
  'POST /api/admin/payout-batches/:batchId/retry-failed': async () => ({
    event: 'batch.retried',
    id: (await failed()).batch,
  }),
  'POST /api/admin/payout-batches/:batchId/reconcile': async () => ({
    event: 'reconciliation.asked',
    id: (await failed()).batch,
  }),
  'POST /api/admin/payout-batches/:batchId/cancel': async () => ({
    event: 'batch.cancelled',
    id: await start(house, await cycle()),
  }),
  'POST /api/admin/payouts/retry': async () => ({
    event: 'payouts.retried',
    body: { payoutIds: [(await failed()).payout] },
  }),
  'POST /api/admin/earnings/reverse': async () => {
    const id = await cycle();
    const { externalId } = winner(id, 1);
    return { event: 'earnings.reversed', body: { sourceType: 'winner', externalId, reason: 'walked' } };
  },
  'POST /api/admin/payouts': async () => ({
    event: 'payout.requested',
    body: { payeeId: winner(await cycle(), 1).payeeExternalId, amount: 700, currency: 'USD' },
  }),
  'POST /api/admin/payees/:id/request-payout': async () => {
    const made = winner(await cycle(), 2, { amount: 9000 });
    await house.ask('POST', '/api/admin/earnings', { earnings: [made] });
    return { event: 'payout.requested', id: made.payeeExternalId, body: {} };
  },
  'POST /api/admin/payouts/approve': async () => ({
    event: 'payout.approved',
    body: { payoutIds: [await waiting()] },
  }),
  'POST /api/admin/payouts/decline': async () => ({
    event: 'payout.declined',
    body: { payoutIds: [await waiting()], reason: 'walked' },
  }),
  'POST /api/admin/payouts/cancel': async () => ({
    event: 'payout.cancelled',
    body: { payoutIds: [await waiting()], reason: 'walked' },
  }),
  'POST /api/admin/payouts/hold': async () => ({
    event: 'payout.held',
    body: { payoutIds: [await waiting()], reason: 'walked' },
  }),
  'POST /api/admin/payouts/release': async () => {
    const payoutIds = [await waiting()];
    await house.ask('POST', '/api/admin/payouts/hold', { payoutIds, reason: 'walked' });
    return { event: 'payout.released', body: { payoutIds } };
  },
  'POST /api/admin/payouts/resubmit': async () => {
    const id = await approved();
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await settle(house, () => 'failed');
    return { event: 'payout.resubmitted', body: { payoutIds: [id] } };
  },
  ...methodDeeds({ house: () => house, cycle, payeeIn, failed }),
  'POST /api/admin/payouts/mark-paid': async () => ({
    event: 'payout.marked_paid',
    body: { payoutId: await approved(), paymentReferenceId: 'walk-1' },
  }),
  'POST /api/admin/payouts/mark-paid-file': async () => {
    const row = { payoutId: await approved(), amount: 700, currency: 'USD', paymentReferenceId: 'walk-3' };
    return { event: 'payout.marked_paid', body: { rows: [row] } };
  },
  'POST /api/admin/hand-transfers/export': async () => {
    const { payeeExternalId } = winner(`walk${cycles + 1}`, 1);
    const payoutId = await waiting();
    const payoutMethod = { type: 'bank', destination: 'HT-1' };
    await house.ask('PATCH', `/api/admin/payees/${payeeExternalId}`, { payoutMethod });
    const key = house.keys.approver;
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [payoutId] }, { key });
    return { event: 'hand_transfers.exported', body: { method: 'bank' } };
  },
  'POST /api/admin/payouts/unpay': async () => {
    const payoutId = await approved();
    await house.ask('POST', '/api/admin/payouts/mark-paid', { payoutId, paymentReferenceId: 'walk-2' });
    return { event: 'payout.unpaid', body: { payoutId, reason: 'walked' } };
  },
  'POST /api/admin/payouts/settle-part': async () => {
    const id = await cycle();
    await start(house, id);
    await settle(house, () => 'completed', undefined, 400n);
    const { body } = await house.ask('GET', `/api/admin/payouts?cycleId=${id}`);
    const payoutId = String(body.data[0]?.['id']);
    const decided = { payoutId, amount: 400, decision: 'pay_again', reason: 'walked' };
    return { event: 'payout.part_settled', body: decided };
  },
  'POST /api/admin/payout-batches/process-approved': async () => {
    await approved();
    return { event: 'batch.started', body: {} };
  },
  'PATCH /api/admin/settings': async () => ({
    event: 'settings.changed',
    body: { approvalExpiryDays: 20 },
  }),
  'PATCH /api/admin/payees/:id/schedule': async () => ({
    event: 'payee.schedule_changed',
    id: `${await cycle()}-user1`,
    body: { frequency: 'monthly' },
  }),
  'PATCH /api/payee/schedule': async () => ({
    ...(await payeeIn()),
    event: 'payee.schedule_changed',
    body: { frequency: 'manual' },
  }),
  'POST /api/admin/api-keys': async () => ({
    event: 'key.created',
    body: { name: 'walk', role: 'viewer' },
  }),
  'DELETE /api/admin/api-keys/:id': async () => {
    const { body } = await house.ask('POST', '/api/admin/api-keys', { name: 'gone', role: 'viewer' });
    return { event: 'key.revoked', id: String(body['id']) };
  },
  'POST /api/admin/ledger/rebuild': async () => ({ event: 'balances.rebuilt', body: { apply: true } }),
  'POST /api/admin/payees/:id/reveal-method': async () => ({
    event: 'payout_method.revealed',
    id: `${await cycle()}-user1`,
  }),
  'POST /api/admin/payees/:id/portal-link': async () => ({
    event: 'payee.portal_link_made',
    id: `${await cycle()}-user1`,
  }),
  'POST /api/admin/submissions/:id/resolve': async () => ({
    event: 'submission.resolve_asked',
    id: await lost(),
    body: { outcome: 'not_sent', evidence: 'Searched the activity report for the key: nothing.' },
  }),
  'POST /api/admin/imports/left-out': async () => {
    await house.ask('POST', '/api/admin/cycles', { id: 'left' });
    const csv = 'payee_id,amount,currency,reference\nu1,"1,250",USD,r1\n';
    return { event: 'import.rows_left_out', body: { file: { cycleId: 'left', csv } } };
  },
  'POST /api/admin/imports/legacy-payouts': async () => ({
    event: 'legacy.imported',
    body: { rows: [{ line: 1, status: 'SUCCESS', amount: '7.00', currency: 'USD', reference: 'walked' }] },
  }),
  'POST /api/admin/imports/legacy-payouts/rows/:id/match': async () => {
    const rows = [{ line: 1, status: 'SUCCESS', amount: '8.00', currency: 'USD', reference: 'walked' }];
    const imported = await house.ask('POST', '/api/admin/imports/legacy-payouts', { rows });
    const path = `/api/admin/imports/legacy-payouts/${String(imported.body['importId'])}/rows`;
    const { body } = await house.ask('GET', path);
    const { payeeExternalId: payeeId } = winner(await cycle(), 1);
    return { event: 'legacy.matched', id: String(body.data[0]?.['id']), body: { payeeId } };
  },
  'POST /api/admin/people': async () => ({ event: 'person.created', body: { email: 'new@example.com' } }),
  'PATCH /api/admin/people/:id': async () => ({
    event: 'person.changed',
    id: await addPerson(house, 'patched@example.com'),
    body: { name: 'Another' },
  }),
  'POST /api/admin/people/:id/reset-password': async () => ({
    event: 'person.password_reset',
    id: await addPerson(house, 'reset@example.com'),
  }),
  'DELETE /api/admin/people/:id/sessions': async () => ({
    event: 'session.ended',
    id: await addPerson(house, 'out@example.com'),
  }),
  'POST /api/admin/people/invitations': async () => ({
    event: 'person.invited',
    body: { email: 'invited@example.com', role: 'viewer' },
  }),
  'DELETE /api/admin/people/invitations/:id': async () => {
    const wish = { email: 'uninvited@example.com', role: 'viewer' };
    const { body } = await house.ask('POST', '/api/admin/people/invitations', wish);
    return { event: 'invitation.ended', id: String(body['id']) };
  },
  'DELETE /api/me/sessions/:id': async () => {
    const { cookieHeader: cookie, sessionId: id } = await personIn('leaves@example.com');
    return { event: 'session.ended', id, cookie, actor: { kind: 'person', name: 'leaves@example.com' } };
  },
  'POST /api/me/step-up': async () => {
    const { browser } = await personIn('steps@example.com');
    const { codes } = await enrolTotp(browser);
    const cookie = browser.cookieHeader;
    const body = { code: codes[0] };
    return { event: 'person.stepped_up', body, cookie, actor: { kind: 'person', name: 'steps@example.com' } };
  },
  'PATCH /api/payee/profile': async () => ({
    ...(await payeeIn()),
    event: 'payee.changed',
    body: { name: 'Another' },
  }),
  'DELETE /api/payee/sessions/:id': async () => {
    const come = await payeeIn();
    const { body } = await house.ask('GET', '/api/payee/sessions', undefined, {
      key: null,
      headers: { cookie: come.cookie },
    });
    return { ...come, event: 'payee.session_ended', id: String(body.data[0]?.['id']) };
  },
  'POST /api/payee/request-payout': async () => {
    const earnings = [winner(await cycle(), 2, { amount: 9000 })];
    await house.ask('POST', '/api/admin/earnings', { earnings });
    const { cookie } = await signIn(house, String(earnings[0]?.payeeExternalId));
    return { cookie, actor: { kind: 'payee', name: 'User 2' }, event: 'payout.requested', body: {} };
  },
  'POST /api/payee/sign-out': async () => ({ ...(await payeeIn()), event: 'payee.session_ended' }),
  'POST /api/sandbox/clock': async () => ({ event: 'sandbox.clock_advanced', body: { advanceSeconds: 1 } }),
  'POST /api/sandbox/faults': async () => ({ event: 'sandbox.faults_ordered', body: { fault: 'slow' } }),
  'POST /api/sandbox/balance': async () => ({
    event: 'sandbox.balance_set',
    body: { currency: 'USD', amount: 5 },
  }),
  'DELETE /api/sandbox/faults': async () => ({ event: 'sandbox.faults_cleared' }),
};

/** A bench that does what it is told, which is nothing. */
const bench: TestBench = {
  offsetSeconds: () => 0,
  reach: async () => undefined,
  providerClocks: async () => [],
  effects: async () => [],
  setBalance: async () => true,
  faults: async () => [],
  addFaults: async () => [],
  clearFaults: async () => undefined,
};

const writing = routes
  .filter((route) => route.method !== 'GET')
  .map(({ method, path }) => ({ name: `${method} ${path}`, method, path }))
  .filter(({ name }) => !writesNothing.has(name));

describe('a call that does something leaves an event', () => {
  it('and every route that writes is looked at here', () => {
    expect(writing.map(({ name }) => name).toSorted()).toEqual(Object.keys(deeds).toSorted());
  });

  it.each(writing)('$name', async ({ name, method, path }) => {
    const deed = await deeds[name]?.();
    if (!deed) throw new Error('there is no deed for this route');
    const requestId = `walk-${method}-${path.replaceAll(/[^a-z]/gi, '')}`;
    // Where a path names two things, the id stands for both and what is between them.
    const address = path.replace(/:id\/payout-methods\/:methodId|:[A-Za-z]+/, deed.id ?? 'none');
    const got = await house.ask(method, address, deed.body, {
      key: deed.cookie === undefined ? house.keys.owner : null,
      headers: {
        'x-request-id': requestId,
        'user-agent': 'walker/1',
        ...(deed.cookie === undefined ? {} : { cookie: deed.cookie }),
      },
    });
    expect(got.status, got.text).toBeLessThan(300);
    const { body } = await house.ask('GET', '/api/admin/audit-events?limit=500');
    const mine = body.data.filter((event) => event['requestId'] === requestId);
    expect(mine.map((event) => event['event'])).toContain(deed.event);
    for (const event of mine) {
      expect(event).toMatchObject({
        actor: deed.actor ?? { kind: 'key', name: 'owner key', id: expect.stringMatching(/^ak_/) },
        ip: '127.0.0.1',
        userAgent: 'walker/1',
        subject: { type: expect.any(String), id: expect.any(String) },
      });
    }
  });

  it('but not when it is refused, or finds nothing to do', async () => {
    const total = async () => (await house.ask('GET', '/api/admin/audit-events?limit=500')).body.data.length;
    await house.ask('POST', '/api/admin/payees', payee('same'));
    const before = await total();
    await house.ask('POST', '/api/admin/payees', payee('same'));
    await house.ask('POST', '/api/admin/cycles', { id: 'walked' });
    await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'none' });
    await house.ask('POST', '/api/admin/payout-batches/pb_none/cancel');
    await house.ask('DELETE', '/api/admin/api-keys/ak_none');
    await house.ask('POST', '/api/admin/ledger/rebuild', { apply: false });
    expect(await total()).toBe(before);
  });
});
