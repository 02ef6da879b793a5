import { approvalHash } from '../core/approval.ts';
import type { HandsLook } from '../actions/own-hands.ts';
import { handsLook } from '../actions/own-hands.ts';
import { approvalWarnings, linkWarnings } from '../core/approval-words.ts';
import { holdReason } from '../core/hold-words.ts';
import { holdNow } from '../core/hold.ts';
import { approversNeeded } from '../core/settings.ts';
import { approvalsOf } from '../store/approvals.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { readSettings } from '../store/settings.ts';
import { methodFacts } from '../store/shared-accounts.ts';
import type { ApprovalView } from '../wire/approvals.ts';
import { presentOwnHand } from '../wire/approvals.ts';
import type { ApiDeps } from './deps.ts';
import { teamLanguageIn } from './reader.ts';

/** Of what waits for nobody's approval. */
const untouched: HandsLook = { own: null, asked: [], sent: [] };

/** What an approver looks at, of each of these payouts that needs one, by the id of the payout. */
export async function approvalsFor(
  deps: ApiDeps,
  payouts: readonly LockedPayout[],
): Promise<Map<bigint, ApprovalView>> {
  const asked = payouts.filter(({ kind }) => kind !== 'cycle' && kind !== 'legacy');
  if (asked.length === 0) return new Map();
  const language = teamLanguageIn(deps);
  const settings = await readSettings(deps.db);
  const ids = asked.map(({ id }) => id);
  const approvals = Map.groupBy(await approvalsOf(deps.db, ids), ({ payoutId }) => payoutId);
  const methods = await methodFacts(
    deps.db,
    asked.flatMap(({ methodId }) => methodId ?? []),
  );
  const waiting = asked.filter(({ state }) => state === 'pending_approval');
  const hands = await handsLook(deps.db, deps.actor, waiting);
  return new Map(
    asked.map((payout): [bigint, ApprovalView] => {
      const hold = holdNow(payout, deps.now());
      const { own, ...links } = hands.get(payout.id) ?? untouched;
      const method = payout.methodId === null ? undefined : methods.get(payout.methodId);
      const view = {
        approvalHash: approvalHash(payout, deps.hash),
        requestedBy: payout.requestedByName ?? '',
        requestedById: payout.requestedById,
        expiresAt: payout.expiresAt,
        method: { type: payout.methodType ?? '', destination: payout.methodMasked ?? '' },
        approvals: (approvals.get(payout.id) ?? []).map(({ actorName: by, actorId: byId, at }) => ({
          by,
          byId,
          at,
        })),
        approversNeeded: approversNeeded(settings, payout),
        hold: hold && { reason: holdReason(hold, language), until: hold.until },
        warnings: [...(method ? approvalWarnings(method, language) : []), ...linkWarnings(links, language)],
        notByYou: own && presentOwnHand(own, language),
      };
      return [payout.id, view];
    }),
  );
}
