import { z } from 'zod';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { cycleId, text } from './text.ts';

/** A cycle under an id of the caller's choice, such as `18`, or under a new one. */
export const cycleBody = z.object({ id: cycleId.optional(), name: text(200).optional() });

interface CycleFacts {
  readonly publicId: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: Date;
  readonly activeBatchId: string | null;
  readonly activeBatchStartedBy: string | null;
  readonly lastCompletedBatchId: string | null;
  readonly lockedBy: string | null;
  readonly lockExpiresAt: Date | null;
}

/** Candidates of a cycle by currency, and whether they can be paid. */
export interface EligibilityFacts {
  readonly currency: string;
  readonly status: 'eligible' | 'no_method' | 'payee_blocked';
  readonly count: bigint;
  readonly amount: bigint;
}

/** How many can be paid now, and what it costs per currency in minor units. */
export function presentEligible(rows: readonly EligibilityFacts[]): {
  eligibleCount: number;
  eligibleTotals: Totals;
} {
  const eligible = rows.filter((row) => row.status === 'eligible');
  const eligibleTotals: Totals = {};
  for (const row of eligible) addTo(eligibleTotals, row.currency, row.amount);
  return { eligibleCount: eligible.reduce((sum, row) => sum + Number(row.count), 0), eligibleTotals };
}

export function presentCycle(cycle: CycleFacts, rows: readonly EligibilityFacts[]) {
  return {
    id: cycle.publicId,
    name: cycle.name,
    status: cycle.status,
    ...presentEligible(rows),
    activeBatchId: cycle.activeBatchId,
    activeBatchStartedBy: cycle.activeBatchStartedBy,
    lastCompletedBatchId: cycle.lastCompletedBatchId,
    lock: cycle.lockedBy === null ? null : { lockedBy: cycle.lockedBy, expiresAt: cycle.lockExpiresAt },
    createdAt: cycle.createdAt,
  };
}

const notEligible = {
  no_method: [
    'They have no payout method this provider can pay.',
    'Add a payout method to the payee, or import a file that names one.',
  ],
  payee_blocked: ['The payee is blocked.', 'Free the payee if they should be paid.'],
} as const;

/** Who is left out, and what would change it. */
export function presentNotEligible(rows: readonly EligibilityFacts[]) {
  return rows.flatMap((row) => {
    if (row.status === 'eligible') return [];
    const [message, fix] = notEligible[row.status];
    return [
      { reason: row.status, currency: row.currency, count: row.count, total: row.amount, message, fix },
    ];
  });
}
