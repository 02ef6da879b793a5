import { may, type CallerRole } from '../../../src/core/roles.ts';
import type { WaitingPayout } from '../../client/types.ts';

/** Why whoever looks cannot approve this payout, as a key of its words; null: they can. */
export function whyNotApprove(
  { approval }: WaitingPayout,
  looker: { readonly role: CallerRole; readonly id: string },
): string | null {
  if (!may(looker.role, 'approve')) return 'why.role_approve';
  if (approval === null) return null;
  if (approval.requestedById === looker.id) return 'why.ownRequest';
  return approval.approvals.some(({ byId }) => byId === looker.id) ? 'why.approvedOnce' : null;
}
