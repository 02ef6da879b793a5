import type { HoldFacts } from './hold.ts';
import { holdsNow } from './hold.ts';
import { reasonFor } from './reasons.ts';
import { operatorMoment } from './when.ts';

/** What keeps a payee from being paid, whoever would start it. */
export interface Block {
  readonly kind: 'blocked' | 'on_hold' | 'frozen' | 'cooling_off' | 'no_method' | 'account_not_ready';
  readonly words: string;
  /** When it ends by the clock; null: somebody must end it. */
  readonly until: Date | null;
  readonly waitingOn: 'you' | 'payee' | 'clock';
}

export interface PayeeFacts extends HoldFacts {
  readonly hasMethod: boolean;
  /** Why the provider says that the account cannot be paid; null: it can, or nobody knows. */
  readonly notReady: string | null;
  /** Why the last payout that went to the method in use failed or came back; null: it did not. */
  readonly lastFault: string | null;
}

const kinds = {
  payout: 'on_hold',
  payee: 'on_hold',
  blocked: 'blocked',
  frozen: 'frozen',
  cooling_off: 'cooling_off',
} as const;

/** Everything that blocks a payee now; empty: they can be paid. */
export function blocksOf(facts: PayeeFacts, now: Date, zone: string): Block[] {
  const held = holdsNow(facts, now).map(({ by, reason, until }) => ({
    kind: kinds[by],
    words: holdWords(kinds[by], reason, until && operatorMoment(zone, until)),
    until,
    waitingOn: until === null ? ('you' as const) : ('clock' as const),
  }));
  const missing: Block = {
    kind: 'no_method',
    words: 'They have no payout method: they add one in the portal, or you add it.',
    until: null,
    waitingOn: 'payee',
  };
  const fault = facts.notReady ?? faultWords(facts.lastFault);
  const account: Block | null =
    fault === null ? null : { kind: 'account_not_ready', words: fault, until: null, waitingOn: 'payee' };
  return [...held, ...(facts.hasMethod ? [] : [missing]), ...(account ? [account] : [])];
}

/** What failed last stands in the way of what is sent next, where only the payee can mend it. */
function faultWords(code: string | null): string | null {
  if (code === null) return null;
  const { operator, fix, waitingOn } = reasonFor(code);
  return waitingOn === 'payee' ? `The last payout to this payout method failed. ${operator} ${fix}` : null;
}

function holdWords(kind: Block['kind'], reason: string, until: string | null): string {
  const end = until ? ` until ${until}` : '';
  if (kind === 'blocked') return 'The payee is blocked: set the status to active to pay them again.';
  if (kind === 'frozen') return `${capital(reason)}: reach them, then release the method.`;
  if (kind === 'cooling_off') return `${capital(reason)} and is paid to only after its cool-off${end}.`;
  return `On hold${end}: ${reason}.${until ? '' : ' Release the payee to pay them.'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
