import { may, type CallerRole } from '../../../src/core/roles.ts';
import type { WaitingPayout } from '../../client/types.ts';

/** Why whoever looks cannot approve this payout, as a key of its words; null: they can. */
export function whyNotApprove(
  { approval }: WaitingPayout,
  looker: { readonly role: CallerRole; readonly name: string },
): string | null {
  if (!may(looker.role, 'approve')) return 'why.role_approve';
  if (approval === null) return null;
  if (approval.requestedBy === looker.name) return 'why.ownRequest';
  return approval.approvals.some(({ by }) => by === looker.name) ? 'why.approvedOnce' : null;
}
