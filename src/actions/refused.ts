import type { Cursor, Scope } from '../store/eligibility.ts';
import { unpaidPage } from '../store/eligibility.ts';
import { withDestinations } from '../store/payout-methods.ts';
import type { ActionContext, ProviderRules } from './context.ts';
import { issueOf, pageSizeOf } from './prepare.ts';

/** Examples of refused items that are listed; the count says the rest. */
const examplesMax = 5;

export interface RefusedItems {
  readonly count: number;
  readonly examples: { reference: string; code: string; message: string }[];
}

/** Which eligible earnings the provider's own rules would refuse, checked offline, page by page. */
export async function refusedOffline(
  ctx: ActionContext,
  rules: ProviderRules,
  scope: Scope,
  now: Date,
): Promise<RefusedItems> {
  const limit = pageSizeOf(rules);
  const examples: RefusedItems['examples'] = [];
  let count = 0;
  let after: Cursor = { currency: '', earningId: 0n };
  for (;;) {
    const page = await unpaidPage(ctx.db, scope, rules.name, now, after, limit);
    for (const candidate of await withDestinations(ctx.db, ctx.vault, page)) {
      const issue = issueOf(rules, candidate, 'check');
      if (!issue) continue;
      count += 1;
      if (examples.length < examplesMax) examples.push({ reference: candidate.externalId, ...issue });
    }
    const last = page.at(-1);
    if (!last || page.length < limit) return { count, examples };
    after = last;
  }
}
