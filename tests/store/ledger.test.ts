import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { earningRecorded, payoutMoved } from '../../src/ledger/postings.ts';
import type { Db } from '../../src/store/db.ts';
import { all, errorCode, transaction } from '../../src/store/db.ts';
import { BalanceError, balanceOf, openBalances, post } from '../../src/store/ledger.ts';
import { onBoth } from './engines.ts';

const now = new Date(Date.UTC(2026, 10, 20));
const fact = (id: bigint, net = 1000n) => earningRecorded({ id, payeeId: 7n, net, fee: 0n, currency: 'USD' });
const move = (attemptId: bigint, amount = 1000n) =>
  payoutMoved({
    attemptId,
    payeeId: 7n,
    provider: 'paypal',
    amount,
    currency: 'USD',
    from: 'failed',
    to: 'queued',
  });

async function record(db: Db, ...ids: bigint[]): Promise<void> {
  await transaction(db, async (tx) => {
    await openBalances(tx, [{ ownerId: 7n, currency: 'USD' }]);
    await post(
      tx,
      'earning',
      'recorded',
      ids.map((id) => fact(id)),
      now,
    );
  });
}

onBoth((engine) => {
  it('posts a fact once for ever: a second time fails loudly and changes nothing', async () => {
    await using opened = await engine.open();
    await record(opened.db, 1n, 2n);
    const error: unknown = await record(opened.db, 3n, 2n).catch((thrown: unknown) => thrown);
    expect(errorCode(error)).toBe('23505');
    expect(await balanceOf(opened.db, 7n, 'USD')).toEqual({ available: 2000n, reserved: 0n });
  });

  it('refuses to take more than a payee has', async () => {
    await using opened = await engine.open();
    await record(opened.db, 1n);
    const taken = transaction(opened.db, (tx) => post(tx, 'attempt', 'queued', [move(1n) ?? fact(9n)], now));
    await taken;
    const more = transaction(opened.db, (tx) =>
      post(tx, 'attempt', 'queued', [move(2n, 1n) ?? fact(9n)], now),
    );
    await expect(more).rejects.toThrow(BalanceError);
    expect(await balanceOf(opened.db, 7n, 'USD')).toEqual({ available: 0n, reserved: 1000n });
  });

  it('refuses to post to a guarded account that has no balance row', async () => {
    await using opened = await engine.open();
    const posting = transaction(opened.db, (tx) => post(tx, 'earning', 'recorded', [fact(1n)], now));
    await expect(posting).rejects.toThrow('have no balance row');
    expect(await all(opened.db, sql`select 1 from journal`)).toEqual([]);
  });

  it('keeps a balance right under postings that race for it', async () => {
    await using opened = await engine.open();
    await record(opened.db, 1n);
    const processes = engine.shared ? [opened.db, opened.again(), opened.again()] : [opened.db];
    const postings = Array.from({ length: 24 }, (_, index) =>
      record(processes[index % processes.length] ?? opened.db, BigInt(100 + index)),
    );
    await Promise.all(postings);
    expect(await balanceOf(opened.db, 7n, 'USD')).toEqual({ available: 25_000n, reserved: 0n });
  });
});
