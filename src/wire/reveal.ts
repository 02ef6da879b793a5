import { z } from 'zod';

/** A payout method with its whole address: the one answer that is not masked. */
export const revealedMethod = z.object({
  payeeId: z.string(),
  methodId: z.string(),
  type: z.string(),
  kind: z.string(),
  destination: z.string(),
});
