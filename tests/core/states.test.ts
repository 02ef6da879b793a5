import { describe, expect, it } from 'vitest';
import {
  attemptStateFor,
  attemptStates,
  bucketOf,
  eventOf,
  type ItemStatus,
} from '../../src/core/attempt.ts';
import { refuseOnHold } from '../../src/core/hold-refusals.ts';
import { explain } from '../../src/core/next-step.ts';
import { can, payoutEvents, payoutStates, placeOf, statesThat, step } from '../../src/core/payout.ts';
import { reasonCodes, reasonFor } from '../../src/core/reasons.ts';
import { refusalCodes, refuse } from '../../src/core/refusal.ts';
import { whyNotResolvable } from '../../src/core/resolution.ts';
import { isWatchOver, pollWaitMs, resendWaitMs, watchDays } from '../../src/core/retry.ts';
import { stepSubmission, submissionEvents, submissionStates } from '../../src/core/submission.ts';

const itemStatuses: ItemStatus[] = ['pending', 'held', 'unclaimed', 'completed', 'failed', 'returned'];
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

it('answers every event in every state of a payout', () => {
  for (const state of payoutStates) {
    for (const event of payoutEvents)
      expect(['same', 'refuse', ...payoutStates]).toContain(step(state, event));
  }
});

it('does nothing twice: an event that led to a state changes nothing when it is told again', () => {
  for (const state of payoutStates) {
    for (const event of payoutEvents) {
      const to = step(state, event);
      if (to === 'same' || to === 'refuse') continue;
      // Asked-for changes may be refused the second time; facts of the provider never are.
      const again = step(to, event);
      expect({ state, event, again: again === 'same' || again === 'refuse' || again === to }).toMatchObject({
        again: true,
      });
    }
  }
});

it('lets a success come back for ever', () => {
  expect(step('completed', 'return')).toBe('returned');
});

it('lets nothing leave declined and cancelled', () => {
  for (const state of ['declined', 'cancelled'] as const) {
    for (const event of payoutEvents) expect(['same', 'refuse']).toContain(step(state, event));
  }
});

it('prepares a payout again only after it is proven not to have been paid', () => {
  expect(statesThat('retry')).toEqual(['failed', 'returned']);
  expect(statesThat('prepare')).toEqual(['approved']);
});

it('cancels only what has not left', () => {
  expect(statesThat('cancel')).toEqual(['pending_approval', 'approved', 'queued', 'failed', 'returned']);
});

it('greys a button out exactly where the action would be refused', () => {
  for (const state of payoutStates) {
    expect(can.cancel(state)).toBe(statesThat('cancel').includes(state));
    expect(can.retry(state)).toBe(statesThat('retry').includes(state));
    expect(can.approve(state)).toBe(statesThat('approve').includes(state));
    expect(can.decline(state)).toBe(statesThat('decline').includes(state));
    expect(can.markPaid(state)).toBe(statesThat('mark_paid').includes(state));
  }
});

it('takes news of an item in any order once the bytes may have left', () => {
  for (const state of ['sending', 'sent', 'held', 'unclaimed'] as const) {
    for (const status of itemStatuses) expect(step(state, eventOf(status))).not.toBe('refuse');
  }
});

it('keeps the money in one place per state, and moves it only when the place changes', () => {
  for (const state of payoutStates) {
    expect(['reserved', 'clearing', 'paid', 'available']).toContain(placeOf(state));
    expect(attemptStates).toContain(attemptStateFor(state));
  }
  expect(attemptStates.map((state) => bucketOf(state))).toEqual([
    'pending',
    'pending',
    'unclaimed',
    'success',
    'failed',
    'returned',
    'cancelled',
  ]);
});

it('answers every event in every state of a submission', () => {
  for (const state of submissionStates) {
    for (const event of submissionEvents)
      expect(['same', 'refuse', ...submissionStates]).toContain(stepSubmission(state, event));
  }
});

it('never makes an unknown submission unsent: only a proven answer ends it', () => {
  const ends = submissionEvents.map((event) => stepSubmission('unknown', event));
  expect(new Set(ends)).toEqual(new Set(['same', 'accepted', 'rejected', 'refuse']));
  expect(stepSubmission('unknown', 'surface')).toBe('refuse');
  expect(stepSubmission('sending', 'expire')).toBe('unknown');
  expect(stepSubmission('sending', 'lose')).toBe('unknown');
});

it('cancels a submission only while nothing of it has left', () => {
  const cancellable = submissionStates.filter((state) => stepSubmission(state, 'cancel') === 'cancelled');
  expect(cancellable).toEqual(['planned']);
});

