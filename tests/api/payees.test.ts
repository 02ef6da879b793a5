import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const path = '/api/admin/payees';
const jane = {
  externalId: 'u1',
  name: 'Jane Doe',
  email: 'jane@home.example',
  payoutMethod: { type: 'paypal', destination: 'jane@example.com' },
};

describe('POST /payees', () => {
  it('creates a payee with 201, and answers the same one with 200 when it is sent again', async () => {
    const first = await house.ask('POST', path, jane);
    expect(first).toMatchObject({
      status: 201,
      body: { externalId: 'u1', name: 'Jane Doe', email: 'jane@home.example', status: 'active' },
    });
    expect(first.body['id']).toMatch(/^py_/);
    expect(first.body['payoutMethod']).toMatchObject({ type: 'paypal', destination: 'j***@example.com' });
    const again = await house.ask('POST', path, jane);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  it('masks an e-mail address that money goes to, in any capitals, for everybody', async () => {
    const ben = {
      externalId: 'u-ben',
      email: 'Ben@Example.com',
      payoutMethod: { type: 'paypal', destination: 'ben@example.com' },
    };
    expect((await house.ask('POST', path, ben)).body).toMatchObject({ email: 'B***@Example.com' });
    const elsewhere = { payoutMethod: { type: 'paypal', destination: 'other@example.com' } };
    const moved = await house.ask('PATCH', `${path}/u-ben`, elsewhere);
    expect(moved.body, 'a method of before counts').toMatchObject({ email: 'B***@Example.com' });
  });

  it('masks every e-mail address in lists, for everybody', async () => {
    const got = await house.ask('GET', path);
    expect(got.text).toContain('j***@home.example');
    expect(got.text).not.toContain('jane@');
  });

  it('never lets an empty name or a missing address erase what is known', async () => {
    const got = await house.ask('POST', path, { externalId: 'u1', name: '' });
    expect(got.body).toMatchObject({ name: 'Jane Doe', email: 'jane@home.example' });
  });

  it('takes names of every script', async () => {
    const name = 'שרה 👩‍🚀 O’Neil';
    expect((await house.ask('POST', path, { externalId: 'u-emoji', name })).body).toMatchObject({ name });
  });

  it.each([
    ['no external id', { name: 'x' }],
    ['a NUL', { externalId: 'a\0b' }],
    ['half a character', { externalId: 'a\ud800' }],
    ['a name of 201 characters', { externalId: 'u9', name: 'x'.repeat(201) }],
    ['a method nobody knows', { externalId: 'u9', payoutMethod: { type: 'cash', destination: 'x' } }],
    ['an array', []],
  ])('refuses %s with 422', async (_what, body) => {
    expect(await house.ask('POST', path, body)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request' },
    });
  });
});

describe('POST /payees/bulk', () => {
  it('saves the good ones beside the bad ones and says which is which', async () => {
    const payees = [
      { externalId: 'b1', name: 'One' },
      { name: 'nameless' },
      jane,
      { ...jane, name: 'Jane Roe' },
    ];
    const got = await house.ask('POST', `${path}/bulk`, { payees });
    const results = got.body['results'] as { status: string; errors: { path: string }[] }[];
    expect(results.map((one) => one.status)).toEqual(['created', 'invalid', 'updated', 'updated']);
    expect(results[1]?.errors[0]?.path).toBe('externalId');
    expect((await house.ask('GET', `${path}/u1`)).body).toMatchObject({ name: 'Jane Roe' });
  });

  it('refuses more than 5,000 with 422', async () => {
    const payees = Array.from({ length: 5001 }, (_, index) => ({ externalId: `x${index}` }));
    expect((await house.ask('POST', `${path}/bulk`, { payees })).status).toBe(422);
  });

  it('takes 5,000', async () => {
    const payees = Array.from({ length: 5000 }, (_, index) => ({
      externalId: `many${index}`,
      name: `Payee ${index}`,
    }));
    const got = await house.ask('POST', `${path}/bulk`, { payees });
    expect(
      (got.body['results'] as { status: string }[]).filter((one) => one.status === 'created'),
    ).toHaveLength(5000);
  });
});

describe('GET /payees', () => {
  it('pages through everybody once, newest first', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const got = await house.ask('GET', `${path}?limit=500${cursor}`);
      expect(got.body.data.length).toBeLessThanOrEqual(500);
      seen.push(...got.body.data.map((payee) => payee['externalId'] as string));
      cursor = got.body['nextCursor'] ? `&cursor=${got.body['nextCursor'] as string}` : '';
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(5004);
    expect(seen.at(-1)).toBe('u1');
  });

  it('gives 50 when no limit is said', async () => {
    expect((await house.ask('GET', path)).body.data).toHaveLength(50);
  });
});

describe('GET /payees/:id', () => {
  it('finds a payee by either id, and masks addresses for viewers', async () => {
    const { body } = await house.ask('GET', `${path}/u1`);
    const seen = await house.ask('GET', `${path}/${body['id'] as string}`, undefined, {
      key: house.keys.viewer,
    });
    expect(seen.body).toEqual({ ...body, email: 'j***@home.example' });
    expect(seen.text).not.toContain('jane@');
  });

  it('answers 404 with what to do', async () => {
    expect(await house.ask('GET', `${path}/nobody`)).toMatchObject({
      status: 404,
      body: { code: 'payee_not_found', payeeId: 'nobody' },
    });
  });
});

describe('PATCH /payees/:id', () => {
  it('changes only what is given', async () => {
    const blocked = await house.ask('PATCH', `${path}/u1`, { status: 'blocked' });
    expect(blocked.body).toMatchObject({ status: 'blocked', name: 'Jane Roe', email: 'jane@home.example' });
    const moved = await house.ask('PATCH', `${path}/u1`, {
      status: 'active',
      email: null,
      payoutMethod: { type: 'paypal', destination: '+15551234567' },
    });
    expect(moved.body).toMatchObject({
      status: 'active',
      email: null,
      name: 'Jane Roe',
      payoutMethod: { destination: '+1***67' },
    });
  });

  it('refuses unknown fields, other states and nothing at all with 422', async () => {
    for (const body of [{ externalId: 'other' }, { status: 'deleted' }, {}]) {
      expect((await house.ask('PATCH', `${path}/u1`, body)).status).toBe(422);
    }
  });

  it('answers 404 for nobody', async () => {
    expect((await house.ask('PATCH', `${path}/nobody`, { name: 'x' })).status).toBe(404);
  });
});
