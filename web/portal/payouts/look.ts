import type { OwnPayout } from '../../client/types.ts';

export type PayoutState = OwnPayout['status'];

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

type StepLook = 'done' | 'now' | 'next' | 'bad' | 'over';
interface Step {
  readonly key:
    | 'requested'
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

/** How many of the four steps lie behind a payout in this state. */
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

/** The four steps as they truly went: where it ended otherwise the last one says how, and nothing after it is shown done. */
export function stepsOf(status: PayoutState): readonly Step[] {
  const done = behind[status];
  if (status === 'declined' || status === 'cancelled')
    return [
      { key: 'requested', look: 'done' },
      { key: status, look: 'over' },
      { key: 'onItsWay', look: 'next' },
      { key: 'paid', look: 'next' },
    ];
  return names.map((key, index) => {
    if (status === 'failed' && index === 2) return { key: 'failed', look: 'bad' };
    if (status === 'returned' && index === 3) return { key: 'returned', look: 'bad' };
    if (status === 'unclaimed' && index === 2) return { key: 'unclaimed', look: 'now' };
    // What is asked for is a step that was taken; it waits for the next one.
    const now = status === 'pending_approval' ? 1 : done;
    if (index < now) return { key, look: 'done' };
    return { key, look: index === now && status !== 'failed' ? 'now' : 'next' };
  });
}
