import { expect, it } from 'vitest';
import type { PayoutState } from '../../src/core/payout.ts';
import type { Fact } from '../../src/ledger/postings.ts';
import { earningRecorded, partReturned, payoutMoved } from '../../src/ledger/postings.ts';
import type { Db } from '../../src/store/db.ts';
import { transaction } from '../../src/store/db.ts';
import { openBalances, post, postKinds } from '../../src/store/ledger.ts';
import { ownBalances } from '../../src/store/payee-own.ts';
import { onBoth } from './engines.ts';

const now = new Date(Date.UTC(2026, 10, 20));
const people = [1n, 2n];

/** A payout of ten by the provider, its balance in another currency when `converted`. */
function moved(
  attemptId: bigint,
  payeeId: bigint,
  from: PayoutState,
  to: PayoutState,
  converted = false,
): Fact {
  const source = converted ? { sourceCurrency: 'HTG', sourceAmount: 1300n, spreadAmount: 1n } : {};
  const fact = payoutMoved({
    attemptId,
    payeeId,
    provider: 'paypal',
    amount: 10n,
    currency: 'USD',
    from,
    to,
    ...source,
  });
  if (!fact) throw new Error('nothing moves');
  return fact;
}

/** So many payouts of each person, with the provider. */
async function send(db: Db, count: number): Promise<void> {
  await transaction(db, async (tx) => {
    const all = people.flatMap((payeeId) =>
      Array.from({ length: count }, (_, index) => ({ id: payeeId * 1000n + BigInt(index), payeeId })),
    );
    await openBalances(
      tx,
      people.map((ownerId) => ({ ownerId, currency: 'USD' })),
    );
    const earned = all.map((row) => earningRecorded({ ...row, net: 10n, fee: 0n, currency: 'USD' }));
    await post(tx, 'earning', 'recorded', earned, now);
    const reserved = all.map(({ id, payeeId }) => moved(id, payeeId, 'failed', 'queued'));
    await post(tx, 'attempt', 'queued', reserved, now);
    const sent = all.map(({ id, payeeId }) => moved(id, payeeId, 'sending', 'sent'));
    await post(tx, 'attempt', 'sent', sent, now);
  });
}

async function seen(db: Db, payeeId: bigint) {
  const [balance] = await ownBalances(db, payeeId);
  const { available, reserved, onItsWay, paid } = balance ?? {};
  return { available, reserved, onItsWay, paid };
}

onBoth((engine) => {
  it('says what is on its way and what is paid, whole and in part, also of what was converted', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await send(db, 3);
    expect(await seen(db, 1n)).toEqual({ available: 0n, reserved: 0n, onItsWay: 30n, paid: 0n });
    await transaction(db, async (tx) => {
      await post(tx, 'attempt', 'completed', [moved(1000n, 1n, 'sent', 'completed')], now);
      await post(tx, 'attempt', 'returned', [moved(1001n, 1n, 'unclaimed', 'returned')], now);
      const part = { attemptId: 1000n, payeeId: 1n, provider: 'paypal', currency: 'USD', amount: 4n };
      await post(tx, 'attempt', 'part-4', [partReturned(part)], now);
      await openBalances(tx, [{ ownerId: 1n, currency: 'HTG' }]);
      const paid = moved(9n, 1n, 'queued', 'completed', true);
      const net = { id: 9n, payeeId: 1n, net: 1300n, fee: 0n, currency: 'HTG' };
      await post(tx, 'earning', 'recorded', [earningRecorded(net)], now);
      await post(tx, 'attempt', 'queued', [moved(9n, 1n, 'failed', 'queued', true)], now);
      await post(tx, 'attempt', 'completed', [paid], now);
    });
    const [gourdes, dollars] = await ownBalances(db, 1n);
    expect(gourdes).toMatchObject({
      currency: 'HTG',
      available: 0n,
      reserved: 0n,
      onItsWay: 0n,
      paid: 1300n,
    });
    expect(dollars).toMatchObject({ currency: 'USD', available: 14n, reserved: 0n, onItsWay: 10n, paid: 6n });
  });

  it('takes the rows of two payees in one order, whoever of them is named first: no race is lost', async () => {
    await using opened = await engine.open();
    const count = 40;
    await send(opened.db, count);
    const processes = engine.shared ? [opened.db, opened.again(), opened.again()] : [opened.db];
    let tries = 0;
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        transaction(processes[index % processes.length] ?? opened.db, async (tx) => {
          tries += 1;
          const [one, other] = index % 2 === 0 ? ([1n, 2n] as const) : ([2n, 1n] as const);
          const fact = (payeeId: bigint, to: PayoutState) =>
            moved(payeeId * 1000n + BigInt(index), payeeId, 'sent', to);
          const kinds = [
            ['completed', [fact(one, 'completed')]],
            ['failed', [fact(other, 'failed')]],
          ] as const;
          await postKinds(tx, 'attempt', kinds, now, { mayOwe: true });
        }),
      ),
    );
    expect(tries).toBe(count);
    for (const payeeId of people)
      expect(await seen(opened.db, payeeId)).toEqual({
        available: 200n,
        reserved: 0n,
        onItsWay: 0n,
        paid: 200n,
      });
  });
});
