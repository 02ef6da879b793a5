import type { ActionContext } from '../actions/context.ts';
import type { Providers } from '../actions/providers.ts';
import type { Mailer } from '../notify/smtp.ts';
import type { PayoutProvider } from '../providers/provider.ts';
import type { Claim } from '../store/submissions.ts';

/** One structured log line per event: ids, never destinations or secrets. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** What the engine works with. */
export interface EngineContext extends ActionContext {
  readonly providers: Providers<PayoutProvider>;
  readonly log: Log;
  /** Names this worker in leases. */
  readonly worker: string;
  readonly sendLeaseMs: number;
  readonly pollIntervalMs: number;
  /** Null or absent: no mail server is set, and mails rest in the outbox. */
  readonly mailer?: Mailer | null;
  /** Makes this process follow the test clock that all processes share; absent where time is never moved. */
  readonly keepTime?: () => Promise<void>;
}

/** This worker's claim. */
export function claimOf(ctx: EngineContext): Claim {
  return { owner: ctx.worker, leaseMs: ctx.sendLeaseMs, takesOverDead: ctx.takesOverDead === true };
}

/** Work of one round, limited to one batch when `batchId` is not null. Answers how much was done. */
export interface Round {
  readonly batchId: bigint | null;
}
