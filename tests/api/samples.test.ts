import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { operationIdOf } from '../../src/wire/openapi-operation.ts';
import { projectRoot } from '../support/processes.ts';
import { openMemory } from '../support/templates.ts';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, settle } from './support.ts';

// The examples of the OpenAPI document are real calls. This makes them again and keeps what they took and answered.

const file = path.join(projectRoot, 'src/wire/openapi-samples.json');
const admin = '/api/admin';
const person = (number: number, name: string) => ({
  sourceType: 'winner',
  externalId: `sel-${number}`,
  payeeExternalId: `u${number}`,
  cycleId: '18',
  amount: 2500 * number,
  currency: 'USD',
  payee: { name, payoutMethod: { type: 'paypal', destination: `${name.toLowerCase()}@example.com` } },
});

interface Sample {
  body?: unknown;
  answer?: unknown;
}

/** Makes calls and keeps the first of each operation. `{id}` in a path is filled from `params`. */
function recorder(house: House) {
  const samples: Record<string, Sample> = {};
  const make = async (
    method: string,
    pattern: string,
    body?: unknown,
    params: Record<string, string> = {},
    cookie?: string,
  ) => {
    const whole = pattern.startsWith('/api/') ? pattern : admin + pattern;
    const address = whole.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
    const as = cookie === undefined ? {} : { key: null, headers: { cookie } };
    const got = await house.ask(method, address, body, as);
    if (got.status >= 400) throw new Error(`${method} ${address} answered ${got.text}`);
    const isText = got.headers.get('content-type')?.startsWith('text/') === true;
    const answer: unknown = isText ? got.text : got.body;
    samples[operationIdOf(method, whole.split('?', 1)[0] ?? '')] ??= {
      ...(body === undefined ? {} : { body }),
      ...(got.status === 204 ? {} : { answer }),
    };
    return got.body;
  };
  return { samples, make };
}

/** Three winners of one cycle: one is paid, one fails and is tried again, one has to claim it. */
async function story(house: House): Promise<Record<string, Sample>> {
  const { samples, make } = recorder(house);
  await make('POST', '/cycles', { id: '18', name: 'November' });
  await make('POST', '/payees', {
    externalId: 'u1',
    name: 'Ana',
    email: 'ana@example.com',
    payoutMethod: { type: 'paypal', destination: 'ana@example.com' },
  });
  await make('POST', '/payees/bulk', {
    payees: [
      { externalId: 'u4', name: 'Dora' },
      { externalId: 'u1', name: 'Ana' },
    ],
  });
  await make('PATCH', '/payees/{id}', { name: 'Dora Lopez' }, { id: 'u4' });
  await make('GET', '/payees/{id}', undefined, { id: 'u1' });
  await make('GET', '/payees?limit=2');
  const earnings = [person(1, 'Ana'), person(2, 'Boris'), person(3, 'Cleo')];
  await make('POST', '/earnings', { earnings });
  await make('GET', '/cycles');
  await make('GET', '/cycles/{id}', undefined, { id: '18' });
  await make('POST', '/payout-batches/preview', { cycleId: '18' });
  const started = await make('POST', '/payout-batches/process', { cycleId: '18', notes: 'November winners' });
  const batchId = started['batchId'] as string;
  await make('GET', '/status');
  const fates = { ana: 'completed', bor: 'failed', cle: 'unclaimed' } as const;
  await settle(house, (destination) => fates[destination.slice(0, 3) as keyof typeof fates]);
  for (const part of ['', '/summary', '/items', '/export.csv'])
    await make('GET', `/payout-batches/{batchId}${part}`, undefined, { batchId });
  await make('GET', '/payout-batches?summary=true');
  await make('GET', '/payouts');
  await make('GET', '/payouts/{id}', undefined, { id: 'sel-1' });
  await make('POST', '/payout-batches/{batchId}/reconcile', undefined, { batchId });
  const again = await make('POST', '/payout-batches/{batchId}/retry-failed', undefined, { batchId });
  await make('POST', '/payout-batches/{batchId}/cancel', undefined, { batchId: again['batchId'] as string });
  // One run of a cycle a minute.
  house.clock.ms += 60_000;
  const more = await make('POST', '/payout-batches/process', { cycleId: '18' });
  await settle(house, () => 'failed');
  await make('POST', '/payouts/retry', { payoutIds: ['sel-2'] });
  expect(more['batchId']).not.toBe(batchId);
  const key = await make('POST', '/api-keys', { name: 'shop', role: 'operator' });
  await make('GET', '/api-keys?limit=1');
  await make('DELETE', '/api-keys/{id}', undefined, { id: key['id'] as string });
  await make('GET', '/ledger/verify');
  await make('GET', '/ledger/trial-balance');
  await make('POST', '/ledger/rebuild', { apply: false });
  const { submissions } = await make('GET', '/payout-batches/{batchId}', undefined, { batchId });
  const [submission] = submissions as { id: string }[];
  await make('GET', '/submissions/{id}', undefined, { id: submission?.id ?? '' });
  await people(make);
  await payee(house, make);
  await make('GET', '/audit-events?limit=3');
  await make('GET', '/audit/verify');
  return samples;
}

