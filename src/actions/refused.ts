import type { Db } from '../store/db.ts';
import type { Cursor, Scope } from '../store/eligibility.ts';
import { unpaidPage } from '../store/eligibility.ts';
import type { ProviderRules } from './context.ts';
import { itemOf } from './prepare.ts';

/** Examples of refused items that are listed; the count says the rest. */
const examplesMax = 5;

export interface RefusedItems {
  readonly count: number;
  readonly examples: { reference: string; message: string }[];
}

/** Which eligible earnings the provider's own rules would refuse, checked offline, page by page. */
export async function refusedOffline(
  db: Db,
  rules: ProviderRules,
  scope: Scope,
  now: Date,
): Promise<RefusedItems> {
  const limit = rules.capabilities.itemsPerSubmissionMax;
  const examples: { reference: string; message: string }[] = [];
  let count = 0;
  let after: Cursor = { currency: '', earningId: 0n };
  for (;;) {
    const page = await unpaidPage(db, scope, rules.name, now, after, limit);
    for (const candidate of page) {
      const issue = rules.validate(itemOf(candidate, 'check'));
      if (!issue) continue;
      count += 1;
      if (examples.length < examplesMax)
        examples.push({ reference: candidate.externalId, message: issue.message });
    }
    const last = page.at(-1);
    if (!last || page.length < limit) return { count, examples };
    after = last;
  }
}
