import { z } from 'zod';
import { canBePaidFields } from './payee-block.ts';
import { payoutView } from './payouts.ts';
import { currencyCode, moment, sum } from './shapes.ts';

/** Whether somebody can be paid now, what there is, and what is in the way. */
export const payeeOutlookView = z
  .strictObject({
    payeeId: z.string(),
    externalId: z.string(),
    name: z.string(),
    canBePaid: canBePaidFields.canBePaid,
    headline: z.string().meta({ examples: ['Ana can be paid: 75.00 USD is available.'] }),
    payoutMethod: z.strictObject({ type: z.string(), destination: z.string() }).nullable(),
    blocks: canBePaidFields.blocks,
    balances: z.array(
      z
        .strictObject({
          currency: currencyCode,
          available: sum,
          inFailed: sum.meta({
            description: 'Of what is available: carried by payouts that failed, and paid by retrying those',
          }),
          pending: sum,
          reserved: sum,
          onItsWay: sum,
          paid: sum,
          nextAvailableAt: moment.nullable(),
          request: z
            .strictObject({
              possible: z.boolean(),
              code: z.string().nullable(),
              words: z.string(),
            })
            .meta({ description: 'What a request of the payee would hear now' }),
        })
        .meta({ id: 'PayeeOutlookBalance' }),
    ),
    underWay: z.array(payoutView).meta({ description: 'Neither paid nor called off, the newest 20' }),
    nextPayoutDate: moment.nullable(),
  })
  .meta({ id: 'PayeeOutlook' });
