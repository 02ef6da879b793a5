import { api } from '../../app/api.ts';
import type { AddPayoutMethod, OwnPayoutDetails } from '../../client/types.ts';

/** Where it shall go: a method there is, a new one, or, when neither is named, the one in use. */
export interface PayAgain {
  readonly id: string;
  readonly methodId?: string;
  readonly method?: AddPayoutMethod;
}

/** Saves where the money shall go and puts the payout back to be approved, all or nothing. */
export function payAgain({ id, ...body }: PayAgain, idempotencyKey: string): Promise<OwnPayoutDetails> {
  return api.post('/api/payee/payouts/{id}/pay-again', { params: { id }, body, idempotencyKey });
}
