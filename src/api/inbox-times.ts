import type { NeedTimes } from '../store/payout-needs.ts';
import type { ApiDeps } from './deps.ts';
import { unclaimedDaysOf } from './providers.ts';

const dayMs = 24 * 60 * 60_000;
/** How long before its end something counts as urgent, in days. */
const expiringDays = 3;
const holdsEndingDays = 2;
const unclaimedEndingDays = 7;

/** What the inbox counts, and the lists it links to show, at this moment. */
export function needTimes(deps: ApiDeps): NeedTimes {
  const now = deps.now();
  const within = (days: number) => new Date(now.getTime() + days * dayMs);
  return {
    now,
    expiringUntil: within(expiringDays),
    holdsUntil: within(holdsEndingDays),
    acceptedBefore: within(unclaimedEndingDays - unclaimedDaysOf(deps)),
  };
}
