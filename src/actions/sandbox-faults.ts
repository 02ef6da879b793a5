import { formatMoney } from '../core/money.ts';
import { transaction } from '../store/db.ts';
import { wantReadings } from '../store/float.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

const subject = { type: 'faults', id: 'sandbox' };

/** Puts on record that faults of the provider sandboxes were ordered: before they are, so none happens that nobody ordered. */
export async function noteFaultsOrdered(
  ctx: ActionContext,
  rules: readonly { readonly fault: string; readonly times: number | null }[],
): Promise<void> {
  const after = { faults: rules.map(({ fault, times }) => `${fault} ${times ?? 'without end'}`) };
  await transaction(ctx.db, async (tx) => audit(tx, ctx, 'sandbox.faults_ordered', subject, { after }));
}

/** Puts on record that the balance of a provider sandbox was set, and asks the engine to look at it. */
export async function noteBalanceSet(
  ctx: ActionContext,
  { provider, currency, amount }: { provider: string; currency: string; amount: bigint | null },
): Promise<void> {
  const after = { balance: amount === null ? 'without limit' : formatMoney(amount, currency) };
  await transaction(ctx.db, async (tx) => {
    await audit(
      tx,
      ctx,
      'sandbox.balance_set',
      { type: 'balance', id: `${provider} ${currency}` },
      { after },
    );
    await wantReadings(tx, [provider], ctx.now(), ctx.now());
  });
}

/** Puts on record that the faults were cleared. */
export async function noteFaultsCleared(ctx: ActionContext): Promise<void> {
  await transaction(ctx.db, async (tx) => audit(tx, ctx, 'sandbox.faults_cleared', subject));
}
