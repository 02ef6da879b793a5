import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../src/api/document.ts';
import { version } from '../../src/main/version.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const document = describeApi(version);
const { schemas: components } = document['components'] as { schemas: Readonly<Record<string, Json>> };

/** What is taken as it comes: notes of the caller's own, what a browser says of a passkey, events of providers, the form of a page. */
const passedThrough = new Set([
  'POST /api/admin/earnings earnings.[].metadata',
  'POST /api/auth/passkey/verify-authentication response',
  'POST /api/auth/passkey/verify-registration response',
  'POST /api/me/step-up passkey',
  'POST /api/webhooks/paypal ',
  'POST /api/webhooks/stripe ',
  'POST /portal/not-me ',
]);

/** Where an object of this schema takes names it does not know. */
function open(schema: unknown, at: string, within: readonly unknown[] = []): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => open(part, at, within));
  if (!isJson(schema) || within.includes(schema)) return [];
  const inside = [...within, schema];
  const { $ref: ref, properties, items, additionalProperties: others, type, not } = schema;
  const named = typeof ref === 'string' ? components[ref.split('/').at(-1) ?? ''] : undefined;
  const isOpen = type === 'object' && (isJson(others) ? Object.keys(others).length === 0 : others !== false);
  return [
    ...(isOpen && not === undefined ? [at] : []),
    ...open(named, at, inside),
    ...open(
      ['anyOf', 'oneOf', 'allOf'].map((keyword) => schema[keyword]),
      at,
      inside,
    ),
    ...open(items, `${at}.[]`, inside),
    ...open(others, `${at}.*`, inside),
    ...Object.entries(isJson(properties) ? properties : {}).flatMap(([name, part]) =>
      open(part, `${at}${at.endsWith(' ') ? '' : '.'}${name}`, inside),
    ),
  ];
}

const bodies = Object.entries(document['paths'] as Readonly<Record<string, Json>>).flatMap(
  ([address, methods]) =>
    Object.entries(methods as Readonly<Record<string, Json>>).flatMap(([method, { requestBody }]) =>
      isJson(requestBody)
        ? [
            {
              name: `${method.toUpperCase()} ${address} `,
              content: requestBody['content'] as Record<string, Json>,
            },
          ]
        : [],
    ),
);

describe('A body', () => {
  it('of whatever call refuses names that it does not know', () => {
    expect(bodies.length).toBeGreaterThan(40);
    const found = bodies.flatMap(({ name, content }) =>
      Object.values(content).flatMap(({ schema }) => open(schema, name)),
    );
    expect(new Set(found)).toEqual(passedThrough);
  });

  it.each([
    ['POST', '/payees', { externalId: 'k1', payoutmethod: {} }],
    [
      'POST',
      '/payees',
      { externalId: 'k1', payoutMethod: { type: 'paypal', destination: 'a@x.example', Kind: 'email' } },
    ],
    ['POST', '/payees/bulk', { payees: [], Payees: [] }],
    ['POST', '/cycles', { Id: '18' }],
  ])('%s %s with a misspelt name changes nothing', async (method, path, body) => {
    const got = await house.ask(method, `/api/admin${path}`, body);
    expect(got).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect((await house.ask('GET', '/api/admin/payees')).body.data).toEqual([]);
    expect((await house.ask('GET', '/api/admin/cycles')).body.data).toEqual([]);
  });

  it('of many payees leaves out the one with a misspelt name, and says which', async () => {
    const payees = [{ externalId: 'b1' }, { externalId: 'b2', Email: 'b2@example.com' }];
    const { body } = await house.ask('POST', '/api/admin/payees/bulk', { payees });
    expect(body['results']).toMatchObject([{ status: 'created' }, { status: 'invalid', errors: [{}] }]);
  });
});
