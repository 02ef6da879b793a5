import type { Hold } from './hold.ts';

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
