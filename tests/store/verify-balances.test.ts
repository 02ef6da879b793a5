import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { markPaid } from '../../src/actions/by-hand.ts';
import { recordEarnings } from '../../src/actions/earnings.ts';
import { exportTransfers } from '../../src/actions/hand-export.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import type { Db } from '../../src/store/db.ts';
import { errorCode, transaction } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { testVault } from '../support/vault.ts';
import { onBoth } from './engines.ts';
import type { StagedWorld } from './stage.ts';
import { stageOn } from './stage.ts';

const one = (table: string, where = 'true') => `ctid = (select ctid from ${table} where ${where} limit 1)`;

/** Single rows changed by somebody who can do anything in the database. */
const corruptions: Readonly<Record<string, string>> = {
  'an earning that was available waits': `update earning set pending = true where ${one('earning', 'not pending and reversed_at is null')}`,
  'an earning that waits is available': `update earning set pending = false where ${one('earning', 'pending')}`,
  'an earning was taken back': `update earning set reversed_at = now(), reversed_reason = 'x' where ${one('earning', 'not pending and reversed_at is null')}`,
  'an earning was not taken back': `update earning set reversed_at = null, reversed_reason = null where ${one('earning', 'reversed_at is not null')}`,
  'a recovery is gone': `delete from payout_recovery where ${one('payout_recovery')}`,
  'a recovery is smaller': `update payout_recovery set amount = amount - 1 where ${one('payout_recovery')}`,
  'a recovery is free again': `update payout_recovery set released_at = now() where ${one('payout_recovery')}`,
  'a recovery is of another earning': `update payout_recovery set earning_id = earning_id + 1 where ${one('payout_recovery')}`,
  'a recovery is of another payout': `update payout_recovery set payout_id = payout_id + 9 where ${one('payout_recovery')}`,
  'a request was never made': `delete from payout where ${one('payout', `state = 'pending_approval'`)}`,
  'a request is worth more': `update payout set amount = amount + 1 where ${one('payout', `state = 'pending_approval'`)}`,
  'a request was declined': `update payout set state = 'declined', expires_at = null where ${one('payout', `state = 'pending_approval'`)}`,
  'a request never ends': `update payout set expires_at = null where ${one('payout', `state = 'pending_approval'`)}`,
  'a request is pinned to a method that is not there': `update payout set method_id = 999 where ${one('payout', `state = 'pending_approval'`)}`,
  'a payment by hand was not by hand': `update payout set paid_by_hand_at = null, paid_reference = null where ${one('payout', `state = 'completed'`)}`,
  'a payment by hand never was': `update payout set state = 'approved' where ${one('payout', `state = 'completed'`)}`,
  'what was handed over is not marked so': `update payout set hand_exported_at = null where ${one('payout', 'hand_exported_at is not null')}`,
  'what was not handed over is marked so': `update payout set hand_exported_at = now() where ${one('payout', 'hand_exported_at is null')}`,
  'a reference it was paid under is gone': `delete from payout_paid_reference where ${one('payout_paid_reference')}`,
  'a transfer is gone': `delete from hand_transfer where ${one('hand_transfer')}`,
  'a transfer was of more': `update hand_transfer set amount = amount + 1 where ${one('hand_transfer')}`,
  'a transfer went to another account': `update hand_transfer set method_id = method_id + 9 where ${one('hand_transfer')}`,
  'an export had more transfers': `update hand_transfer_export set transfer_count = 2 where ${one('hand_transfer_export')}`,
  'an export was by another method': `update hand_transfer_export set method = 'moncash' where ${one('hand_transfer_export')}`,
  'a ticket of a request is gone': `delete from payout_earning where ${one('payout_earning')}`,
  'a journal of a payout is of another one': `update journal set source_id = source_id + 1 where ${one('journal', `source_type = 'payout'`)}`,
};

/** A payee whose earnings wait, are paid by hand, taken back after that, and recovered by a second request. */
async function life(world: StagedWorld): Promise<void> {
  const method = { type: 'bank', kind: 'bank_account', destination: 'HT-1' };
  const ticket = (number: number, availableAt: Date | null = null) => ({
    sourceType: 'ticket',
    externalId: `T${number}`,
    payeeExternalId: 'org',
    cycleId: null,
    gross: 6000n,
    feeBps: 1000,
    currency: 'USD',
    note: null,
    availableAt,
    payee: { name: 'Org', email: null, method },
  });
  const approver = { ...world, actor: { ...world.actor, kind: 'person' as const, id: 'pe_1' } };
  const ask = async () => {
    const asked = await requestPayout(world, { payee: 'org', currency: 'USD' });
    if (!asked.ok) throw new Error(asked.message);
    return asked.value.payoutId;
  };
  await recordEarnings(world, [ticket(1), ticket(2), ticket(3, new Date(world.clock.ms + 1000))]);
  const payoutId = await ask();
  await approvePayouts(approver, { payoutIds: [payoutId], approvalHash: null });
  await exportTransfers(world, { method: 'bank', currency: null, again: false, payoutIds: null });
  await markPaid(approver, { payoutId, reference: 'R-1', notes: null });
  await reverseEarnings(world, [{ sourceType: 'ticket', externalId: 'T1', reason: 'refund' }]);
  await recordEarnings(world, [ticket(4), ticket(5)]);
  await ask();
  await recordEarnings(world, [ticket(6)]);
}

class UndoError extends Error {}

async function isFound(db: Db, statement: string): Promise<boolean> {
  let found = false;
  await transaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['journal', 'hand_transfer', 'hand_transfer_export', 'payout_paid_reference'])
      await sql.raw(`alter table ${table} disable trigger all`).execute(tx);
    const { numAffectedRows } = await sql.raw(statement).execute(tx);
    if (numAffectedRows !== 1n) throw new Error(`${statement} touched ${numAffectedRows} rows`);
    found = (await verify(tx, await testVault(tx))).differences.length > 0;
    throw new UndoError();
  }).catch((error: unknown) => {
    // What a key or a check refuses needs no finding.
    if (errorCode(error)?.startsWith('23')) found = true;
    else if (!(error instanceof UndoError)) throw error;
  });
  return found;
}

onBoth((engine) => {
  it('finds every row of balances, requests and recoveries that somebody changed', async () => {
    await using opened = await engine.open();
    await life(await stageOn(opened.db, []));
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
    const missed: string[] = [];
    for (const [what, statement] of Object.entries(corruptions))
      if (!(await isFound(opened.db, statement))) missed.push(what);
    expect(missed).toEqual([]);
  });
});
