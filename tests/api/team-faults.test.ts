import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { openAlerts } from '../../src/store/alerts.ts';
import { english } from '../support/english.ts';
import type { House } from './support.ts';
import { dayMs, request, sell, ticketHouse } from './tickets.ts';

// What the team is told when something is wrong, in the language of the page it sits at.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

interface Said {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly userMessage: string;
  readonly actionRequired: string;
  readonly errors: { path: string; message: string }[];
}

const say = async (
  language: string | null,
  method: string,
  path: string,
  body?: unknown,
  key?: string | null,
) => {
  const headers = language === null ? {} : { 'accept-language': language };
  const more = { headers, ...(key === undefined ? {} : { key }) };
  const got = await house.ask(method, path, body, more);
  return got.body as unknown as Said;
};
const wordsOf = ({ title, detail, userMessage, actionRequired, errors }: Said) =>
  [title, detail, userMessage, actionRequired, ...errors.map(({ message }) => message)].join(' ');

const french = (method: string, path: string, body: unknown) =>
  house.ask(method, path, body, { headers: { 'accept-language': 'fr' } });

/** The same call by somebody who reads French, by somebody who prefers Kreyòl, and by a program that names no language. */
async function told(method: string, path: string, body?: unknown, key?: string | null): Promise<string> {
  const plain = await say(null, method, path, body, key);
  const inFrench = await say('fr-CA,fr;q=0.9', method, path, body, key);
  expect(english(wordsOf(inFrench)), path).toEqual([]);
  expect(english(plain.userMessage), path).not.toEqual([]);
  expect(inFrench).toMatchObject({ code: plain.code });
  expect(inFrench.errors.map((fault) => fault.path)).toEqual(plain.errors.map((fault) => fault.path));
  expect((await say('ht', method, path, body, key)).userMessage).toBe(inFrench.userMessage);
  expect(wordsOf(await say('en-GB,fr;q=0.5', method, path, body, key))).toBe(wordsOf(plain));
  return inFrench.userMessage;
}

describe('whoever reads French', () => {
  it('is refused in French, under the same code', async () => {
    await sell(house, 'ana', 6);
    await sell(house, 'low', 2);
    const admin = '/api/admin';
    expect(await told('GET', `${admin}/payouts/po_none`)).toContain('Ce versement n’existe pas.');
    expect(await told('GET', `${admin}/nowhere`)).toContain('Il n’y a rien à cette adresse.');
    expect(await told('GET', `${admin}/status`, undefined, null)).toContain('ni clé d’API');
    expect(await told('GET', `${admin}/api-keys`, undefined, house.keys.viewer)).toContain('pas le droit');
    expect(await told('DELETE', `${admin}/api-keys/ak_none`)).toContain('Cette clé n’existe pas');
    expect(await told('POST', `${admin}/payees/low/request-payout`, {})).toMatch(
      /^Le montant minimal est de 50,00\sUSD ; \d\d,00\sUSD sont disponibles : il manque \d\d,00\sUSD\./,
    );
    const id = await request(house, 'ana');
    const approve = { payoutIds: [id] };
    await house.ask('POST', `${admin}/payouts/approve`, approve, { key: house.keys.approver });
    expect(await told('POST', `${admin}/payouts/approve`, approve, house.keys.approver)).toMatch(
      /^C’est déjà fait : approuvé par approver key le \d+ \p{L}+\.? 2026, \d\d:\d\d UTC\./u,
    );
    const until = new Date(house.clock.ms + dayMs).toISOString();
    await house.ask('POST', `${admin}/payouts/hold`, { payoutIds: [id], reason: 'facture', until });
    const paid = { payoutId: id, paymentReferenceId: 'R-1' };
    expect(await told('POST', `${admin}/payouts/mark-paid`, paid)).toMatch(
      /^Ce versement est suspendu jusqu’au/,
    );
  });

  it('reads in French why some of several were refused', async () => {
    const body = { payoutIds: ['po_none', 'po_nobody'] };
    const got = await house.ask(
      'POST',
      '/api/admin/payouts/cancel',
      { ...body, reason: 'x' },
      {
        headers: { 'accept-language': 'fr' },
      },
    );
    const results = got.body['results'] as { message: string; actionRequired: string }[];
    expect(results.map(({ message }) => message)).toEqual(
      body.payoutIds.map(() => 'Ce versement n’existe pas. Rien n’a été changé.'),
    );
  });
});

