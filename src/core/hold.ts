/** What can keep a payout from being sent: somebody holds it, or its payee; or its method is not usable. */
export interface HoldFacts {
  readonly holdReason?: string | null;
  readonly holdUntil?: Date | null;
  readonly payeeStatus?: 'active' | 'blocked';
  readonly payeeHoldReason?: string | null;
  readonly payeeHoldUntil?: Date | null;
  /** Of the method it would go to. */
  readonly methodUsableFrom?: Date | null;
  readonly methodFrozenAt?: Date | null;
}

/** `by` says what holds it; `until` null: until somebody releases it. */
export interface Hold {
  readonly by: 'payout' | 'payee' | 'blocked' | 'frozen' | 'cooling_off';
  readonly reason: string;
  readonly until: Date | null;
}

/** Why a payee says that a method is frozen. */
export const notTheirs = 'the payee says the change was not theirs';

/** Everything that holds now. Holds end by the clock. */
export function holdsNow(facts: HoldFacts, now: Date): Hold[] {
  return holdsIn(facts).filter(({ until }) => until === null || until > now);
}

/** The hold that lasts longest now, or null. */
export function holdNow(facts: HoldFacts, now: Date): Hold | null {
  const holds = holdsNow(facts, now);
  const ends = ({ until }: Hold) => until?.getTime() ?? Infinity;
  return holds.reduce<Hold | null>((last, hold) => (last && ends(last) >= ends(hold) ? last : hold), null);
}

function holdsIn(facts: HoldFacts): Hold[] {
  const { holdReason, payeeHoldReason, methodUsableFrom } = facts;
  return [
    holdReason ? ({ by: 'payout', reason: holdReason, until: facts.holdUntil ?? null } as const) : null,
    facts.payeeStatus === 'blocked'
      ? ({ by: 'blocked', reason: 'the payee is blocked', until: null } as const)
      : null,
    payeeHoldReason
      ? ({ by: 'payee', reason: payeeHoldReason, until: facts.payeeHoldUntil ?? null } as const)
      : null,
    facts.methodFrozenAt
      ? ({ by: 'frozen', reason: `the payout method is frozen, as ${notTheirs}`, until: null } as const)
      : null,
    methodUsableFrom
      ? ({ by: 'cooling_off', reason: 'the payout method changed', until: methodUsableFrom } as const)
      : null,
  ].filter((hold) => hold !== null);
}
