import type { Actor } from '../core/actor.ts';
import type { Hash } from '../core/ids.ts';
import type { PayoutLimits } from '../core/limits.ts';
import type { PayableSteps } from '../core/payable.ts';
import type { DestinationKind } from '../core/payout-method.ts';
import type { Calendar } from '../core/schedule.ts';
import type { HeldLock } from '../store/cycle-locks.ts';
import type { Vault } from '../core/vault.ts';
import type { Db } from '../store/db.ts';

/** What an action works with; nothing here can reach a provider. */
export interface ActionContext {
  readonly db: Db;
  /** Who is asking; goes into history and the audit trail. */
  readonly actor: Actor;
  now(): Date;
  /** A new public id with this prefix, e.g. `po`. */
  newId(prefix: string): string;
  readonly hash: Hash;
  /** Scheduled times in the time zone of the platform. */
  readonly calendar: Calendar;
  /** Absent: any amount. */
  readonly payoutLimits?: PayoutLimits;
  /** The lock of the cycle that is being prepared, when the caller holds one. */
  readonly cycleLock?: HeldLock;
  /** Names this process in leases and locks. */
  readonly worker?: string;
  /** Processes say in the database that they live, so it is known of a dead one that it is dead. */
  readonly takesOverDead?: boolean;
  /** Seals and opens what a thief of the database must not read, and proves who wrote the audit trail. */
  readonly vault: Vault<Db>;
}

/** What actions must know of a provider: limits, and a pure check of one item. Every `PayoutProvider` satisfies it. */
export interface ProviderRules {
  readonly name: string;
  readonly capabilities: {
    readonly itemsPerSubmissionMax: number;
    readonly itemReferenceMax: number;
    readonly providerKeyMax: number;
    /** Absent: whatever is asked for. */
    readonly payableSteps?: PayableSteps;
  };
  validate(item: {
    itemReference: string;
    destination: { kind: DestinationKind; value: string };
    amount: bigint;
    currency: string;
    note: string | null;
  }): { code: string; message: string } | null;
}
