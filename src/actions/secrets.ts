import { transaction } from '../store/db.ts';
import { rotateKeys } from '../store/data-keys.ts';
import type { MasterKey, Random } from '../store/envelope.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Puts every data key under another secret and makes new keys for new values: all or nothing, and on record. */
export async function rotateSecret(
  ctx: ActionContext,
  masters: readonly MasterKey[],
  next: MasterKey,
  random: Random,
): Promise<{ wrapped: number; made: number }> {
  return transaction(ctx.db, async (tx) => {
    const rotated = await rotateKeys(tx, masters, next, random, ctx.now());
    await audit(tx, ctx, 'secret.rotated', { type: 'secret', id: next.id }, { after: rotated });
    return rotated;
  });
}
