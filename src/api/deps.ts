import type { ActionContext, ProviderRules } from '../actions/context.ts';
import type { Providers } from '../actions/providers.ts';
import type { Caller, Origin } from '../auth/caller.ts';
import type { People } from '../auth/people.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { Live } from './live.ts';
import type { TestBench } from './test-bench.ts';
import type { WebPages } from './web.ts';
import type { VerifiedEvent } from '../actions/provider-events.ts';

/** One structured log line per event: ids, never destinations or secrets. */
interface ApiLog {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** What the API must know of a provider: its rules, and whether an inbound event is genuine. It cannot send. */
export interface ApiProvider extends ProviderRules {
  /** True when the built-in sandbox stands in: no real money moves. */
  readonly sandbox: boolean;
  readonly capabilities: ProviderRules['capabilities'] & {
    /** How long an unclaimed item stays open. */
    readonly unclaimedDays: number;
  };
  /** Null when it is not genuine. Throws an error named `LookupFailedError` when that could not be found out. */
  verifyEvent(
    raw: { headers: Readonly<Record<string, string | undefined>>; body: Uint8Array },
    now: Date,
  ): Promise<VerifiedEvent | null>;
}

/** Reads the cookie of a session; null when it is none, or over. */
export type SessionReader = (cookie: string | undefined, origin: Origin) => Promise<Caller | null>;

/** What may come in a minute, over all processes. A body of thousands of rows is one request. */
export interface Limits {
  /** Of one key or person. */
  readonly requests: number;
  /** Of one key or person, among them. */
  readonly posts: number;
  /** From one address with a key that is not one; after them nothing is looked up for it. */
  readonly failedKeys: number;
  /** Asking for sign-in links and trying them, from one address. */
  readonly signIns: number;
  /** Events from one address. */
  readonly events: number;
}

/** What the API works with; every `PayoutProvider` is an `ApiProvider`. */
export interface ApiDeps extends ActionContext {
  /** 32 random bytes for a new API key. */
  newSecret(): Uint8Array;
  readonly providers: Providers<ApiProvider>;
  /** A bearer token that acts as owner, for the command line of the same machine; null: there is none. */
  readonly trustedToken: string | null;
  /** Who may be signed in: team and payees, each with their own sessions. */
  readonly sessions: readonly SessionReader[];
  /** Where people reach this Purser, without a slash at the end; links begin with it. */
  readonly publicUrl: string;
  /** Sign-in of the team. */
  readonly people: People;
  /** Clock, faults and effects of provider sandboxes; null when any provider is real. */
  readonly testBench: TestBench | null;
  /** Makes this process follow the test clock that all processes share; absent where time is never moved. */
  readonly keepTime?: () => Promise<void>;
  /** Tells live readers of changes; the server makes its own unless one is handed in. */
  readonly live?: Live;
  readonly log: ApiLog;
  readonly version: string;
  /** In which the team is answered in this request; absent outside of one: English. */
  readonly language?: TeamLanguage;
  /** Console and portal as they were built; absent where nobody opens pages. */
  readonly web?: WebPages;
  /** What may come in a minute; the usual limits unless told otherwise. */
  readonly limits?: Partial<Limits>;
  /** Addresses of proxies whose X-Forwarded-For is believed; by default nobody's is. */
  readonly trustProxy?: readonly string[];
}
