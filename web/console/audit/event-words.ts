import type { TFunction } from 'i18next';

/** Every deed that is on record, by what it was done to. */
export const eventNames = [
  'access.refused',
  'balances.rebuilt',
  'batch.started',
  'batch.retried',
  'batch.cancelled',
  'batch.completed',
  'cycle.created',
  'cycle.lock_taken_over',
  'earnings.recorded',
  'earnings.reversed',
  'fx_rates.entered',
  'hand_transfers.exported',
  'invitation.ended',
  'import.rows_left_out',
  'key.created',
  'key.revoked',
  'legacy.imported',
  'legacy.matched',
  'mail.read',
  'payee.created',
  'payee.changed',
  'payee.blocked',
  'payee.unblocked',
  'payee.held',
  'payee.released',
  'payee.change_disputed',
  'payee.told_of_change',
  'payee.schedule_changed',
  'payee.portal_link_made',
  'payee.portal_link_mailed',
  'payee.signed_in',
  'payee.session_ended',
  'payees.recorded',
  'payout.requested',
  'payout.approved',
  'payout.approved_first',
  'payout.approval_voided',
  'payout.declined',
  'payout.cancelled',
  'payout.held',
  'payout.released',
  'payout.marked_paid',
  'payout.unpaid',
  'payout.part_settled',
  'payout.resubmitted',
  'payout.payee_settled',
  'payouts.retried',
  'payouts.expired',
  'payout_method.added',
  'payout_method.chosen',
  'payout_method.retired',
  'payout_method.released',
  'payout_method.revealed',
  'person.created',
  'person.invited',
  'person.joined',
  'person.changed',
  'person.password_changed',
  'person.password_reset',
  'person.signed_in',
  'person.sign_in_failed',
  'person.stepped_up',
  'person.proof_failed',
  'person.locked',
  'reconciliation.asked',
  'reconciliation.given_up',
  'sandbox.balance_set',
  'sandbox.clock_advanced',
  'sandbox.faults_ordered',
  'sandbox.faults_cleared',
  'schedule.ran',
  'second_factor.added',
  'second_factor.removed',
  'secret.rotated',
  'session.ended',
  'settings.changed',
  'submission.surfaced',
  'submission.found_unsent',
  'submission.resolve_asked',
  'submission.resolved',
] as const;

/** What can have something done to it. */
export const subjectNames = [
  'batch',
  'cycle',
  'earnings',
  'fx_rates',
  'import',
  'invitation',
  'key',
  'ledger',
  'mail',
  'payee',
  'payees',
  'payout',
  'payouts',
  'payout_method',
  'person',
  'route',
  'schedule',
  'settings',
  'submission',
] as const;

/** "Settings changed"; a deed without words is shown by its name. */
export function eventWords(t: TFunction, event: string): string {
  return t(`events.${event}`, { defaultValue: event });
}

export function subjectWords(t: TFunction, type: string): string {
  return t(`subjects.${type}`, { defaultValue: type });
}

const pages: Readonly<Record<string, string>> = {
  payout: '/payouts/',
  payee: '/payees/',
  batch: '/batches/',
  cycle: '/cycles/',
};

/** The page of what it was done to, where there is one. */
export function subjectPage({
  type,
  id,
}: {
  readonly type: string;
  readonly id: string;
}): string | undefined {
  const page = pages[type];
  return page && page + encodeURIComponent(id);
}