type Make = ReturnType<typeof recorder>['make'];

/** Somebody joins the team, and somebody else is invited. */
async function people(make: Make): Promise<void> {
  await make('GET', '/api/me');
  await make('GET', '/api/me/sessions');
  const bea = await make('POST', '/people', { email: 'bea@example.com', name: 'Bea', role: 'operator' });
  const id = bea['id'] as string;
  await make('GET', '/people');
  await make('PATCH', '/people/{id}', { role: 'viewer' }, { id });
  await make('POST', '/people/{id}/reset-password', { secondFactors: true }, { id });
  await make('DELETE', '/people/{id}/sessions', undefined, { id });
  const invited = await make('POST', '/people/invitations', { email: 'cem@example.com', role: 'approver' });
  await make('GET', '/people/invitations');
  await make('DELETE', '/people/invitations/{id}', undefined, { id: invited['id'] as string });
}

/** Ana comes in by a link that the platform made, and looks at what is hers. */
async function payee(house: House, make: Make): Promise<void> {
  const { cookie } = await signIn(house, 'u1');
  const as = (method: string, path: string, body?: unknown, params: Record<string, string> = {}) =>
    make(method, `/api/payee${path}`, body, params, cookie);
  await make('POST', '/payees/{id}/reveal-method', undefined, { id: 'u1' });
  await make('POST', '/payees/{id}/portal-link', undefined, { id: 'u1' });
  await as('GET', '/balance');
  const { data } = await as('GET', '/payouts');
  await as('GET', '/payouts/{id}', undefined, { id: data[0]?.['id'] as string });
  await as('GET', '/payout-methods');
  await as('GET', '/profile');
  await as('PATCH', '/profile', { name: 'Ana Lopez' });
  await as('GET', '/sessions');
  await make('POST', '/api/payee/sign-in', { email: 'ana@example.com' });
  const mails = await make('GET', '/outbox');
  await make('GET', '/outbox/{id}', undefined, { id: mails.data[0]?.['id'] as string });
}

/** The samples of a house of its own, on a database that does not use one of its ways to join or to read. */
async function samplesWithout(way: string | null) {
  let secrets = 0;
  const newSecret = () => new Uint8Array(32).fill((secrets += 1));
  const db = await openMemory();
  const use = (to: boolean) =>
    sql`select set_config(${`enable_${way}`}, ${to ? 'on' : 'off'}, false)`.execute(db);
  if (way !== null) await use(false);
  const house = await openHouse({ db, newSecret, version: '0.1.0' });
  const samples = await story(house);
  if (way !== null) await use(true);
  await house.close();
  return samples;
}

it('keeps the examples of the document as the server answers', async () => {
  const samples = await samplesWithout(null);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, `${JSON.stringify(samples, undefined, 1)}\n`);
  expect(
    JSON.parse(readFileSync(file, 'utf8')),
    'stale: run this test with UPDATE_DOCS=1, then openapi.test.ts',
  ).toEqual(samples);
});

it.each(['hashjoin', 'nestloop', 'seqscan'])(
  'answers the same when the database plans without %s',
  async (way) => {
    expect(await samplesWithout(way)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  },
);
