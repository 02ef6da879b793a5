import { z } from 'zod';
import { actorKinds } from '../core/actor.ts';
import { pageQuery } from './paging.ts';
import { count, moment } from './shapes.ts';
import { anyId, text } from './text.ts';

const routeCharsMax = 200;

/** `status` is a class; `keyId` is whoever asked, `route` a pattern as in the list. */
export const requestsQuery = pageQuery.extend({
  status: z.enum(['2xx', '3xx', '4xx', '5xx']).optional(),
  keyId: anyId.optional(),
  route: text(routeCharsMax)
    .optional()
    .meta({ examples: ['/api/admin/payouts/:id'] }),
});

export const loggedRequestView = z
  .strictObject({
    at: moment,
    method: z.string().meta({ examples: ['GET'] }),
    route: z.string().meta({ examples: ['/api/admin/payouts/:id'] }),
    status: count.meta({ examples: [404] }),
    code: z
      .string()
      .nullable()
      .meta({ description: 'Of the problem; null: there was none', examples: ['payout_not_found'] }),
    ms: count,
    requestId: z.string(),
    actor: z.strictObject({ kind: z.enum(actorKinds), id: z.string().meta({ examples: ['ak_0199d2a0'] }) }),
    ip: z
      .string()
      .nullable()
      .meta({ examples: ['203.0.113.7'] }),
    replayed: z.boolean().meta({ description: 'Answered from the record of its Idempotency-Key' }),
  })
  .meta({ id: 'LoggedRequest' });

interface RequestFacts {
  readonly at: Date;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
  readonly requestId: string;
  readonly actorKind: (typeof actorKinds)[number];
  readonly actorId: string;
  readonly ip: string | null;
  readonly replayed: boolean;
}

export function presentRequest(row: RequestFacts): z.output<typeof loggedRequestView> {
  const { at, method, route, status, code, ms, requestId, ip, replayed } = row;
  return {
    at,
    method,
    route,
    status,
    code,
    ms,
    requestId,
    actor: { kind: row.actorKind, id: row.actorId },
    ip,
    replayed,
  };
}
