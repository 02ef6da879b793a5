import { z } from 'zod';

export const faultView = z
  .strictObject({ path: z.string(), message: z.string() })
  .meta({ id: 'Fault', examples: [{ path: 'amount', message: 'must be at least 1 minor unit' }] });

/** RFC 9457. Facts of a refusal (`batchId` …) stand beside these fields. */
export const problemView = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    userMessage: z.string().meta({ description: 'What happened, and whether anything changed' }),
    actionRequired: z.string().meta({ description: 'What to do next' }),
    retryable: z.boolean().meta({ description: 'The same request can succeed later without a change' }),
    errors: z.array(faultView),
  })
  .meta({ id: 'Problem', description: 'What went wrong; `code` is what to program against' });
