import { useQuery } from '@tanstack/react-query';
import type { PayoutDetails, PayoutMethod } from '../../client/types.ts';
import { payeeQueries } from '../payees/payee-queries.ts';

/** States after which a payout is tried again. */
const over: ReadonlySet<PayoutDetails['status']> = new Set(['failed', 'returned']);

/** The method a next attempt goes to: what was approved stays where it was approved. Undefined: not known yet; null: none. */
export function useNextMethod({ payeeId, status, approval }: PayoutDetails): PayoutMethod | null | undefined {
  const enabled = over.has(status) && approval === null;
  const { data } = useQuery({ ...payeeQueries.methods(payeeId), enabled });
  return data === undefined ? undefined : (data.data.find(({ isDefault }) => isDefault) ?? null);
}
