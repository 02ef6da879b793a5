import { may, type CallerRole } from '../../../src/core/roles.ts';
import type { Approval, WaitingPayout } from '../../client/types.ts';

/** Why whoever looks cannot approve this payout, as a key of its words; null: they can. */
export function whyNotApprove(
  { approval }: WaitingPayout,
  looker: { readonly role: CallerRole; readonly id: string },
): string | null {
  if (!may(looker.role, 'approve')) return 'why.role_approve';
  return whyOwn(approval, looker.id);
}

/** What of theirs is in the way, as the server found for whoever asked it. */
interface Judged extends Pick<Approval, 'requestedById' | 'approvals'> {
  readonly notByYou?: { readonly code: string; readonly byLink: boolean } | null;
}

const words: Readonly<Record<string, string>> = {
  own_request: 'why.ownRequest',
  own_redirect: 'why.ownRedirect',
  approved_once: 'why.approvedOnce',
};

/** Which deed of theirs keeps whoever looks from approving, as a key of its words; null: none. */
export function whyOwn(approval: Judged | null, id: string): string | null {
  if (approval === null) return null;
  if (approval.requestedById === id) return 'why.ownRequest';
  if (approval.approvals.some(({ byId }) => byId === id)) return 'why.approvedOnce';
  const own = approval.notByYou ?? null;
  if (own === null) return null;
  return own.byLink ? `${words[own.code]}Link` : (words[own.code] ?? null);
}
