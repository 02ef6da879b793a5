import { z } from 'zod';
import type { LockTarget } from '../actions/cycle-lock.ts';
import type { Caller } from '../auth/caller.ts';
import type { Language } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import type { Right } from '../core/roles.ts';
import type { No, ProblemCode } from '../wire/problem.ts';
import { faultsOf, no } from '../wire/problem.ts';
import { parsing } from '../wire/parsing.ts';
import { unknownParameters } from '../wire/query.ts';
import type { ApiDeps } from './deps.ts';

/** Largest body of a route that does not say otherwise, in bytes. */
export const bodyMaxBytes = 1024 * 1024;
/** Largest body of a route that takes thousands of rows, in bytes. */
export const bulkBodyMaxBytes = 64 * 1024 * 1024;

/** A yes. `body` is JSON unless it is a text or a stream with its own content type in `headers`. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request after parsing. */
interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** The cookies it came with, for routes that prove something of the session. */
  readonly cookie: string | undefined;
  /** In which whoever calls wants to be spoken to; what payees read is said in it. */
  readonly language: Language;
  /** The last event that a live reader has read before it lost its connection. */
  readonly lastEventId: string | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

type YesStatus = 200 | 201 | 202 | 204;

/** What a route says of itself: to the server, to the tests of its rights, and to whoever reads the reference. */
interface Described {
  /** One sentence for the reference. */
  readonly summary: string;
  /** What a yes looks like; null: no body. A text or stream names its content type instead. */
  readonly answer: z.ZodType | { readonly contentType: string } | null;
  /** The status of a yes, 200 when not said; several when it depends on what was found. */
  readonly status?: YesStatus | readonly YesStatus[];
  /** Headers of a yes beside those that every answer has: name and what it says. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Codes of every no that is particular to this route. */
  readonly refuses?: readonly ProblemCode[];
  /** True when a person must have proven a second factor a moment ago. Keys prove themselves with every call. */
  readonly stepUp?: boolean;
  /** True when the answer shows a secret once: it is not kept for the request's idempotency key. */
  readonly secretAnswer?: boolean;
  /** True when nothing of it may be repeated from a record: an Idempotency-Key is not looked at. */
  readonly unrepeatable?: boolean;
}

/** A handler that knows its request already. */
export type Work = (deps: ApiDeps) => Promise<Answer | No>;

/** What stands between a request that was parsed and its handler; `lockOf` finds the cycle that it locks. */
type Around = (deps: ApiDeps, lockOf: () => Promise<LockTarget | null>, work: Work) => Promise<Answer | No>;

interface Spec<Params, Query, Body> extends Described {
  readonly method: Method;
  /** Below `/api/admin`, or whole when it starts with `/api/`. */
  readonly path: string;
  /** What the caller must be allowed to do; there is no default, so no route is open by mistake. */
  readonly right: Right;
  readonly bodyLimit?: number;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** The cycle whose lock is held around `handle`; null: none. */
  locks?(deps: ApiDeps, call: Call<Params, Query, Body>): Promise<LockTarget | null>;
  handle(deps: ApiDeps, call: Call<Params, Query, Body>): Promise<Answer | No>;
}

/** A route as the server and the tests of its rights see it. */
export interface Route extends Described {
  readonly method: Method;
  readonly path: string;
  readonly right: Right;
  readonly bodyLimit: number;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  run(deps: ApiDeps, call: Call<unknown, unknown, unknown>, around: Around): Promise<Answer | No>;
}

/** Where every route of this table lives. */
export const adminPrefix = '/api/admin';

/** Declares a route: who may call it, what it takes, what it does. Values are parsed before `handle` sees them. */
export function route<Params = unknown, Query = unknown, Body = unknown>(
  spec: Spec<Params, Query, Body>,
): Route {
  const schema = z.object({
    // Without a schema a part is not looked at, so its type is `unknown`.
    params: spec.params ?? (z.unknown() as z.ZodType<Params>),
    query: spec.query ?? (z.unknown() as z.ZodType<Query>),
    body: spec.body ?? (z.unknown() as z.ZodType<Body>),
  });
  return {
    ...spec,
    path: spec.path.startsWith('/api/') ? spec.path : adminPrefix + spec.path,
    bodyLimit: spec.bodyLimit ?? bodyMaxBytes,
    async run(deps, { caller, cookie, lastEventId, language, ...raw }, around) {
      const unknown = unknownParameters(spec.query, raw.query);
      const { data, error } = schema.safeParse(raw, parsing);
      if (data && unknown.length === 0) {
        const { params, query, body } = data;
        const acting = { ...deps, actor: caller.actor, language: teamLanguageOf(language) };
        const call = { params, query, body, caller, cookie, lastEventId, language };
        const lockOf = async () => (await spec.locks?.(acting, call)) ?? null;
        return around(acting, lockOf, (guarded) => spec.handle(guarded, call));
      }
      const issues = (error?.issues ?? []).map(({ path, message }) => ({ path: path.slice(1), message }));
      return no('invalid_request', { errors: faultsOf([...unknown, ...issues]) });
    },
  };
}

export function ok(body: unknown, headers: Record<string, string> = {}): Answer {
  return { status: 200, body, headers };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export function accepted(body: unknown): Answer {
  return { status: 202, body };
}
