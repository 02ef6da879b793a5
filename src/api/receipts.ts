import { z } from 'zod';
import { refuse } from '../core/refusal.ts';
import { ownPayout } from '../store/payee-own.ts';
import { findPayout } from '../store/payouts.ts';
import { receiptOf } from '../store/receipts.ts';
import { statementTotals } from '../store/statements.ts';
import { encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { presentReceipt, receiptView } from '../wire/receipts.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { payeeOf } from './payee-self.ts';
import type { Answer } from './route.ts';
import { ok, route } from './route.ts';

const params = z.object({ id: anyId });
const refuses = ['payout_not_found', 'not_arrived'] as const;

export const receiptRoutes = [
  route({
    method: 'GET',
    path: '/payouts/:id/receipt',
    right: 'read',
    summary: 'What is printed of a payment that arrived',
    answer: receiptView,
    refuses,
    params,
    async handle(deps, { params: { id } }) {
      return receipt(deps, id, (await findPayout(deps.db, id))?.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/payouts/:id/receipt',
    right: 'self',
    summary: 'What is printed of a payment to the payee who calls that arrived.',
    answer: receiptView,
    refuses,
    params,
    async handle(deps, { params: { id }, caller }) {
      return receipt(deps, id, (await ownPayout(deps.db, payeeOf(caller), id))?.id);
    },
  }),
];

/** The same for team and payee, to the byte, so that both can compare what they hold. */
async function receipt(deps: ApiDeps, id: string, payoutId: bigint | undefined): Promise<Answer | No> {
  const row = payoutId === undefined ? undefined : await receiptOf(deps.db, payoutId);
  if (!row) return refuse('payout_not_found', { payoutId: id });
  if (row.state !== 'completed')
    return refuse('not_arrived', { payoutId: row.publicId, payoutStatus: row.state });
  const content = presentReceipt(row, await statementTotals(deps.db, row.id), deps.publicUrl);
  return ok({ ...content, sha256: deps.hash(encode(content)) });
}
