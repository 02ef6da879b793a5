import { z } from 'zod';
import { fault } from '../core/fault-words.ts';

/**
 * What an address asks for beside what its call knows: a filter that is misspelt would otherwise answer with everything. Each
 * is named with the parameters that exist.
 */
export function unknownParameters(
  schema: z.ZodType | undefined,
  query: unknown,
): { path: string[]; message: string }[] {
  if (schema !== undefined && !(schema instanceof z.ZodObject))
    throw new Error('the parameters of a call are no object');
  const known = Object.keys(schema?.shape ?? {});
  const given = typeof query === 'object' && query !== null ? Object.keys(query) : [];
  const message = known.length === 0 ? fault('no_parameter') : fault('parameter', known.join(', '));
  return given.filter((name) => !known.includes(name)).map((name) => ({ path: [name], message }));
}