it('lets nothing leave a proven submission', () => {
  for (const state of ['accepted', 'rejected', 'cancelled'] as const) {
    for (const event of submissionEvents) {
      if (state === 'rejected' && event === 'surface') continue;
      expect(['same', 'refuse']).toContain(stepSubmission(state, event));
    }
  }
});

it('lets the provider alone take back the word of a person that nothing was sent', () => {
  const surfacing = submissionStates.filter((state) => stepSubmission(state, 'surface') === 'accepted');
  expect(surfacing).toEqual(['rejected']);
});

it('lets a person decide only where sending the same bytes again finds out nothing more', () => {
  const now = new Date(Date.UTC(2026, 10, 20));
  const later = new Date(now.getTime() + dayMs);
  const earlier = new Date(now.getTime() - dayMs);
  const question = { state: 'unknown', keyValidUntil: later, refusedAt: null, leaseUntil: null } as const;
  const at = new Date(later.getTime() - 60 * minuteMs);
  expect(whyNotResolvable(question, now)).toMatchObject({ at });
  expect(whyNotResolvable(question, at)).toBeNull();
  expect(whyNotResolvable({ ...question, keyValidUntil: earlier }, now)).toBeNull();
  expect(whyNotResolvable({ ...question, refusedAt: earlier }, now)).toBeNull();
  expect(whyNotResolvable({ ...question, refusedAt: earlier, leaseUntil: later }, now)).toMatchObject({
    at: later,
  });
  expect(whyNotResolvable({ ...question, refusedAt: earlier, leaseUntil: earlier }, now)).toBeNull();
  for (const state of submissionStates.filter((one) => one !== 'unknown')) {
    expect(whyNotResolvable({ ...question, state, keyValidUntil: earlier }, now)).toMatchObject({ at: null });
  }
});

it('says of an unknown outcome whose key is over that it waits for a person, not that it is sent again', () => {
  const words = explain({
    state: 'sending',
    submissionState: 'unknown',
    reasonCode: null,
    unclaimedUntil: null,
    handedOver: true,
  });
  expect(words).toMatchObject({ label: 'Outcome unknown; do not resend', waitingOn: 'you' });
  expect(words.nextStep).toMatch(/nothing is sent again/);
  expect(words.nextStep).not.toMatch(/same bytes/);
});

