import { Stripe } from 'stripe';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import { keepEvent } from '../../src/actions/provider-events.ts';
import { makePayout } from '../../src/actions/requests.ts';
import { retryFailed } from '../../src/actions/batches.ts';
import * as accounts from '../../src/engine/accounts.ts';
import { runRound } from '../../src/engine/service.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { bankPayoutsOf } from '../../src/store/bank-payouts.ts';
import { findCycle } from '../../src/store/cycles.ts';
import { all } from '../../src/store/db.ts';
import { eligibleTotals } from '../../src/store/eligibility.ts';
import { findPayout, timelineOf } from '../../src/store/payouts.ts';
import type { AccountRow } from '../../src/store/provider-accounts.ts';
import { accountsOfPayee } from '../../src/store/provider-accounts.ts';
import { sealedTotals } from '../../src/store/seal.ts';
import { presentPayout } from '../../src/wire/payouts.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { brokenBooks } from '../support/invariants.ts';
import { states } from './harness.ts';
import type { Stage } from './stripe-stage.ts';
import { creators, payAll, payThrough, secret, stripeStage, workUntilQuiet } from './stripe-stage.ts';

// What Stripe says of payees' accounts, and what becomes of the money in them.

const everything = { batchId: null };
const dayMs = 24 * 3_600_000;

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(() => shared.close());
beforeEach(() => shared.reset());

const stage = async (words: readonly string[]) => stripeStage(shared.connect(), creators(words));

async function accountOf({ world }: Stage, payeeId: bigint): Promise<AccountRow> {
  const [account] = await accountsOfPayee(world.db, payeeId, 10);
  if (!account) throw new Error('the account was not taken up');
  return account;
}

/** How many of cycle 18 are eligible and not, by status; the dry run and the list of cycles say the same. */
async function totals({ world }: Stage): Promise<Record<string, number>> {
  const cycleId = (await findCycle(world.db, '18'))?.id ?? 0n;
  const scope = { cycleId, newOnly: false, earningIds: null };
  const count = (rows: readonly { status: string; count: bigint }[]) =>
    Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
  const sealed = count(await sealedTotals(world.db, scope, 'stripe', world.now()));
  expect(count(await eligibleTotals(world.db, scope, ['stripe'], world.now()))).toEqual(sealed);
  return sealed;
}

const control = ({ side }: Stage, account: string, state: object) =>
  side.client.control('POST', `accounts/${account}`, state);

let events = 0;

/** An event as Stripe signs it; false when it is not believed, or known already. */
async function hear(
  { world, side }: Stage,
  type: string,
  object: object,
  more: { account?: string; id?: string; created?: number; secret?: string } = {},
): Promise<boolean> {
  const { account = 'acct_1C0', id = `evt_${(events += 1)}`, secret: by = secret } = more;
  const seconds = Math.floor(world.now().getTime() / 1000);
  const created = more.created ?? seconds;
  const payload = JSON.stringify({ id, object: 'event', type, account, created, data: { object } });
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp: seconds });
  const raw = { headers: { 'stripe-signature': header }, body: Buffer.from(payload) };
  const event = await side.provider.verifyEvent(raw, world.now());
  if (event === null) return false;
  const isNew = await keepEvent(world, 'stripe', event, payload);
  await runRound(world, everything);
  return isNew;
}

it('an account that cannot be paid is not eligible, with what Stripe asks for; what nobody knows is', async () => {
  const from = await stage(['', 'disabled', 'missing']);
  const { world } = from;
  expect(await totals(from)).toEqual({ eligible: 3 });
  await runRound(world, everything);
  expect(await totals(from)).toEqual({ eligible: 1, method_not_ready: 2 });
  expect(await accountOf(from, 1n)).toMatchObject({ state: 'ready', transfersEnabled: true, askedFor: [] });
  const disabled = await accountOf(from, 2n);
  expect(disabled).toMatchObject({ state: 'not_ready', reasonCode: 'receiver_not_enabled' });
  expect(disabled.askedFor.length).toBeGreaterThan(0);
  expect(disabled.reasonDetail).toContain(disabled.askedFor[0]);
  expect(await accountOf(from, 3n)).toMatchObject({ reasonCode: 'receiver_account_invalid' });
  expect(await payThrough(world, 'stripe')).toMatchObject({ ok: true, value: { totalItems: 1 } });
  // No address is kept in the open, nor in the log.
  const rows = await all(world.db, sql`select * from provider_account`);
  expect(JSON.stringify(rows, (_, value: unknown) => String(value))).not.toContain('acct_');
  expect(JSON.stringify(world.logged)).not.toContain('acct_');
});

