import type { EngineContext } from '../../src/engine/context.ts';
import { runOnce as expireOnce } from '../../src/engine/expire.ts';
import { runOnce as settleOnce } from '../../src/engine/settle.ts';
import { findPayee } from '../../src/store/payees.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

/** A house where the cookie `payee=ID` is believed; how payees really sign in is tested where it is. */
export async function ticketHouse(more: Parameters<typeof openHouse>[0] = {}): Promise<House> {
  const box: { house?: House } = {};
  const house = await openHouse({
    ...more,
    sessions: [
      async (cookie, origin) => {
        const id = /payee=(\w+)/.exec(cookie ?? '')?.[1];
        const payee = id === undefined || !box.house ? undefined : await findPayee(box.house.db, id);
        if (!payee) return null;
        const { publicId, name, id: payeeId } = payee;
        return {
          actor: { kind: 'payee', id: publicId, name, ...origin },
          name,
          role: 'payee',
          scope: null,
          payeeId,
          session: { id: 'ps_1', steppedUpAt: null },
        };
      },
    ],
  });
  box.house = house;
  return house;
}

/** Calls as this payee. */
export function asPayee(house: House, payee: string) {
  return async (method: string, path: string, body?: unknown) =>
    house.ask(method, `/api/payee${path}`, body, { key: null, headers: { cookie: `payee=${payee}` } });
}

export const dayMs = 24 * 60 * 60_000;

/** A ticket of 10.00 USD less 10 % of an organizer, `more` replaces what is given. */
export function ticket(organizer: string, number: number, more: Record<string, unknown> = {}) {
  return {
    sourceType: 'ticket',
    externalId: `${organizer}-T${number}`,
    payeeExternalId: organizer,
    amount: 1000,
    currency: 'USD',
    feeBps: 1000,
    payee: {
      name: organizer,
      email: `${organizer}@example.com`,
      payoutMethod: { type: 'paypal', destination: `${organizer}@example.com` },
    },
    ...more,
  };
}

/** Tickets of one organizer, recorded. */
export async function sell(
  house: House,
  organizer: string,
  count: number,
  more: Record<string, unknown> = {},
  from = 0,
): Promise<void> {
  const earnings = Array.from({ length: count }, (_, index) => ticket(organizer, from + index + 1, more));
  const got = await house.ask('POST', '/api/admin/earnings', { earnings });
  const { created } = got.body['counts'] as { created: number };
  if (created !== count) throw new Error(`sold ${created} of ${count}: ${got.text}`);
}

/** What the clock does: frees what matured, declines what expired. */
export async function tick(house: House, ms = 0): Promise<number> {
  house.clock.ms += ms;
  const ctx = { ...house.deps, log: house.deps.log } as unknown as EngineContext;
  return (await settleOnce(ctx)) + (await expireOnce(ctx));
}

/** Asks for a payout as the payee; answers its id. */
export async function request(house: House, payee: string): Promise<string> {
  const ask = asPayee(house, payee);
  const got = await ask('POST', '/request-payout', {});
  if (got.status !== 201) throw new Error(`not requested: ${got.text}`);
  return got.body['id'] as string;
}

/** The balance of a payee in its main currency. */
export async function balance(house: House, payee: string) {
  const { body } = await house.ask('GET', `/api/admin/payees/${payee}/balance`);
  const { available, pending, reserved, totalEarnings } = body;
  return { available, pending, reserved, totalEarnings };
}

/** What `ledger verify` finds. */
export async function differences(house: House): Promise<unknown> {
  return (await house.ask('GET', '/api/admin/ledger/verify')).body['differences'];
}
