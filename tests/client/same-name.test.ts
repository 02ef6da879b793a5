import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/actions/keys.ts';
import type { Role } from '../../src/core/roles.ts';
import type { Cycle, PayoutDetails, WaitingPayout } from '../../web/client/types.ts';
import { whyNotApprove } from '../../web/console/approvals/why-own.ts';
import { offersOf } from '../../web/console/payouts/deeds.ts';
import type { House } from '../api/support.ts';
import { asPayee, cookieOf, tokenOf, verify } from '../api/portal-support.ts';
import { openHouse, seed, winner } from '../api/support.ts';
import { sell } from '../api/tickets.ts';

// Two of a team are called the same: what is whose goes by their ids.

interface Sam {
  readonly id: string;
  readonly role: Role;
  ask(method: string, path: string, body?: unknown): ReturnType<House['ask']>;
}

let house: House;
let one: Sam;
let other: Sam;
beforeAll(async () => {
  house = await openHouse();
  const sam = async (role: Role): Promise<Sam> => {
    const { key } = await createKey(house.deps, { name: 'Sam', role, random: house.deps.newSecret() });
    const ask: Sam['ask'] = async (method, path, body) => house.ask(method, path, body, { key });
    return { id: String((await ask('GET', '/api/me')).body['id']), role, ask };
  };
  [one, other] = [await sam('owner'), await sam('owner')];
});
afterAll(() => house.close());

const of = ({ id, role }: Sam) => ({ id, role });

/** Why each of them cannot approve a payout, in the queue and on its page. */
async function whyNot(payoutId: string) {
  const queue = await house.ask('GET', '/api/admin/approvals/waiting');
  const waiting = queue.body.data.find(({ id }) => id === payoutId) as unknown as WaitingPayout;
  const shown = (await house.ask('GET', `/api/admin/payouts/${payoutId}`)).body as unknown as PayoutDetails;
  return [one, other].map((sam) => {
    const why = whyNotApprove(waiting, of(sam));
    const offer = offersOf(shown, of(sam)).find(({ deed }) => deed === 'approve');
    expect(offer?.why).toBe(why);
    return why;
  });
}

describe('of two people with one name', () => {
  it('the one who asked may not approve, and the other may, as the server has it', async () => {
    const payoutMethod = { type: 'paypal', destination: 'p@example.com' };
    await house.ask('POST', '/api/admin/payees', { externalId: 'p', name: 'Pia', payoutMethod });
    await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { USD: 100 } });
    const single = { payeeId: 'p', amount: 700, currency: 'USD', reason: 'Expenses' };
    const made = await one.ask('POST', '/api/admin/payouts', single);
    const id = String(made.body['id']);
    expect(await whyNot(id)).toEqual(['why.ownRequest', null]);
    const approve = { payoutIds: [id] };
    const own = await one.ask('POST', '/api/admin/payouts/approve', approve);
    expect(own).toMatchObject({ status: 409, body: { code: 'own_request' } });
    const first = await other.ask('POST', '/api/admin/payouts/approve', approve);
    expect(first.body['results']).toMatchObject([{ result: 'done', status: 'pending_approval' }]);
    expect(await whyNot(id)).toEqual(['why.ownRequest', 'why.approvedOnce']);
  });

  it('the one who made the link that a payee asked by may not approve, on its page and in the queue', async () => {
    await sell(house, 'pat', 6);
    const link = await one.ask('POST', '/api/admin/payees/pat/portal-link');
    const { headers } = await verify(house, tokenOf(link.body['url']));
    const asked = await asPayee(house, cookieOf(headers))('POST', '/request-payout', {});
    const id = String(asked.body['id']);
    const why = async (sam: Sam) => {
      const queue = await sam.ask('GET', '/api/admin/approvals/waiting');
      const waiting = queue.body.data.find((row) => row['id'] === id) as unknown as WaitingPayout;
      const shown = (await sam.ask('GET', `/api/admin/payouts/${id}`)).body as unknown as PayoutDetails;
      const offer = offersOf(shown, of(sam)).find(({ deed }) => deed === 'approve');
      return [whyNotApprove(waiting, of(sam)), offer?.why];
    };
    expect(await why(one)).toEqual(['why.ownRequestLink', 'why.ownRequestLink']);
    expect(await why(other)).toEqual([null, null]);
  });

  it('a batch is of the one who started it', async () => {
    await seed(house, 'sams', [winner('sams', 1)]);
    const { body } = await one.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'sams' });
    const cycle = (await other.ask('GET', '/api/admin/cycles/sams')).body as unknown as Cycle;
    expect(cycle).toMatchObject({ activeBatchStartedBy: 'Sam', activeBatchStartedById: one.id });
    const batch = await other.ask('GET', `/api/admin/payout-batches/${String(body['batchId'])}`);
    expect(batch.body).toMatchObject({ startedBy: 'Sam', startedById: one.id });
    expect(one.id).not.toBe(other.id);
    // The name is no hindrance either: the rule of one run a minute is of a person.
    expect(
      (await other.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'sams' })).body,
    ).toMatchObject({
      code: 'batch_already_active',
    });
  });
});
