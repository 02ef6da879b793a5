import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordReading } from '../../src/actions/float.ts';
import { askGapMs, readEveryMs } from '../../src/core/float.ts';
import { payoutStates } from '../../src/core/payout.ts';
import { claimAccount } from '../../src/store/float.ts';
import { english } from '../support/english.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { dayMs, request, sell, ticketHouse, tick } from './tickets.ts';

// The team reads what the console shows in French: a house where about everything has happened, read page by page.

let house: House;
const post = async (path: string, body: unknown, key?: string) => {
  const got = await house.ask('POST', `/api/admin/${path}`, body, key === undefined ? {} : { key });
  expect(got.status, got.text).toBeLessThan(300);
  return got.body;
};
const read = async (path: string, language = 'fr-CA,fr;q=0.9', body?: unknown) => {
  const method = body === undefined ? 'GET' : 'POST';
  const got = await house.ask(method, `/api/admin/${path}`, body, {
    headers: { 'accept-language': language },
  });
  expect(got.status, `${path} ${got.text}`).toBe(200);
  return got;
};
const approve = (id: string) => post('payouts/approve', { payoutIds: [id] }, house.keys.approver);

/** Fields that people read; what a provider said is evidence, and names and reasons are people's own. */
const sentences = new Set([
  'label',
  'nextStep',
  'message',
  'fix',
  'operator',
  'words',
  'title',
  'subtitle',
  'detail',
  'action',
  'headline',
  'warnings',
  'failedReason',
  'note',
]);

/** Every text below a sentence's name, with where it stands. */
function told(value: unknown, name = '', where = ''): [string, string][] {
  if (typeof value === 'string') return sentences.has(name) ? [[where, value]] : [];
  if (Array.isArray(value)) return value.flatMap((one) => told(one, name, where));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'detail' && 'waitingOn' in value && 'code' in value ? [] : told(one, key, `${where}.${key}`),
  );
}

/** English sentences of an answer. */
const englishIn = (body: unknown) => told(body).filter(([, text]) => english(text).length > 0);

async function inBatch(): Promise<string> {
  const fates = ['failed', 'returned', 'unclaimed', 'held', 'pending', 'completed'] as const;
  await seed(
    house,
    'run',
    fates.map((_, index) => winner('run', index)),
  );
  const batchId = await start(house, 'run');
  await settle(house, (to) => fates[Number(/user(\d)/.exec(to)?.[1])] ?? 'completed');
  await seed(house, 'part', [winner('part', 8)]);
  await start(house, 'part');
  await settle(house, () => 'completed', undefined, 400n);
  await seed(house, 'lost', [winner('lost', 9)]);
  await start(house, 'lost');
  await settle(house, undefined, { kind: 'unknown', cause: 'answer lost', retryAfterMs: null });
  return batchId;
}

async function byRequest(): Promise<void> {
  const bank = { payee: { name: 'bank', payoutMethod: { type: 'bank', destination: 'HT-1' } } };
  const names = ['asks', 'waits', 'held', 'declined', 'cancelled', 'approved', 'expires'];
  for (const name of names) await sell(house, name, 6);
  await sell(house, 'bank', 6, bank);
  await sell(house, 'paid', 6, { payee: { ...bank.payee, name: 'paid' } });
  const ids = new Map<string, string>();
  for (const name of [...names.slice(1), 'bank', 'paid']) ids.set(name, await request(house, name));
  const id = (name: string) => ids.get(name) ?? '';
  await tick(house, 29 * dayMs);
  for (const name of ['held', 'approved', 'cancelled', 'bank', 'paid', 'waits']) await approve(id(name));
  const until = new Date(house.clock.ms + 5 * dayMs).toISOString();
  await post('payouts/hold', { payoutIds: [id('held')], reason: 'facture', until });
  await post('payouts/decline', { payoutIds: [id('declined')], reason: 'Doublon.' }, house.keys.approver);
  await post('payouts/cancel', { payoutIds: [id('cancelled')], reason: 'Erreur.' });
  await post('hand-transfers/export', { method: 'bank', payoutIds: [id('bank')] });
  await post('payouts/mark-paid', { payoutId: id('paid'), paymentReferenceId: 'B-1' });
  await tick(house, 2 * dayMs);
  // A method that changed: what was approved waits for the cool-off, and again for approval.
  await post('payees/waits/payout-methods', {
    type: 'paypal',
    destination: 'w2@example.com',
    use: 'default',
  });
}

async function leftOut(): Promise<void> {
  await seed(
    house,
    'left',
    [1, 2, 3, 4, 5, 6].map((number) => winner('left', number)),
  );
  await seed(house, 'left', [winner('left', 7, { payee: { name: 'Zoé' } })]);
  await post('payees/left-user1/hold', { reason: 'facture' });
  const changed = { type: 'paypal', destination: 'new2@example.com', use: 'default' };
  await post('payees/left-user2/payout-methods', changed);
  await house.ask('PATCH', '/api/admin/payees/left-user3', { status: 'blocked' });
  await sql`update payout_method set frozen_at = ${house.deps.now()} where is_default and payee_id =
    (select id from payee where external_id = 'left-user4')`.execute(house.db);
  await sql`insert into provider_account (public_id, provider, fingerprint, state, transfers_enabled, payouts_enabled,
      asked_for, reason_code, reason_detail, checked_at, state_at, due_at)
    select 'pa_1', type, fingerprint, 'not_ready', true, false, '{external_account}', 'receiver_not_enabled',
      'The account is not ready.', now(), now(), now() from payout_method where is_default and payee_id =
    (select id from payee where external_id = 'left-user5')`.execute(house.db);
  const pace = { everyMs: readEveryMs, gapMs: askGapMs };
  house.clock.ms += readEveryMs;
  const at = house.deps.now();
  const asks = (await claimAccount(house.db, 'paypal', at, pace)) ?? 0n;
  const balances = [{ currency: 'USD', available: 500n, pending: 0n }];
  await recordReading(house.deps, { provider: 'paypal', asks, at }, balances);
}