it('a payout that failed for its account says so when the account is ready, and is paid by the retry', async () => {
  const from = await stage(['', '']);
  const { world } = from;
  // The account is switched off after the run began: Stripe refuses the transfer, for good.
  await control(from, 'acct_1C0', { transfers: 'inactive', currentlyDue: ['external_account'] });
  const started = await payThrough(world, 'stripe');
  await workUntilQuiet(world, from.pass);
  expect(await states(world)).toEqual(['failed', 'completed']);
  expect(await totals(from)).toEqual({ method_not_ready: 1 });
  const batchPublicId = started.ok ? started.value.batchId : '';
  const retry = async () =>
    retryFailed(world, world.providers.of('stripe'), { batchPublicId, startedBy: 'ann' });
  expect(await retry()).toMatchObject({ ok: false });
  await from.pass(1000);
  await control(from, 'acct_1C0', { transfers: 'active', currentlyDue: [] });
  expect(await hear(from, 'account.updated', { id: 'acct_1C0', object: 'account' })).toBe(true);
  expect(await totals(from)).toEqual({ eligible: 1 });
  const failed = await findPayout(world.db, 'sel0');
  expect(
    failed && presentPayout(failed, { unclaimedDays: 0, now: world.now(), zone: 'UTC', language: 'en' }),
  ).toMatchObject({
    status: 'failed',
    waitingOn: 'you',
    nextStep: expect.stringContaining('can be paid now. Retry') as string,
  });
  expect(await retry()).toMatchObject({ ok: true });
  await workUntilQuiet(world, from.pass);
  expect(await states(world)).toEqual(['completed', 'completed']);
  expect(await brokenBooks(world.db)).toEqual([]);
});

it('an approved payout waits for the payee while their account is not ready', async () => {
  const from = await stage(['']);
  const { world } = from;
  await runRound(world, everything);
  const made = await makePayout(world, {
    payeeId: 'user0',
    amount: 700n,
    currency: 'USD',
    statementId: 'st1',
    reason: null,
  });
  const payoutIds = [made.ok ? made.value.payoutId : ''];
  const approver = { ...world, actor: { ...world.actor, kind: 'key', id: 'ak_1', name: 'ann' } as const };
  await approvePayouts(approver, { payoutIds, approvalHash: null });
  await control(from, 'acct_1C0', { payoutsEnabled: false, currentlyDue: ['external_account'] });
  await hear(from, 'account.updated', { id: 'acct_1C0', object: 'account' });
  const pay = async () => payApproved(world, world.providers.of('stripe'), { startedBy: 'ann', notes: null });
  expect(await pay()).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  const waits = await findPayout(world.db, payoutIds[0] ?? '');
  expect(
    waits && presentPayout(waits, { unclaimedDays: 0, now: world.now(), zone: 'UTC', language: 'en' }),
  ).toMatchObject({
    label: 'Approved, waiting for payee: their account is not ready',
    nextStep: expect.stringContaining('cannot receive payouts yet') as string,
    waitingOn: 'payee',
  });
  await control(from, 'acct_1C0', { payoutsEnabled: true, currentlyDue: [] });
  await hear(from, 'account.updated', { id: 'acct_1C0', object: 'account' });
  expect(await pay()).toMatchObject({ ok: true, value: { totalItems: 1 } });
});

it('looks at a few accounts in a round, again when somebody is to be paid, and never twice at once', async () => {
  const from = await stage(Array.from({ length: 45 }, () => ''));
  const { world } = from;
  const asked: number[] = [];
  for (let round = 0; round < 4; round += 1) asked.push(await accounts.runOnce(world));
  expect(asked).toEqual([20, 20, 5, 0]);
  // A day later those who are to be paid are looked at again; after they were paid, nobody is.
  await from.pass(dayMs);
  const [one, other] = await Promise.all([accounts.runOnce(world), accounts.runOnce(world)]);
  expect([one + other, await accounts.runOnce(world)]).toEqual([40, 5]);
  await payThrough(world, 'stripe');
  await workUntilQuiet(world, from.pass);
  await from.pass(dayMs);
  expect([await accounts.runOnce(world), await accounts.runOnce(world)]).toEqual([0, 0]);
  // An event names one.
  await hear(from, 'account.application.deauthorized', { id: 'ca_1', object: 'application' });
  const [checked] = await all(
    world.db,
    sql<{ n: bigint }>`select count(*) as n from provider_account where checked_at = ${world.now()}`,
  );
  expect(checked?.n).toBe(1n);
});

it('a provider that does not answer says nothing: the account stays as it was known', async () => {
  const from = await stage(['']);
  const { world } = from;
  await from.side.client.control('POST', 'faults', {
    provider: 'stripe',
    method: 'GET',
    path: '/v1/accounts',
    fault: 'drop_before',
  });
  await runRound(world, everything);
  expect(await accountOf(from, 1n)).toMatchObject({ state: 'unknown', checkedAt: null });
  expect(await totals(from)).toEqual({ eligible: 1 });
  await from.side.client.control('DELETE', 'faults');
  expect(await accounts.runOnce(world)).toBe(0);
  await from.pass(15 * 60_000);
  expect(await accounts.runOnce(world)).toBe(1);
  expect(await accountOf(from, 1n)).toMatchObject({ state: 'ready' });
});

const bank = (id: string, status: string, more: object = {}) => ({
  id,
  object: 'payout',
  status,
  amount: 1000,
  currency: 'usd',
  failure_code: status === 'failed' ? 'account_closed' : null,
  ...more,
});

