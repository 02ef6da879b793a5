import type { Actor } from '../core/actor.ts';
import type { CallerRole } from '../core/roles.ts';

/** Whoever is calling, proven. */
export interface Caller {
  readonly actor: Actor;
  /** What history shows as the one who did it. */
  readonly name: string;
  readonly role: CallerRole;
  /** What an API key is limited to: the first parts of paths below the prefix, such as `earnings`. Null: nothing is. */
  readonly scope: readonly string[] | null;
  /** The payee a portal session belongs to; null for everybody else. */
  readonly payeeId: bigint | null;
  /** The session of a person or payee; null for keys and the command line, which prove themselves with every call. */
  readonly session: {
    readonly id: string;
    readonly steppedUpAt: Date | null;
    /** Whether there is anything to step up with; absent counts as yes. */
    readonly hasSecondFactor?: boolean;
  } | null;
  /** True while the password is one that Purser made: it opens nothing but its own change. */
  readonly mustChangePassword?: boolean;
}

/** Where a request comes from, for history. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}