let batchId = '';
beforeAll(async () => {
  house = await ticketHouse();
  batchId = await inBatch();
  await byRequest();
  await leftOut();
});
afterAll(() => house.close());

describe('a member of the team who likes French', () => {
  it('reads every payout in French, in the list and on its page, and the same without words in English', async () => {
    const list = (await read('payouts?limit=100')).body.data;
    expect(new Set(list.map(({ status }) => status))).toEqual(
      new Set(payoutStates.filter((state) => state !== 'queued')),
    );
    expect(englishIn(list)).toEqual([]);
    const plain = (await house.ask('GET', '/api/admin/payouts?limit=100')).body.data;
    expect(list.map(({ waitingOn, status }) => [waitingOn, status])).toEqual(
      plain.map(({ waitingOn, status }) => [waitingOn, status]),
    );
    for (const { id } of list) {
      const { body } = await read(`payouts/${String(id)}`);
      expect(englishIn(body), String(id)).toEqual([]);
    }
    const labels = plain.map(({ label }) => String(label));
    expect(labels).toContain('Declined: Nobody approved it in time.');
    expect(list.map(({ label }) => label)).toContain('Refusé : Personne ne l’a approuvé à temps.');
    expect(labels.filter((label) => label.startsWith('On hold until'))).not.toEqual([]);
  });

  it.each([
    ['inbox'],
    ['float?books=true'],
    ['approvals/waiting'],
    ['payouts/analytics/parts'],
    ['search?q=run'],
    ['search?q=left-user3'],
    ['payees?limit=100'],
    ['payees/left-user5/provider-accounts'],
    ['payees/asks/balance'],
  ])('reads %s in French', async (path) => {
    const { body, headers } = await read(path);
    const said = told(body);
    expect(englishIn(body)).toEqual([]);
    expect(headers.get('vary')).toContain('accept-language');
    const plain = told((await read(path, 'de')).body);
    expect(plain).toHaveLength(said.length);
    for (const [where, text] of said)
      if (/words|action|detail|headline/.test(where))
        expect(plain.map(([, other]) => other)).not.toContain(text);
  });

  it('reads a whole inbox in French', async () => {
    const { body } = await read('inbox');
    const items = body['items'] as { kind: string; title: string }[];
    expect(items.length).toBeGreaterThan(7);
    expect(items.find(({ kind }) => kind === 'failed')?.title).toBe('1 versement échoué est à traiter');
  });

  it('reads whether each payee can be paid, and why not', async () => {
    const heads = new Set<string>();
    for (const id of [
      'asks',
      'waits',
      'held',
      'bank',
      'run-user0',
      ...[1, 2, 3, 4, 5, 7].map((n) => `left-user${n}`),
    ]) {
      const { body } = await read(`payees/${id}/outlook`);
      expect(englishIn(body), id).toEqual([]);
      heads.add(String(body['headline']).replace(/^\S+( \d)?/, ''));
    }
    expect(heads.size).toBeGreaterThan(6);
  });

  it('reads a dry run with whom it leaves out, a batch, and its file', async () => {
    const { body } = await read('payout-batches/preview', 'fr', {
      cycleId: 'left',
      details: true,
      checkItems: true,
    });
    expect(englishIn(body)).toEqual([]);
    const reasons = (body['notEligible'] as { reason: string }[]).map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual([
      'method_cooling_off',
      'method_frozen',
      'method_not_ready',
      'no_method',
      'payee_blocked',
      'payee_on_hold',
    ]);
    const path = `payout-batches/${batchId}`;
    expect(englishIn((await read(`${path}/summary`)).body)).toEqual([]);
    expect(englishIn((await read(`${path}/items`)).body)).toEqual([]);
    const locked = 'Le compte du bénéficiaire est verrouillé ou limité chez le prestataire.';
    // A link carries the language itself, whatever the browser likes; a program that says nothing reads English.
    expect((await read(`${path}/export.csv?status=failed&language=fr`, 'en')).text).toContain(locked);
    const plain = await house.ask('GET', `/api/admin/${path}/export.csv?status=failed`);
    expect(plain.text).toContain("The payee's account is locked or limited at the provider.");
  });

  it('is answered in French by deeds, too, also who likes Kreyòl best', async () => {
    const headers = { 'accept-language': 'ht' };
    const body = { payoutId: '', paymentReferenceId: 'B-2', paymentNotes: null };
    const { data } = (await read('payouts?status=approved&method=paypal')).body;
    body.payoutId = String(data.find(({ waitingOn }) => waitingOn === 'you')?.['id']);
    const got = await house.ask('POST', '/api/admin/payouts/mark-paid', body, { headers });
    expect(got.body).toMatchObject({ label: 'Payé à la main, référence B-2' });
    expect(englishIn(got.body)).toEqual([]);
  });
});