describe('whoever reads French, of what they sent', () => {
  it('is told what is wrong with each field', async () => {
    const admin = '/api/admin';
    await told('GET', `${admin}/payouts?limit=0&oddity=1`);
    await told('POST', `${admin}/payouts/hold`, { payoutIds: [], reason: 7 });
    await told('POST', `${admin}/payees/ana/payout-methods`, {
      type: 'bank',
      iban: 'FR00',
      accountHolder: 'A',
    });
    await told('PATCH', `${admin}/settings`, { payoutSchedule: 'every day' });
    await told('PATCH', `${admin}/settings`, {});
    await told('POST', `${admin}/imports/check`, { cycleId: 'été', csv: 1 });
    const { body } = await french('POST', `${admin}/fx-rates`, {
      rates: [{ from: 'USD', to: 'USD', rate: '1,5', at: '2026-11-01T00:00:00Z', source: 's' }],
    });
    expect(english((body['results'] as { message: string }[])[0]?.message ?? 'the')).toEqual([]);
  });

  it('reads every fault of a pay file, and what is on record, in French', async () => {
    const header = 'payee_id,name,email,amount,currency,method,destination,reference,note';
    const lines = [
      'u1,A,u1@example.com,"1,23,4",USD,paypal,,r1,',
      'u2,=1+1,nobody,-5,XXX,carrier,,r1,',
      'u3,B,u3@example.com,1e5,USD,bank,,,',
      'u4,C,u4@example.com,1.005,USD,paypal,not an address,r4,,,surplus',
      ',D,,0,JPY,stripe,acct,r5,',
      'ana,Ana,other@example.com,9.00,USD,paypal,,r6,',
      'ana,Ana,other@example.com,9.00,USD,paypal,,r7,',
    ];
    const body = { cycleId: 'fr', csv: `${[header, ...lines].join('\n')}\n` };
    const got = await french('POST', '/api/admin/imports/check', body);
    const rows = got.body['rows'] as { errors: { error: string; howToFix: string }[]; warnings: string[] }[];
    const said = rows.flatMap(({ errors, warnings }) => [
      ...errors.flatMap(({ error, howToFix }) => [error, howToFix]),
      ...warnings,
    ]);
    expect(said.length).toBeGreaterThan(20);
    expect(said.flatMap((words) => english(words))).toEqual([]);
    expect(said.join(' ')).toContain('Le même bénéficiaire a le même montant à la ligne');
    const none = await french('POST', '/api/admin/imports/check', {
      cycleId: 'fr',
      csv: 'payee_id,amount\nu1,5\n',
    });
    expect(none.body['issue']).toMatchObject({ error: 'Il manque à l’en-tête : currency, reference.' });
  });

  it('reads what became of each payment by hand in French', async () => {
    const rows = ['po_none,5,USD,B1', ',5,USD,B2', 'po_a,x,USD,B3', 'po_b,5,USD,'];
    const csv = `payout_id,amount,currency,payment_reference\n${rows.join('\n')}\n`;
    const got = await french('POST', '/api/admin/payouts/mark-paid-file', { csv });
    const results = got.body['results'] as { message: string }[];
    expect(results).toHaveLength(4);
    expect(results.flatMap(({ message }) => english(message))).toEqual([]);
    const wrong = await french('POST', '/api/admin/payouts/mark-paid-file', { csv: 'a,b\n1,2\n' });
    expect(english(JSON.stringify(wrong.body['errors']))).toEqual([]);
  });
});

it('reads open alerts in French, and one that was opened before as it was written', async () => {
  const { db, deps } = house;
  await openAlerts(db, [{ kind: 'key_expired', subject: 'K1', facts: {} }], deps.now());
  await sql`insert into alert (kind, subject, message, opened_at, last_at)
    values ('second_batch', 'K2', 'As it was written.', now(), now())`.execute(db);
  const read = async (path: string, language: string) => {
    const got = await house.ask('GET', `/api/admin${path}`, undefined, {
      headers: { 'accept-language': language },
    });
    const alerts = (path === '/status' ? got.body['alerts'] : got.body.data) as Record<
      'subject' | 'message',
      string
    >[];
    return Object.fromEntries(alerts.map(({ subject, message }) => [subject, message]));
  };
  for (const path of ['/alerts', '/status']) {
    const told = await read(path, 'fr');
    expect(told).toMatchObject({ K1: expect.stringContaining('a oublié la clé'), K2: 'As it was written.' });
    expect(english(told['K1'] ?? 'the')).toEqual([]);
    expect((await read(path, 'en'))['K1']).toContain('has forgotten the key');
  }
});
