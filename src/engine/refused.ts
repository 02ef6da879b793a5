import { openAlerts } from '../store/alerts.ts';
import { BalanceError } from '../store/ledger.ts';
import type { EngineContext } from './context.ts';

/** Integrity constraint violations (PostgreSQL documentation, appendix A). */
const integrityClass = '23';

/** True when the database would not have what was to be written: a rule of the books or a key stood against it. */
export function wasRefused(error: unknown): error is Error {
  if (error instanceof BalanceError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.length === 5 && code.startsWith(integrityClass);
}

/** What was refused of one thing is told, and keeps nothing else from going on. Nothing of it was written. */
export async function tellRefused(ctx: EngineContext, subject: string, error: Error): Promise<void> {
  ctx.log.error('not_recorded', { subject, error: error.message });
  await openAlerts(ctx.db, [{ kind: 'not_recorded', subject, facts: {} }], ctx.now());
}
