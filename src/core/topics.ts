/** What a live reader can be told to look at again: the nouns that screens show. */
export const topics = [
  'inbox',
  'payouts',
  'approvals',
  'batches',
  'cycles',
  'payees',
  'earnings',
  'alerts',
  'float',
  'reconciliations',
  'settings',
  'schedules',
  'rates',
  'people',
  'keys',
  'imports',
  'outbox',
  'audit',
] as const;
export type Topic = (typeof topics)[number];

/** What a payee can be told to look at again. */
export const payeeTopics = ['payouts', 'balance', 'methods', 'profile'] as const;
export type PayeeTopic = (typeof payeeTopics)[number];

const bySubject: Readonly<Record<string, readonly Topic[]>> = {
  payout: ['inbox', 'payouts', 'approvals'],
  payouts: ['inbox', 'payouts', 'approvals'],
  batch: ['inbox', 'batches', 'cycles', 'payouts'],
  submission: ['inbox', 'batches', 'payouts'],
  cycle: ['cycles'],
  earnings: ['earnings', 'cycles', 'payees'],
  payee: ['payees', 'payouts', 'approvals'],
  payees: ['payees'],
  ledger: ['payees'],
  settings: ['settings', 'approvals'],
  schedule: ['schedules', 'payouts', 'approvals'],
  fx_rates: ['rates'],
  person: ['people'],
  invitation: ['people'],
  key: ['keys'],
  mail: ['outbox'],
  legacy_import: ['imports', 'payouts'],
  legacy_row: ['imports', 'payouts'],
  import: ['imports'],
  hand_transfer_export: ['payouts'],
  secret: ['settings'],
  // Refused calls are in the audit log and nowhere else.
  route: [],
};

/** What to look at again after a deed with this subject; after one that is not known here: everything. */
export function topicsOfSubject(subjectType: string): readonly Topic[] {
  return bySubject[subjectType] ?? topics;
}
