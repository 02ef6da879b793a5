import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { importLegacy } from '../../src/actions/legacy-import.ts';
import { processCycle } from '../../src/actions/batches.ts';
import type { Db } from '../../src/store/db.ts';
import { errorCode, transaction } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { testVault } from '../support/vault.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import type { StagedWorld } from './stage.ts';
import { stageOn } from './stage.ts';

const one = (table: string, where: string) => `ctid = (select ctid from ${table} where ${where} limit 1)`;
const matched = `result = 'matched'`;

/** Single rows changed by somebody who can do anything in the database. */
const corruptions: Readonly<Record<string, string>> = {
  'a row was never matched': `update legacy_row set result = 'unmatched', payee_id = null, earning_id = null, payout_id = null, own_earning = false where ${one('legacy_row', matched)}`,
  'a row is gone': `delete from legacy_row where ${one('legacy_row', matched)}`,
  'a row that waits is gone': `delete from legacy_row where ${one('legacy_row', `result = 'unmatched'`)}`,
  'a row is worth more': `update legacy_row set amount = amount + 1 where ${one('legacy_row', matched)}`,
  'a row is of another payee': `update legacy_row set payee_id = payee_id + 1 where ${one('legacy_row', matched)}`,
  'a row is of another earning': `update legacy_row set earning_id = earning_id + 1 where ${one('legacy_row', `${matched} and not own_earning`)}`,
  'a row denies its own earning': `update legacy_row set own_earning = false where ${one('legacy_row', 'own_earning')}`,
  'a row points nowhere': `update legacy_row set import_id = 999 where ${one('legacy_row', matched)}`,
  'a count is wrong': `update legacy_tally set rows = rows + 1 where ${one('legacy_tally', matched)}`,
  'a sum is wrong': `update legacy_tally set amount = amount + 1 where ${one('legacy_tally', matched)}`,
  'a payout was made here': `update payout set kind = 'cycle' where ${one('payout', `kind = 'legacy' and state = 'completed'`)}`,
  'a payout did not arrive': `update payout set state = 'failed', reason_code = 'x' where ${one('payout', `kind = 'legacy' and state = 'completed'`)}`,
  'a payout that failed arrived': `update payout set state = 'completed', completed_at = now() where ${one('payout', `kind = 'legacy' and state = 'failed'`)}`,
  'a payout is gone': `delete from payout where ${one('payout', `kind = 'legacy' and state = 'failed'`)}`,
  'an earning is free again': `update payout_earning set released_at = now() where ${one('payout_earning', 'released_at is null')}`,
  'an earning of a failed payout is bound': `update payout_earning set released_at = null where ${one('payout_earning', 'released_at is not null')}`,
  'money left by the float': `update entry set account = 'provider_float', owner_id = 1 where ${one('entry', `account = 'legacy_paid'`)}`,
  'money on its way arrived': `update entry set account = 'legacy_paid' where ${one('entry', `account = 'legacy_clearing'`)}`,
};

const row = (line: number, more: Record<string, string>) => ({
  line,
  tooMany: false,
  cells: {
    batchId: 'B',
    itemId: '',
    transactionId: `T${line}`,
    reference: '',
    receiver: '',
    status: 'SUCCESS',
    amount: '10.00',
    currency: 'USD',
    fee: '',
    date: '2026-10-01',
    ...more,
  },
});

async function life(world: StagedWorld): Promise<void> {
  const { rows } = await sql<{
    earning: string;
    payee: string;
    amount: bigint;
    currency: string;
  }>`select e.external_id as
    earning, y.external_id as payee, e.net as amount, e.currency from earning e join payee y on y.id = e.payee_id order by e.id`.execute(
    world.db,
  );
  const [done, sent, failed, alone] = rows.map(({ earning, payee, amount, currency }) => ({
    reference: `winner-${earning}-${payee}`,
    payee,
    money: { amount: `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`, currency },
  }));
  const imported = await importLegacy(world, {
    importId: null,
    name: 'report.csv',
    cycleId: null,
    dryRun: false,
    rows: [
      row(1, { reference: done?.reference ?? '', ...done?.money }),
      row(2, { reference: sent?.reference ?? '', ...sent?.money, status: 'PENDING' }),
      row(3, { reference: failed?.reference ?? '', ...failed?.money, status: 'FAILED' }),
      row(4, { reference: `user-${alone?.payee ?? ''}` }),
      row(5, { reference: 'nobody' }),
      row(6, { amount: '1,5' }),
    ],
  });
  if (!imported.ok) throw new Error(imported.message);
  expect(imported.value.tallies.map(({ result, rows: count }) => [result, count])).toEqual([
    ['invalid', 1n],
    ['matched', 4n],
    ['unmatched', 1n],
  ]);
}

class UndoError extends Error {}

async function isFound(db: Db, statement: string): Promise<boolean> {
  let found = false;
  await transaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw('alter table entry disable trigger all').execute(tx);
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
  it('takes a database that has rows, imports beside them, and finds every row that somebody changed', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await stageOn(db, winners(5)).then(life);
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
    const missed: string[] = [];
    for (const [what, statement] of Object.entries(corruptions))
      if (!(await isFound(db, statement))) missed.push(what);
    expect(missed).toEqual([]);
  });

  it('holds by key and check what imports may write, and every kind of payout there was before', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(5));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, newOnly: true };
    await processCycle(world, world.provider, { ...input, earningIds: [5n] });
    await life({ ...world });
    const refused = async (statement: string) =>
      transaction(db, async (tx) => sql.raw(statement).execute(tx)).then(
        () => null,
        (error: unknown) => errorCode(error),
      );
    const copy = (changes: Record<string, string>) => {
      const names =
        'public_id, import_id, line, result, reason, row_key, reference, receiver, raw_status, state, amount, currency, payee_id, payout_id, transaction_id, created_at';
      const values = names
        .split(', ')
        .map(
          (name) =>
            changes[name] ?? (name === 'public_id' ? `'x' || random()` : name === 'line' ? '99' : name),
        );
      return `insert into legacy_row (${names}) select ${values.join(', ')} from legacy_row where ${one('legacy_row', matched)}`;
    };
    expect(await refused(copy({ payout_id: '-1' }))).toBe('23505');
    expect(await refused(copy({ transaction_id: `'other'` }))).toBe('23505');
    expect(await refused(copy({ payout_id: 'null', transaction_id: `'other'` }))).toBe('23514');
    expect(await refused(`update payout set attempt_count = 1 where kind = 'legacy'`)).toBe('23514');
    expect(await refused(`update payout set state = 'approved' where kind = 'legacy'`)).toBe('23514');
    expect(await refused(`update payout set kind = 'other' where kind = 'cycle'`)).toBe('23514');
    expect(await refused(`update payout set kind = 'request' where kind = 'cycle'`)).toBe('23514');
  });
});
