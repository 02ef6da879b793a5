import type { KeysOfLeaver } from '../core/left-keys.ts';
import { refuseUndecided } from '../core/left-keys.ts';
import type { Outcome } from '../core/refusal.ts';
import { done } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { livingKeysOf } from '../store/key-makers.ts';
import { revokeKeys } from '../store/keys.ts';
import type { Facts } from './audit.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import { voidInvitations } from './invitation-ends.ts';

/**
 * Settles the living keys that a person made, by themselves or through keys of theirs, when they leave or are an owner no
 * more. A key outlives its maker only when the caller says so. Answers what became of them, for the audit trail.
 */
export async function settleKeys(
  tx: Db,
  ctx: ActionContext,
  personId: string,
  decision: KeysOfLeaver | undefined,
): Promise<Outcome<Facts>> {
  const keys = await livingKeysOf(tx, personId, ctx.now());
  if (keys.length === 0) return done({});
  if (decision === undefined) return refuseUndecided(keys);
  const ids = keys.map(({ publicId }) => publicId);
  if (decision === 'keep') return done({ keysKept: ids });
  await revokeKeys(tx, ids, ctx.now());
  const after = { because: 'maker_left' };
  const deeds = ids.map((id) => ({ event: 'key.revoked', subject: { type: 'key', id }, after }));
  await auditAll(tx, ctx, deeds);
  await voidInvitations(tx, ctx, { invitedBy: ids }, 'key_revoked');
  return done({ keysRevoked: ids });
}
