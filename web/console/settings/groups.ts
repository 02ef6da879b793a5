import type { Draft } from './draft.ts';

/** What is decided together and saved together. `key` names its texts. */
export interface Group {
  readonly key: string;
  readonly names: readonly (keyof Draft)[];
}

/** In the order in which money passes them. */
export const groups: readonly Group[] = [
  { key: 'fees', names: ['feeBpsBySource'] },
  { key: 'settlement', names: ['settlementHoldDays', 'settlementHoldDaysBySource'] },
  { key: 'requests', names: ['minimumPayout'] },
  { key: 'schedule', names: ['payoutSchedule', 'payoutFrequency', 'sendApprovedOnSchedule'] },
  { key: 'approvals', names: ['secondApproverAbove', 'approvalExpiryDays'] },
  { key: 'methods', names: ['methodCoolOffHours'] },
  { key: 'sending', names: ['autoRetry', 'payeeMails'] },
  { key: 'conversion', names: ['fxRateMaxAgeHours', 'fxRateJumpBps', 'fxSpreadBps'] },
];
