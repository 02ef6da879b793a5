import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { markPaid } from '../../src/actions/by-hand.ts';
import { exportTransfers } from '../../src/actions/hand-export.ts';
import { markPaidRows } from '../../src/actions/mark-paid-file.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { verify } from '../../src/store/verify.ts';
import type { House } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';
import { sell } from './tickets.ts';

// On PostgreSQL, two servers: somebody marks a payout as paid by hand while it is sent automatically.

const rounds = 20;

let town: TwoServers;
let house: House;
let other: House;
beforeAll(async () => {
  town = await openTwoServers();
  [house, other] = town.houses;
});
afterAll(async () => town[Symbol.asyncDispose]());

async function approved(payee: string, type = 'paypal'): Promise<string> {
  const payoutMethod = { type, destination: `${payee}@example.com` };
  await sell(house, payee, 6, { payee: { name: payee, payoutMethod } });
  const { body } = await house.ask('POST', `/api/admin/payees/${payee}/request-payout`, {});
  const key = house.keys.approver;
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [body['id']] }, { key });
  return String(body['id']);
}
const as = (deps: ApiDeps, name: string): ApiDeps => ({ ...deps, actor: { ...deps.actor, name } });
const after = async (statements: number, work: () => Promise<unknown>): Promise<unknown> => {
  for (let count = 0; count < statements; count += 1) await sql`select 1`.execute(house.db);
  return work();
};
const send = async () =>
  payApproved(as(other.deps, 'sender'), other.deps.providers.of('paypal'), {
    startedBy: 'sender',
    notes: null,
  });

it('trap 24: of marking paid and sending automatically exactly one wins, and the other learns who did, 20 times', async () => {
  const won = { byHand: 0, automatic: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const payoutId = await approved(`race${round}`);
    const input = { payoutId, reference: `R${round}`, notes: null };
    // Every other time the other one starts first, and by file every other time.
    const row = { ...input, amount: 5400n, currency: 'USD', paidOn: null };
    const byFile = async () => (await markPaidRows(as(house.deps, 'jean'), [row]))[0]?.result === 'paid';
    const alone = async () => (await markPaid(as(house.deps, 'jean'), input)).ok;
    const mark = round % 4 < 2 ? alone : byFile;
    const [first, second] = round % 2 === 0 ? [mark, send] : [send, mark];
    // The first one starts a few statements later in some rounds, so that they meet at different places.
    const answers = await Promise.all([after(round % 7, first), second()]);
    const marked = answers[round % 2] === true;
    const { body } = await house.ask('GET', `/api/admin/payouts/${payoutId}`);
    won[marked ? 'byHand' : 'automatic'] += 1;
    expect(body).toMatchObject(
      marked ? { status: 'completed', attempts: [] } : { status: 'queued', attempts: [{ ordinal: 1 }] },
    );
    // Whoever came late is told who was faster.
    const late = marked
      ? await markPaid(house.deps, { ...input, reference: 'late' })
      : await markPaid(house.deps, input);
    expect(late).toMatchObject({ ok: false, details: { doneBy: marked ? 'jean' : 'sender' } });
    if (marked) expect(await send()).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  }
  expect(won.byHand + won.automatic).toBe(rounds);
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
});

it('of several exports at once each payout is in exactly one', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, async (_, at) => approved(`bank${at}`, 'bank')));
  const filter = { method: 'bank', currency: null, again: false, payoutIds: null } as const;
  const made = await town.everywhere(6, async ({ deps }) => exportTransfers(deps, filter));
  const handed = made.flatMap((one) => (one.ok ? one.value.transfers.map(({ publicId }) => publicId) : []));
  expect(handed.toSorted()).toEqual(ids.toSorted());
});

it('what is handed over while a provider prepares it goes one way only', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const payoutId = await approved(`both${round}`, 'bank');
    // A provider that pays what people pay by hand too.
    const rules = { ...other.deps.providers.of('paypal'), name: 'bank' };
    const filter = { method: 'bank', currency: null, again: false, payoutIds: [payoutId] } as const;
    const exporting = async () => exportTransfers(house.deps, filter);
    const sending = async () => payApproved(other.deps, rules, { startedBy: 'sender', notes: null });
    const [first, second] = round % 2 === 0 ? [exporting, sending] : [sending, exporting];
    const answers = await Promise.all([first(), second()]);
    expect(answers.filter(({ ok }) => ok).length).toBe(1);
    const { body } = await house.ask('GET', `/api/admin/payouts/${payoutId}`);
    const wasExported = answers[round % 2]?.ok === true;
    expect(body).toMatchObject(wasExported ? { status: 'approved', attempts: [] } : { status: 'queued' });
  }
});
