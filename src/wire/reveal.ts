import { z } from 'zod';

/** A payout method with its whole address: the one answer that is not masked. */
export const revealedView = z
  .strictObject({
    payeeId: z.string(),
    methodId: z.string().meta({ examples: ['pm_0199d2a0'] }),
    type: z.string().meta({ examples: ['paypal'] }),
    kind: z.string().meta({ examples: ['email'] }),
    destination: z.string().meta({ examples: ['ana@example.com'] }),
  })
  .meta({ id: 'RevealedMethod' });
