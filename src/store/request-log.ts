import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';
import type { Found } from './windows.ts';
import { foundIn, lookedAtMax } from './windows.ts';

/** How long a request stays on the list. */
const keptMs = 14 * 24 * 60 * 60_000;
/** Most requests on the list; beyond it the oldest go. */
const keptMax = 500_000n;

/** One request and how it was answered. */
export interface LoggedRequest {
  readonly at: Date;
  readonly method: string;
  /** The pattern of its route, such as `/api/admin/payouts/:id`. */
  readonly route: string;
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
  readonly requestId: string;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly ip: string | null;
  readonly replayed: boolean;
}

/** Adds requests in one statement. */
export async function insertRequests(db: Db, requests: readonly LoggedRequest[]): Promise<void> {
  await sql`insert into request_log (at, method, route, status, code, ms, request_id, actor_kind, actor_id, ip, replayed)
    select at::timestamptz, method, route, status, code, ms, request_id, actor_kind, actor_id, ip, replayed
      from ${rowsOf('i', requests, {
        at: ['text', (row) => row.at.toISOString()],
        method: ['text', (row) => row.method],
        route: ['text', (row) => row.route],
        status: ['int', (row) => row.status],
        code: ['text', (row) => row.code],
        ms: ['int', (row) => row.ms],
        request_id: ['text', (row) => row.requestId],
        actor_kind: ['text', (row) => row.actorKind],
        actor_id: ['text', (row) => row.actorId],
        ip: ['text', (row) => row.ip],
        replayed: ['boolean', (row) => row.replayed],
      })}`.execute(db);
}

export interface RequestFilter {
  /** 2 for 2xx. */
  readonly statusClass: number | null;
  readonly actorId: string | null;
  readonly route: string | null;
}

export interface RequestRow extends LoggedRequest {
  readonly id: bigint;
}

const columns = sql.raw(`r.id, r.at, r.method, r.route, r.status, r.code, r.ms, r.request_id as "requestId",
  r.actor_kind as "actorKind", r.actor_id as "actorId", r.ip, r.replayed`);

/** A page of requests, newest first. One filter has its index; others look through what that one finds. */
export async function listRequests(
  db: Db,
  filter: RequestFilter,
  size: number,
  before: bigint | null,
): Promise<Found<RequestRow>> {
  const [first, ...rest] = conditionsOf(filter);
  const place = before === null ? sql`true` : sql`r.id < ${before}`;
  const looked = sql`select r.id from request_log r where ${first ?? sql`true`} and ${place} order by r.id desc`;
  const through = rest.length === 0 ? size + 1 : lookedAtMax;
  const rows = await all(
    db,
    sql<RequestRow>`with looked as materialized (${looked} limit ${through})
      select ${columns} from looked join request_log r on r.id = looked.id
      where ${rest.length === 0 ? sql`true` : sql.join(rest, sql` and `)} order by r.id desc limit ${size + 1}`,
  );
  return foundIn(db, rows, size, rest.length === 0 ? null : looked);
}

/** The one that finds least comes first. */
function conditionsOf({ actorId, route, statusClass }: RequestFilter): RawBuilder<unknown>[] {
  return [
    ...(actorId === null ? [] : [sql`r.actor_id = ${actorId}`]),
    ...(route === null ? [] : [sql`r.route = ${route}`]),
    ...(statusClass === null ? [] : [sql`r.status_class = ${statusClass}::smallint`]),
  ];
}

/** Removes what is too old or too much, the oldest first, at most `limit` rows; answers how many. */
export async function removeOldRequests(db: Db, now: Date, limit: number, most = keptMax): Promise<number> {
  const before = new Date(now.getTime() - keptMs);
  // Only the oldest are looked at, by id: time goes with it, and a search by time would read all that stays.
  return run(
    db,
    sql`delete from request_log where id in (select o.id from
        (select id, at from request_log order by id limit ${limit}) o
      where o.at < ${before} or o.id <= (select max(id) from request_log) - ${most})`,
  );
}
