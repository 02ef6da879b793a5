import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { errorCode } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { testVault } from '../support/vault.ts';
import { verify } from '../../src/store/verify.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const request = (
  more: string,
  values: string,
) => `insert into payout (public_id, kind, payee_id, amount, currency, state,
  method_id, requested_by_kind, requested_by_id, requested_by_name, expires_at, created_at, state_at ${more})
  values ('po_' || random(), 'request', 1, 5, 'USD', ${values})`;
const waits = `'pending_approval', 1, 'payee', 'py_1', 'Ana', now(), now(), now()`;

async function refused(db: Db, statement: string): Promise<string | null> {
  try {
    await db.transaction().execute(async (tx) => sql.raw(statement).execute(tx));
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

onBoth((engine) => {
  it('takes a database that has rows as available, made by runs, and verified', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    const { rows } = await sql<{ kind: string; open: boolean | null; pending: boolean }>`select p.kind,
      p.open_request as open, e.pending from payout p join payout_earning l on l.payout_id = p.id
      join earning e on e.id = l.earning_id`.execute(opened.db);
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ kind: 'cycle', open: null, pending: false })));
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
  });

  it('holds one open request per payee and currency, however it is written', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    expect(await refused(db, request('', waits))).toBeNull();
    expect(await refused(db, request('', waits))).toBe('23505');
    expect(await refused(db, `update payout set currency = 'EUR'`)).toBeNull();
    expect(await refused(db, request('', waits))).toBeNull();
    // A second try of one that failed is not in flight again.
    expect(
      await refused(
        db,
        request(', attempt_count', `'queued', 1, 'payee', 'py_1', 'Ana', null, now(), now(), 2`),
      ),
    ).toBeNull();
  });

  it.each([
    [
      'a payout that nobody asked for',
      `insert into payout (public_id, kind, payee_id, amount, currency, state, created_at, state_at)
      values ('x', 'request', 1, 5, 'USD', 'pending_approval', now(), now())`,
    ],
    [
      'an end of waiting where nothing waits',
      request('', `'approved', 1, 'payee', 'py_1', 'Ana', now(), now(), now()`),
    ],
    ['an end of a hold without a hold', request(', hold_until', `${waits}, now()`)],
    ['paid by hand without a reference', request(', paid_by_hand_at', `${waits}, now()`)],
    ['a recovery of nothing', `insert into payout_recovery (payout_id, earning_id, amount) values (1, 1, 0)`],
  ])('refuses %s', async (_what, statement) => {
    await using opened = await engine.open();
    expect(await refused(opened.db, statement)).toBe('23514');
  });

  it('recovers an earning once, and never forgets who approved', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const recovery = (payout: number) =>
      `insert into payout_recovery (payout_id, earning_id, amount) values (${payout}, 7, 5)`;
    expect(await refused(db, recovery(1))).toBeNull();
    expect(await refused(db, recovery(2))).toBe('23505');
    expect(
      await refused(db, `insert into payout_approval values (1, 1, 'person', 'pe_1', 'Ann', now())`),
    ).toBeNull();
    expect(await refused(db, `update payout_approval set actor_id = 'pe_2'`)).toBe('P0001');
    expect(await refused(db, `delete from payout_approval`)).toBe('P0001');
    expect(await refused(db, `truncate payout_approval`)).toBe('P0001');
  });
});
