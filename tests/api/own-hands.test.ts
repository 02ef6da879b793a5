import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

// Who asks for a payout, or says where it goes, is not the one who approves it.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const approve = async (id: string, key: string) =>
  house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key });

/** A key made at the command line of the machine. */
async function keyOf(name: string, role: string): Promise<string> {
  const { body } = await house.ask('POST', '/api/admin/api-keys', { name, role });
  return body['key'] as string;
}

let people = 0;
async function asked(): Promise<{ payee: string; id: string }> {
  const payee = `payee${(people += 1)}`;
  await sell(house, payee, 6);
  return { payee, id: await request(house, payee) };
}

/** The money of a payee goes there from now on. */
const redirect = async (payee: string, destination: string, key: string) =>
  house.ask(
    'PATCH',
    `/api/admin/payees/${payee}`,
    { payoutMethod: { type: 'paypal', destination } },
    { key },
  );

describe('a key made at the command line', () => {
  it('approves what another key made there asked for, and not what it asked for itself', async () => {
    const [operator, owner] = [await keyOf('operator', 'operator'), await keyOf('owner', 'owner')];
    await sell(house, 'asked-for', 12);
    const request = { payeeId: 'asked-for', amount: 1200, currency: 'USD' };
    const make = async (key: string) =>
      (await house.ask('POST', '/api/admin/payouts', request, { key })).body['id'] as string;
    expect((await approve(await make(operator), owner)).body).toMatchObject({ done: 1 });
    expect((await approve(await make(owner), owner)).body).toMatchObject({ code: 'own_request' });
  });
});

describe('who sends a payout elsewhere', () => {
  it('does not approve it, nor does a key of theirs; somebody else does', async () => {
    const { payee, id } = await asked();
    const { body } = await house.ask(
      'POST',
      '/api/admin/api-keys',
      { name: 'theirs', role: 'approver' },
      { key: house.keys.owner },
    );
    expect((await approve(id, house.keys.approver)).body).toMatchObject({ done: 1 });
    await redirect(payee, 'elsewhere@example.com', house.keys.owner);
    expect(await approve(id, house.keys.owner)).toMatchObject({
      status: 409,
      body: { code: 'own_redirect' },
    });
    expect((await approve(id, body['key'] as string)).body).toMatchObject({ code: 'own_redirect' });
    expect((await approve(id, house.keys.approver)).body).toMatchObject({ done: 1 });
  });

  it('may approve what went where it goes before it was asked for, or where somebody else sent it since', async () => {
    const [before, since] = [await asked(), await asked()];
    await redirect(before.payee, 'first@example.com', house.keys.owner);
    expect((await approve(before.id, house.keys.owner)).body).toMatchObject({ code: 'own_redirect' });
    await house.ask('POST', '/api/admin/payouts/decline', { payoutIds: [before.id], reason: 'alone' });
    house.clock.ms += 1000;
    expect((await approve(await request(house, before.payee), house.keys.owner)).body).toMatchObject({
      done: 1,
    });
    await redirect(since.payee, 'mine@example.com', house.keys.owner);
    await asPayee(house, since.payee)('POST', '/payout-methods', {
      type: 'paypal',
      destination: 'theirs@example.com',
    });
    expect((await approve(since.id, house.keys.owner)).body).toMatchObject({ done: 1 });
  });
});
