import { fault } from '../core/fault-words.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';

/** What the schema cannot know: a hold that ended before it began would keep nothing. */
export function unlessInFuture(until: Date | null | undefined, now: Date): No | null {
  if (!until || until > now) return null;
  return no('invalid_request', { errors: [{ path: 'until', message: fault('not_in_future') }] });
}
