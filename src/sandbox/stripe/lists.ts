import { row, rows } from '../database.ts';
import type { Reply, World } from '../world.ts';
import type { StripeCall } from './call.ts';
import { invalid } from './errors.ts';
import { integerOf, recordOf, textOf } from './form.ts';
import type { Rules } from './parameters.ts';

const limitDefault = 10;
const limitMax = 100;

/** Parameters every list takes. */
export const listRules: Rules = {
  ending_before: { kind: 'text' },
  expand: { kind: 'texts' },
  limit: { kind: 'integer', min: 1, max: limitMax },
  starting_after: { kind: 'text' },
};

/** What a list is of: a table of this directory with `seq` and `id`, and conditions in SQL with their values. */
export interface Source {
  readonly table: 'stripe_transfer' | 'stripe_reversal' | 'stripe_event';
  /** The name of the object in errors. */
  readonly object: string;
  readonly url: string;
  readonly where: readonly string[];
  readonly values: readonly (string | number)[];
}

/** The conditions a `created` parameter stands for; our times are in milliseconds, Stripe's in seconds. */
export function createdIn(call: StripeCall): { where: string[]; values: number[] } {
  const seconds = 'created_at / 1000';
  const exact = textOf(call.form, 'created');
  if (exact !== null) return { where: [`${seconds} = ?`], values: [Number.parseInt(exact, 10)] };
  const signs: Record<string, string> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
  const bounds = Object.entries(recordOf(call.form, 'created') ?? {});
  return {
    where: bounds.map(([bound]) => `${seconds} ${signs[bound] ?? '='} ?`),
    values: bounds.map(([, text]) => Number.parseInt(text, 10)),
  };
}

/** One page, newest first, of what `present` makes of the rows. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names the row of the source's table
export function listPage<T>(
  world: World,
  call: StripeCall,
  source: Source,
  present: (found: T) => unknown,
): Reply {
  const after = textOf(call.form, 'starting_after');
  const before = textOf(call.form, 'ending_before');
  if (after !== null && before !== null) {
    return invalid('You can only specify one of these parameters: starting_after, ending_before.');
  }
  const cursor = after ?? before;
  const seq = cursor === null ? null : seqOf(world, source, cursor);
  if (cursor !== null && seq === null) {
    const message = `No such ${source.object}: '${cursor}'`;
    return invalid(message, 'resource_missing', after === null ? 'ending_before' : 'starting_after');
  }
  const limit = integerOf(call.form, 'limit') ?? limitDefault;
  const backward = before !== null;
  const where = [...source.where, ...(seq === null ? [] : [backward ? 'seq > ?' : 'seq < ?'])];
  const found = rows<T>(
    world.db,
    `select * from ${source.table} ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
     order by seq ${backward ? 'asc' : 'desc'} limit ?`,
    ...source.values,
    ...(seq === null ? [] : [seq]),
    limit + 1,
  );
  const page = found.slice(0, limit);
  const data = (backward ? page.toReversed() : page).map(present);
  return { status: 200, body: { object: 'list', data, has_more: found.length > limit, url: source.url } };
}

function seqOf(world: World, source: Source, id: string): number | null {
  const found = row<{ seq: number }>(world.db, `select seq from ${source.table} where id = ?`, id);
  return found?.seq ?? null;
}