it('what the bank did with the money is on the payee and on the payout, and moves nothing', async () => {
  const from = await stage(['']);
  const { world } = from;
  await payAll(from);
  const before = await states(world);
  expect(await hear(from, 'payout.failed', bank('po_1', 'failed'), { secret: 'whsec_forged' })).toBe(false);
  expect(await hear(from, 'payout.failed', bank('po_1', 'failed'), { id: 'evt_f' })).toBe(true);
  expect(await hear(from, 'payout.failed', bank('po_1', 'failed'), { id: 'evt_f' })).toBe(false);
  const account = await accountOf(from, 1n);
  const shown = async () =>
    (await bankPayoutsOf(world.db, account.id, 10)).map(({ providerPayoutId, status, failureCode }) =>
      [providerPayoutId, status, failureCode ?? ''].join(' ').trim(),
    );
  expect(await shown()).toEqual(['po_1 failed account_closed']);
  const [alert] = await openAlertsList(world.db, 10);
  expect(alert).toMatchObject({ kind: 'bank_payout_failed', subject: account.publicId, seen: 1 });
  expect(alert?.message).toContain('payee user0 did not take 10.00 USD (account_closed): po_1');
  expect(alert?.message).toContain('nothing is sent again');
  // Late: what was told before the failure comes after it.
  const earlier = Math.floor(world.now().getTime() / 1000) - 60;
  await hear(from, 'payout.created', bank('po_1', 'pending'), { created: earlier });
  await hear(from, 'payout.paid', bank('po_1', 'paid'), { created: earlier });
  expect(await shown()).toEqual(['po_1 failed account_closed']);
  expect(await openAlertsList(world.db, 10)).toHaveLength(1);
  // The payee mends it, and Stripe pays out again: another payment to the bank, and the alert is over.
  await from.pass(60_000);
  await hear(from, 'payout.paid', bank('po_2', 'paid'));
  expect(await shown()).toEqual(['po_2 paid', 'po_1 failed account_closed']);
  expect(await openAlertsList(world.db, 10)).toEqual([]);
  // Paid, and given back by the bank after all.
  await from.pass(60_000);
  await hear(from, 'payout.failed', bank('po_2', 'failed'));
  expect(await shown()).toEqual(['po_2 failed account_closed', 'po_1 failed account_closed']);
  const payout = await findPayout(world.db, 'sel0');
  const timeline = await timelineOf(world.db, payout?.id ?? 0n);
  expect(timeline.filter(({ event }) => event.startsWith('bank_'))).toMatchObject([
    { event: 'bank_failed', actor: 'stripe', detail: 'po_1: account_closed' },
  ]);
  expect(await states(world)).toEqual(before);
  expect(await brokenBooks(world.db)).toEqual([]);
});

it('names no payout where several, or none, can be meant, and keeps nothing of strangers', async () => {
  const from = await stage(['']);
  const { world } = from;
  await payAll(from);
  await hear(from, 'payout.paid', bank('po_1', 'paid', { amount: 999 }));
  await hear(from, 'payout.paid', bank('po_2', 'paid'), { account: 'acct_1Stranger' });
  const account = await accountOf(from, 1n);
  expect(await bankPayoutsOf(world.db, account.id, 10)).toMatchObject([{ payoutId: null }]);
  const [counted] = await all(world.db, sql<{ n: bigint }>`select count(*) as n from bank_payout`);
  expect(counted?.n).toBe(1n);
  const [open] = await all(
    world.db,
    sql<{ n: bigint }>`select count(*) as n from provider_event where processed_at is null`,
  );
  expect(open?.n).toBe(0n);
});

it('the older transfer.paid and transfer.failed make Purser look at the transfer, and believe neither', async () => {
  const from = await stage(['']);
  const { world, side } = from;
  await payAll(from);
  const [made] = await side.client.effects();
  await hear(from, 'transfer.failed', { id: made?.transferId, object: 'transfer' });
  expect(await states(world)).toEqual(['completed']);
  await side.client.post(`/v1/transfers/${made?.transferId ?? ''}/reversals`, {});
  await hear(from, 'transfer.paid', { id: made?.transferId, object: 'transfer' });
  expect(await states(world)).toEqual(['returned']);
});

it('reads one-item submissions side by side when it reconciles', async () => {
  const from = await stage(Array.from({ length: 40 }, () => ''));
  const { world, side } = from;
  let running = 0;
  let most = 0;
  const fetchStatus = side.provider.fetchStatus.bind(side.provider);
  side.provider.fetchStatus = async (...asked) => {
    most = Math.max(most, (running += 1));
    return fetchStatus(...asked).finally(() => (running -= 1));
  };
  await payAll(from);
  const runs = await all(
    world.db,
    sql<{ checked: number; differences: number }>`select checked, differences from reconciliation_run
      where finished_at is not null`,
  );
  expect(runs).toEqual([{ checked: 40, differences: 0 }]);
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual(20);
});
