import type { Hold } from './hold.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { operatorMoment } from './when.ts';

/** What ends a hold before its time, for operators. */
const ends = {
  payout: 'Release the payout',
  payee: 'Release the payee',
  blocked: 'Set the payee to active',
  frozen: 'Reach the payee another way, then release the method',
} as const satisfies Record<Exclude<Hold['by'], 'cooling_off'>, string>;

/** How it ends: by the clock, or by an operator. */
export function holdEnding(by: Hold['by'], until: string | null): string {
  if (by === 'cooling_off') {
    const end = until === null ? 'at the end of its cool-off' : `on ${until}`;
    return `Nobody placed this hold, so nobody releases it: it ends by the clock ${end}. Until then only a method that is past its cool-off can be paid to.`;
  }
  return until === null
    ? `It does not end by itself. ${ends[by]} to go on.`
    : `It ends by the clock on ${until}. ${ends[by]} to go on before.`;
}

/** Nothing is sent or marked paid while it is on hold: why, until when, and who ends it. */
export function refuseOnHold(payoutId: string, { by, reason, until }: Hold, zone: string): Refusal {
  const end = until && operatorMoment(zone, until);
  const no = refuse('payout_on_hold', { payoutId, reason, ...(until && { until: until.toISOString() }) });
  const when = end ? ` until ${end}` : '';
  return {
    ...no,
    message: `This payout is on hold${when}: ${reason}. Nothing was changed and no money moved.`,
    action: holdEnding(by, end),
  };
}

/** The same of an account of which its provider says that it cannot be paid. */
export function refuseNotReady(payoutId: string, reason: string): Refusal {
  return {
    ...refuse('payout_on_hold', { payoutId, reason }),
    message: `The provider does not pay to this account now: ${reason} Nothing was changed and no money moved.`,
    action: 'The payee settles it with the provider, or chooses another payout method; then retry.',
  };
}
