import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

/** The same call by somebody who reads French, by somebody who prefers Kreyòl, and by a program that names no language. */
async function told(method: string, path: string, body?: unknown, key?: string | null): Promise<string> {
  const plain = await say(null, method, path, body, key);
  const french = await say('fr-CA,fr;q=0.9', method, path, body, key);
  expect(english(wordsOf(french)), path).toEqual([]);
  expect(english(plain.userMessage), path).not.toEqual([]);
  expect(french).toMatchObject({ code: plain.code });
  expect(french.errors.map((fault) => fault.path)).toEqual(plain.errors.map((fault) => fault.path));
  expect((await say('ht', method, path, body, key)).userMessage).toBe(french.userMessage);
  expect(wordsOf(await say('en-GB,fr;q=0.5', method, path, body, key))).toBe(wordsOf(plain));
  return french.userMessage;
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
      /^Le montant minimal est de 50\.00 USD ; \d\d\.00 USD sont disponibles : il manque \d\d\.00 USD\./,
    );
    const id = await request(house, 'ana');
    const approve = { payoutIds: [id] };
    await house.ask('POST', `${admin}/payouts/approve`, approve, { key: house.keys.approver });
    expect(await told('POST', `${admin}/payouts/approve`, approve, house.keys.approver)).toMatch(
      /^C’est déjà fait : approuvé par approver key le \p{L}+\. \d+ \p{L}+\.? 2026, \d\d:\d\d UTC\./u,
    );
    const until = new Date(house.clock.ms + dayMs).toISOString();
    await house.ask('POST', `${admin}/payouts/hold`, { payoutIds: [id], reason: 'facture', until });
    const paid = { payoutId: id, paymentReferenceId: 'R-1' };
    expect(await told('POST', `${admin}/payouts/mark-paid`, paid)).toMatch(
      /^Ce versement est en attente jusqu’au/,
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
