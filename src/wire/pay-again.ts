import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { addMethodBody } from './payout-methods.ts';
import { anyId } from './text.ts';

/** Where a payout shall go that did not arrive: a method there is, a new one, or nothing for the one in use. */
export const payAgainBody = z
  .strictObject({
    methodId: anyId.optional(),
    method: addMethodBody.optional(),
  })
  .refine(({ methodId, method }) => methodId === undefined || method === undefined, fault('two_methods'))
  .refine(({ method }) => method === undefined || method.part === 'default', {
    path: ['method', 'use'],
    message: fault('default_method'),
  })
  .meta({ examples: [{ method: { type: 'paypal', destination: 'ana@example.com' } }] });
