import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import { payeeRefusals } from '../../src/core/payee-refusals.ts';
import type { House } from './support.ts';
import { request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
  await sell(house, 'ana', 6);
});
afterAll(() => house.close());

const as = (language: string) => (method: string, path: string, body?: unknown) =>
  house.ask(method, `/api/payee${path}`, body, {
    key: null,
    headers: { cookie: 'payee=ana', 'accept-language': language },
  });

/** What any call can hear, beside what is particular to its route. */
const everywhere = [
  'unauthorized',
  'forbidden',
  'cross_site',
  'conflict',
  'request_in_flight',
  'idempotency_key_reused',
  'invalid_idempotency_key',
  'invalid_request',
  'unreadable',
  'not_found',
  'method_not_allowed',
  'too_slow',
  'too_large',
  'headers_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal',
  'stopping',
  'unavailable',
];

describe('a payee', () => {
  it('has words of their own for every no of their calls', () => {
    const own = routes.filter((route) => route.right === 'self').flatMap((route) => route.refuses ?? []);
    expect([...new Set([...own, ...everywhere])].filter((code) => !payeeRefusals.includes(code))).toEqual([]);
  });

  it('reads the same payout in each language', async () => {
    const id = await request(house, 'ana');
    const read = async (language: string) => {
      const { body } = await as(language)('GET', `/payouts/${id}`);
      return [body['label'], (body['timeline'] as { label: string }[])[0]?.label, body['waitingOn']];
    };
    expect(await read('en-US,en;q=0.9')).toEqual(['Requested', 'Requested', 'platform']);
    expect(await read('fr-HT,fr;q=0.9,en;q=0.8')).toEqual(['Demandé', 'Demandé', 'platform']);
    expect(await read('ht')).toEqual(['Ou mande l', 'Ou mande l', 'platform']);
  });

  it('is refused in their language, under the same code', async () => {
    const say = async (language: string) => {
      const { status, body } = await as(language)('POST', '/request-payout', {});
      return [status, body['code'], body['userMessage']];
    };
    const code = 'request_in_flight_already';
    expect(await say('en')).toEqual([
      409,
      code,
      expect.stringContaining('You have asked for a payout already'),
    ]);
    expect(await say('fr')).toEqual([409, code, expect.stringContaining('Vous avez déjà demandé')]);
    expect(await say('ht')).toEqual([409, code, expect.stringContaining('Ou deja mande yon peman')]);
  });

  it('is told in Kreyòl what is wrong with what they typed, also where only the server knows', async () => {
    const wrongs: [string, string, object, string][] = [
      ['PATCH', '/profile', { name: 'A\u0007na' }, 'gen yon karaktè envizib ladan l: tape l ankò'],
      ['PATCH', '/profile', { timezone: 'Mars' }, 'pa yon fizo orè tankou America/Port-au-Prince'],
      ['PATCH', '/profile', { email: 'a@b.co' }, 'se platfòm ki peye w la ki chanje sa: mande yo'],
      ['POST', '/payout-methods', { type: 'moncash', destination: '37' }, 'dwe yon nimewo telefòn'],
      ['POST', '/payout-quote', { payoutCurrency: 'XYZ' }, 'dwe yon kòd ISO 4217 an majiskil, tankou USD'],
    ];
    for (const [method, path, body, words] of wrongs) {
      const got = await as('ht')(method, path, body);
      expect(got.status, got.text).toBe(422);
      expect(got.body).toMatchObject({
        code: 'invalid_request',
        errors: [{ message: expect.stringContaining(words) }],
      });
    }
  });

  it('reads the note of a method with its day in words; the team goes on reading English', async () => {
    const added = await as('ht')('POST', '/payout-methods', { type: 'moncash', destination: '37001234' });
    expect(added.body['note']).toMatch(
      /^Delè sekirite apre yon chanjman: .* anvan \p{L}+di? \d+ \p{L}+ \d{4}, \d\d:\d\d UTC\.$/u,
    );
    const team = await house.ask('GET', '/api/admin/payees/ana/payout-methods', undefined, {
      headers: { 'accept-language': 'ht' },
    });
    expect(team.text).toContain('Cooling off after a change');
  });
});
