import { z } from 'zod';
import { text } from './text.ts';

/** Longest text that is looked for. */
const queryCharsMax = 200;

export const searchQuery = z.object({
  q: text(queryCharsMax).meta({
    description:
      'An id, a reference, an e-mail address, words of a name, or an amount such as 81.02 or 81,02 EUR',
  }),
});

const hitView = z
  .strictObject({
    kind: z.enum(['payee', 'payout', 'batch', 'cycle']),
    id: z.string(),
    title: z.string(),
    subtitle: z.string(),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.output<typeof hitView>;

export const searchView = z.strictObject({ hits: z.array(hitView) }).meta({ id: 'SearchHits' });