it('waits longer before each resend, at most five minutes, and never less than the provider asked for', () => {
  const waits = Array.from({ length: 40 }, (_, index) => resendWaitMs(index + 1, null));
  expect(waits.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
  expect(Math.max(...waits)).toBe(5 * minuteMs);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(resendWaitMs(1, 90_000)).toBe(90_000);
  expect(resendWaitMs(1, 10 * dayMs)).toBe(60 * minuteMs);
});

it('looks often at what is open, seldom at what is settled, and never stops at what is not', () => {
  expect(pollWaitMs('open', 15_000, 0, 0)).toBe(15_000);
  expect(pollWaitMs('open', 15_000, 99, 0)).toBe(15 * minuteMs);
  expect(pollWaitMs('unclaimed', 15_000, 0, dayMs - 1)).toBe(60 * minuteMs);
  expect(pollWaitMs('unclaimed', 15_000, 0, 31 * dayMs)).toBe(6 * 60 * minuteMs);
  expect(isWatchOver('settled', watchDays * dayMs)).toBe(true);
  expect(isWatchOver('settled', watchDays * dayMs - 1)).toBe(false);
  for (const openness of ['open', 'unclaimed'] as const)
    expect(isWatchOver(openness, 400 * dayMs)).toBe(false);
});

it('has words and a next move for every state, whatever the reason', () => {
  for (const state of payoutStates) {
    for (const submissionState of [null, ...submissionStates]) {
      for (const reasonCode of [null, 'no_such_reason', 'toString', ...reasonCodes]) {
        const words = explain({
          state,
          submissionState,
          reasonCode,
          unclaimedUntil: '1 Dec 2026, 12:00 UTC',
        });
        expect(words.label.length).toBeGreaterThan(3);
        expect(words.nextStep).toMatch(/\.$/);
        expect(['you', 'approver', 'payee', 'provider', 'clock', 'nobody']).toContain(words.waitingOn);
      }
    }
  }
});

it('says of an unknown outcome not to resend, and of nothing else', () => {
  const unknown = explain({
    state: 'sending',
    submissionState: 'unknown',
    reasonCode: null,
    unclaimedUntil: null,
  });
  expect(unknown.label).toContain('do not resend');
  const sending = explain({
    state: 'sending',
    submissionState: 'sending',
    reasonCode: null,
    unclaimedUntil: null,
  });
  expect(sending.label).toBe('Sending');
});

it('never says of money that came back that none moved', () => {
  const words = explain({
    state: 'returned',
    submissionState: 'accepted',
    reasonCode: null,
    unclaimedUntil: null,
  });
  expect(words.label).toBe('Came back: The provider took it back. The money is back.');
});

it('says until when an unclaimed payment can be claimed', () => {
  const words = explain({
    state: 'unclaimed',
    submissionState: 'accepted',
    reasonCode: null,
    unclaimedUntil: '20 Dec',
  });
  expect(words).toMatchObject({ label: 'Unclaimed until 20 Dec', waitingOn: 'payee' });
});

it('has three whole sentences for every reason, and reads an unknown one as the provider’s', () => {
  for (const code of reasonCodes) {
    const reason = reasonFor(code);
    for (const text of [reason.operator, reason.payee, reason.fix]) expect(text).toMatch(/^[A-Z].*\.$/);
  }
  expect(reasonFor('no_such_reason')).toBe(reasonFor('provider_error'));
  expect(reasonFor('constructor')).toBe(reasonFor('provider_error'));
});

it('says in every refusal what happened to the money or the data, and what to do', () => {
  for (const code of refusalCodes) {
    const refusal = refuse(code, { batchId: 'pb_1' });
    expect(refusal.status).toBeGreaterThanOrEqual(400);
    expect(refusal.status).toBeLessThan(500);
    expect(refusal.message).toMatch(/money|changed|cancelled|sent again/i);
    expect(refusal.action).toMatch(/\.$/);
    expect(refusal.details).toEqual({ batchId: 'pb_1' });
  }
});

describe('a payout that failed, of a payee who has another method now', () => {
  const before = {
    state: 'failed',
    submissionState: null,
    reasonCode: 'receiver_locked',
    unclaimedUntil: null,
  } as const;
  const otherMethod = { savedAt: '20 Nov 2026, 12:00 UTC', needsApproval: false };

  it('waits for the clock until the cool-off ends, then for you', () => {
    const cooling = { hold: 'x', holdBy: 'cooling_off', holdEnds: '23 Nov 2026, 12:00 UTC' } as const;
    const todos = { failed: 'retry it, or pay its cycle again', returned: 'retry it' } as const;
    for (const [state, todo] of Object.entries(todos) as [keyof typeof todos, string][]) {
      expect(explain({ ...before, state, otherMethod, ...cooling })).toMatchObject({
        nextStep: `A new payout method was saved on 20 Nov 2026, 12:00 UTC. Until 23 Nov 2026, 12:00 UTC it is the clock's turn: nothing is paid to it before its cool-off ends. Then it is yours: ${todo}. Nothing sends it by itself.`,
        waitingOn: 'clock',
      });
      expect(explain({ ...before, state, otherMethod })).toMatchObject({
        nextStep: `A new payout method was saved on 20 Nov 2026, 12:00 UTC. R${todo.slice(1)}.`,
        waitingOn: 'you',
      });
    }
  });

  it('is put back to be approved when it was approved for the earlier one', () => {
    const { nextStep, waitingOn } = explain({
      ...before,
      otherMethod: { savedAt: null, needsApproval: true },
    });
    expect(nextStep).toBe(
      'The payee has another payout method in use now. Put it back to be approved; it was approved for the earlier method.',
    );
    expect(waitingOn).toBe('you');
  });

  it('reads the same where the provider refused the method itself, whoever was to mend it', () => {
    for (const reasonCode of ['compliance_blocked', 'risk_declined', 'currency_not_supported'])
      expect(explain({ ...before, reasonCode, otherMethod })).toMatchObject({
        nextStep:
          'A new payout method was saved on 20 Nov 2026, 12:00 UTC. Retry it, or pay its cycle again.',
        waitingOn: 'you',
      });
  });

  it('reads as before where another method mends nothing', () => {
    const reasonCode = 'insufficient_funds';
    expect(explain({ ...before, reasonCode, otherMethod })).toEqual(explain({ ...before, reasonCode }));
  });
});

it('says of a hold its reason, its end and who ends it', () => {
  const at = new Date('2026-11-24T20:15:55Z');
  const cooling = refuseOnHold(
    'po_1',
    { by: 'cooling_off', reason: 'the payout method changed', until: at },
    'UTC',
  );
  expect(cooling.message).toContain('until 24 Nov 2026, 20:15 UTC: the payout method changed.');
  expect(cooling.action).toContain('ends by the clock on 24 Nov 2026, 20:15 UTC');
  expect(cooling.details).toMatchObject({ reason: 'the payout method changed', until: at.toISOString() });
  const placed = refuseOnHold('po_1', { by: 'payee', reason: 'invoice missing', until: null }, 'UTC');
  expect(placed.action).toBe('It does not end by itself. Release the payee to go on.');
});
