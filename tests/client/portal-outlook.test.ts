import { describe, expect, it } from 'vitest';
import type { OwnBalance, OwnPayout } from '../../web/client/types.ts';
import { askableOf } from '../../web/portal/home/askable.ts';
import { outlookOf } from '../../web/portal/home/outlook.ts';
import { isKept, stepsOf } from '../../web/portal/payouts/look.ts';

const at = '2026-11-20T12:00:00.000Z';
const usd = {
  currency: 'USD',
  available: 9000,
  inFailed: 0,
  note: null,
  pending: 0,
  reserved: 0,
  onItsWay: 0,
  paid: 0,
  totalEarnings: 9000,
  nextAvailableAt: null,
  minimumPayout: 5000,
};
const payout = (status: OwnPayout['status'], amount: number, more: Partial<OwnPayout> = {}): OwnPayout => ({
  id: `po_${status}`,
  amount,
  currency: 'USD',
  conversion: null,
  status,
  label: '',
  nextStep: '',
  waitingOn: 'platform',
  onHold: false,
  createdAt: at,
  changedAt: at,
  completedAt: null,
  ...more,
});
const balanceOf = (nextPayoutDate: string | null, inFailed = 0): OwnBalance => ({
  ...usd,
  nextPayoutDate,
  balances: [{ ...usd, inFailed }],
});

describe('what a payee can ask for', () => {
  it('leaves out what the server says belongs to payouts that did not arrive', () => {
    const stuckIn = (inFailed: number, available = 9000) => askableOf({ ...usd, available, inFailed }, []);
    expect(stuckIn(2500)).toMatchObject({ free: 6500n, stuck: 2500n, isEnough: true });
    expect(stuckIn(4500)).toMatchObject({ free: 4500n, isEnough: false });
    expect(stuckIn(20_000)).toMatchObject({ free: 0n, stuck: 9000n });
    expect(stuckIn(100, -300)).toMatchObject({ free: -300n, stuck: 0n });
  });

  it('is nothing while a request is under way', () => {
    const approved = payout('approved', 1000);
    expect(askableOf(usd, [approved])).toMatchObject({ underWay: approved, isEnough: false });
  });

  it('is what the clock asks for next, and no money of a failed payout is promised with it', () => {
    expect(outlookOf(balanceOf(at, 2500), [payout('failed', 2500)], undefined)).toMatchObject({
      kind: 'scheduled',
      free: 6500n,
    });
    expect(outlookOf(balanceOf(at, 8000), [payout('failed', 8000)], undefined)).toMatchObject({
      kind: 'stuck',
    });
  });
});

describe('what is shown as on hold', () => {
  it('is what the platform holds, and never what is only approved', () => {
    expect(isKept(payout('approved', 1000))).toBe(false);
    expect(isKept(payout('approved', 1000, { onHold: true }))).toBe(true);
    expect(isKept(payout('approved', 1000, { onHold: true, waitingOn: 'clock' }))).toBe(false);
  });
});

describe('the steps of a payout', () => {
  const seen = (status: OwnPayout['status'], kind: 'request' | 'cycle') =>
    stepsOf({ status, kind })
      .map(({ key, look }) => `${key} ${look}`)
      .join(', ');

  it('are at what its badge says', () => {
    expect(seen('pending_approval', 'request')).toBe(
      'requested now, approved next, onItsWay next, paid next',
    );
    expect(seen('approved', 'request')).toBe('requested done, approved now, onItsWay next, paid next');
    expect(seen('sent', 'request')).toBe('requested done, approved done, onItsWay now, paid next');
    expect(seen('failed', 'request')).toBe('requested done, approved done, failed bad, paid next');
  });

  it('say of a run that nobody asked for it or approved it', () => {
    expect(seen('queued', 'cycle')).toBe('earned done, prepared now, onItsWay next, paid next');
    expect(seen('sent', 'cycle')).toBe('earned done, prepared done, onItsWay now, paid next');
    expect(seen('unclaimed', 'cycle')).toBe('earned done, prepared done, unclaimed now, paid next');
    expect(seen('failed', 'cycle')).toBe('earned done, prepared done, failed bad, paid next');
    expect(seen('returned', 'cycle')).toBe('earned done, prepared done, onItsWay done, returned bad');
    expect(seen('completed', 'cycle')).toBe('earned done, prepared done, onItsWay done, paid done');
  });
});
