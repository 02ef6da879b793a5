import { sql } from 'kysely';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';

/** A call that leaves this event. */
interface Deed {
  readonly event: string;
  readonly body?: unknown;
  readonly id?: string;
  readonly cookie?: string;
  readonly actor?: Record<string, unknown>;
}

/** What the walk has at hand: its house, a new cycle with a winner, a payout that failed, a payee who is signed in. */
interface Walk {
  readonly house: () => House;
  readonly cycle: () => Promise<string>;
  readonly failed: () => Promise<{ payout: string }>;
  readonly payeeIn: () => Promise<{ cookie: string; actor: Record<string, unknown> }>;
}

const spare = { type: 'paypal', destination: 'spare@example.com', use: 'none' };

/** A payee of the team, with a second method; where its route is. */
async function withSpare({ house, cycle }: Walk): Promise<string> {
  const who = `${await cycle()}-user1`;
  const { body } = await house().ask('POST', `/api/admin/payees/${who}/payout-methods`, spare);
  return `${who}/payout-methods/${String(body['id'])}`;
}
/** The same, as the payee who is signed in. */
async function ownSpare({ house, payeeIn }: Walk) {
  const come = await payeeIn();
  const options = { key: null, headers: { cookie: come.cookie } };
  const { body } = await house().ask('POST', '/api/payee/payout-methods', spare, options);
  return { ...come, id: String(body['id']) };
}
/** A method and its payee that were frozen by the link of a mail. */
async function frozen(walk: Walk): Promise<string> {
  const at = await withSpare(walk);
  await sql`update payout_method set frozen_at = now() where public_id = ${at.split('/').at(-1)}`.execute(
    walk.house().db,
  );
  return at;
}
/** A payout that failed, as its payee who says where else it shall go. */
async function paidAgain({ house, failed }: Walk): Promise<Deed> {
  const { payout: id } = await failed();
  const { body } = await house().ask('GET', `/api/admin/payouts/${id}`);
  const { cookie } = await signIn(house(), String(body['payeeId']));
  const method = { type: 'paypal', destination: 'mended@example.com' };
  const actor = { kind: 'payee', name: 'User 1' };
  return { event: 'payout_method.added', id, body: { method }, cookie, actor };
}
/** Deeds of the routes of payout methods and holds. */
export function methodDeeds(walk: Walk): Readonly<Record<string, () => Promise<Deed>>> {
  return {
    'POST /api/payee/payouts/:id/pay-again': async () => paidAgain(walk),
    'POST /api/admin/payees/:id/payout-methods': async () => ({
      event: 'payout_method.added',
      id: `${await walk.cycle()}-user1`,
      body: spare,
    }),
    'POST /api/admin/payees/:id/payout-methods/:methodId/default': async () => ({
      event: 'payout_method.chosen',
      id: await withSpare(walk),
    }),
    'POST /api/admin/payees/:id/payout-methods/:methodId/backup': async () => ({
      event: 'payout_method.chosen',
      id: await withSpare(walk),
    }),
    'POST /api/admin/payees/:id/payout-methods/:methodId/release': async () => ({
      event: 'payout_method.released',
      id: await frozen(walk),
    }),
    'DELETE /api/admin/payees/:id/payout-methods/:methodId': async () => ({
      event: 'payout_method.retired',
      id: await withSpare(walk),
    }),
    'POST /api/admin/payees/:id/hold': async () => ({
      event: 'payee.held',
      id: `${await walk.cycle()}-user1`,
      body: { reason: 'walked' },
    }),
    'POST /api/admin/payees/:id/release': async () => {
      const id = `${await walk.cycle()}-user1`;
      await walk.house().ask('POST', `/api/admin/payees/${id}/hold`, { reason: 'walked' });
      return { event: 'payee.released', id };
    },
    'POST /api/payee/payout-methods': async () => ({
      ...(await walk.payeeIn()),
      event: 'payout_method.added',
      body: spare,
    }),
    'POST /api/payee/payout-methods/:id/default': async () => ({
      ...(await ownSpare(walk)),
      event: 'payout_method.chosen',
    }),
    'POST /api/payee/payout-methods/:id/backup': async () => ({
      ...(await ownSpare(walk)),
      event: 'payout_method.chosen',
    }),
    'DELETE /api/payee/payout-methods/:id': async () => ({
      ...(await ownSpare(walk)),
      event: 'payout_method.retired',
    }),
  };
}
