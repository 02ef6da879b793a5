import type { Db } from '../store/db.ts';
import type { WhichInvitations } from '../store/invitations.ts';
import { endInvitations } from '../store/invitations.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Why an open invitation ends without anybody asking for just that. */
type Because = 'invited_again' | 'person_added' | 'person_changed' | 'inviter_left' | 'key_revoked';

/** Ends open invitations in the transaction of the deed that makes them void, each on record. */
export async function voidInvitations(
  tx: Db,
  ctx: ActionContext,
  which: WhichInvitations,
  because: Because,
): Promise<void> {
  const ended = await endInvitations(tx, which, ctx.now());
  const deeds = ended.map((id) => ({
    event: 'invitation.ended',
    subject: { type: 'invitation', id },
    after: { because },
  }));
  await auditAll(tx, ctx, deeds);
}
