import { transaction } from '../store/db.ts';
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

/** Puts on record that the faults were cleared. */
export async function noteFaultsCleared(ctx: ActionContext): Promise<void> {
  await transaction(ctx.db, async (tx) => audit(tx, ctx, 'sandbox.faults_cleared', subject));
}
