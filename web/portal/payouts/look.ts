import type { OwnPayout, OwnPayoutDetails } from '../../client/types.ts';

type PayoutState = OwnPayout['status'];

/** What a payout looks like: color says whether it went well, waits for the payee, went wrong or is over. */
export function colorOf({ status, waitingOn }: Pick<OwnPayout, 'status' | 'waitingOn'>): string {
  if (status === 'completed') return 'teal';
  if (waitingOn === 'you') return 'orange';
  if (status === 'failed' && waitingOn !== 'clock') return 'red';
  if (status === 'declined' || status === 'cancelled' || status === 'returned') return 'gray';
  return 'sea';
}

const over = new Set<PayoutState>(['completed', 'declined', 'cancelled']);
const onTheMove = new Set<PayoutState>([
  'pending_approval',
  'approved',
  'queued',
  'sending',
  'sent',
  'held',
  'unclaimed',
]);

/** Nothing more happens to it. */
export function isOver({ status }: Pick<OwnPayout, 'status'>): boolean {
  return over.has(status);
}

/** Money of it is still to come. */
export function isOnTheMove({ status }: Pick<OwnPayout, 'status'>): boolean {
  return onTheMove.has(status);
}

/** It failed or came back, and the payee can mend it. */
export function canFix({ status, waitingOn }: Pick<OwnPayout, 'status' | 'waitingOn'>): boolean {
  return waitingOn === 'you' && (status === 'failed' || status === 'returned');
}

/** The platform holds it, and only they can end that. */
export function isKept({ onHold, waitingOn }: Pick<OwnPayout, 'onHold' | 'waitingOn'>): boolean {
  return onHold && waitingOn === 'platform';
}

type StepLook = 'done' | 'now' | 'next' | 'bad' | 'over';
interface Step {
  readonly key:
    | 'requested'
    | 'earned'
    | 'prepared'
    | 'approved'
    | 'onItsWay'
    | 'paid'
    | 'failed'
    | 'returned'
    | 'declined'
    | 'cancelled'
    | 'unclaimed';
  readonly look: StepLook;
}

/** How many of the four steps lie behind a payout in this state; the next one is where it is. */
const behind: Record<PayoutState, number> = {
  pending_approval: 0,
  approved: 1,
  queued: 1,
  sending: 2,
  sent: 2,
  held: 2,
  unclaimed: 2,
  completed: 4,
  failed: 2,
  returned: 3,
  declined: 1,
  cancelled: 1,
};

const names = ['requested', 'approved', 'onItsWay', 'paid'] as const;
/** Nobody asks for what a run pays, nor approves it. */
const namesOfRun = ['earned', 'prepared', 'onItsWay', 'paid'] as const;

/** The steps as they truly went: where it ended otherwise the last one says how, and nothing after it is shown done. */
export function stepsOf({ status, kind }: Pick<OwnPayoutDetails, 'status' | 'kind'>): readonly Step[] {
  const isOfRun = kind === 'cycle' || kind === 'legacy';
  if (status === 'declined' || status === 'cancelled')
    return [
      { key: isOfRun ? 'prepared' : 'requested', look: 'done' },
      { key: status, look: 'over' },
      { key: 'onItsWay', look: 'next' },
      { key: 'paid', look: 'next' },
    ];
  const shown = isOfRun ? namesOfRun : names;
  const done = behind[status];
  const [sent, last] = [shown.length - 2, shown.length - 1];
  return shown.map((key, index) => {
    if (status === 'failed' && index === sent) return { key: 'failed', look: 'bad' };
    if (status === 'returned' && index === last) return { key: 'returned', look: 'bad' };
    if (status === 'unclaimed' && index === sent) return { key: 'unclaimed', look: 'now' };
    if (index < done) return { key, look: 'done' };
    return { key, look: index === done && status !== 'failed' ? 'now' : 'next' };
  });
}
