import { transaction } from '../store/db.ts';
import { noteRefusal } from '../store/refusals.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

const minuteMs = 60_000;
/** Refusals of all callers together that go on record in one minute: a flood from many addresses does not fill the table. */
const refusalsPerMinuteMax = 300;

export interface RefusedCall {
  /** Method and pattern, such as `POST /api/admin/cycles`. */
  readonly route: string;
  readonly status: number;
  readonly code: string;
}

/** The minute in which calls of one caller to one route count as one. */
export function minuteOf(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % minuteMs));
}

/** Who calls, as far as that is known: strangers by their address. */
export function callerOf(ctx: ActionContext): string {
  const { kind, id, ip } = ctx.actor;
  return kind === 'stranger' ? `stranger ${ip ?? ''}` : `${kind} ${id} ${ip ?? ''}`;
}

/** Puts a refused call on record, at most once per caller, route and minute, counted in the database. */
export async function recordRefusal(ctx: ActionContext, call: RefusedCall): Promise<void> {
  const { route, status, code } = call;
  await transaction(ctx.db, async (tx) => {
    const note = { caller: callerOf(ctx), route, minute: minuteOf(ctx.now()) };
    if (!(await noteRefusal(tx, note, refusalsPerMinuteMax))) return;
    await audit(tx, ctx, 'access.refused', { type: 'route', id: route }, { after: { status, code } });
  });
}
