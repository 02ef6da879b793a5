import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { balanceRules } from './verify-balances.ts';
import type { Broken, Rules } from './verify-books.ts';
import { bookRules } from './verify-books.ts';
import { legacyRules } from './verify-legacy.ts';
import { handRules } from './verify-hand.ts';
import { conversionRules } from './verify-conversions.ts';
import { partRules } from './verify-parts.ts';
import { payoutRules } from './verify-payouts.ts';
import { sealedRules } from './verify-sealed.ts';
import type { DbVault } from './vault.ts';

/** One thing the books and the tables disagree about. */
export interface Difference {
  readonly rule: string;
  readonly subject: string;
  readonly detail: string;
}

/** Differences listed per rule; the count beyond it is said in words. */
const differencesPerRuleMax = 20;

/** Rules by name. Each selects the rows that break it; nothing else is trusted, everything is re-derived. */
function rules(): Rules {
  return {
    ...bookRules(),
    ...balanceRules(),
    ...payoutRules(),
    ...legacyRules(),
    ...handRules(),
    ...conversionRules(),
    ...partRules(),
    'nothing names a row that is not there': orphans(),
  };
}

/** What foreign keys would say of the tables that are written in sets. */
function orphans(): RawBuilder<Broken> {
  const references = [
    ['earning', 'payee_id', 'payee'],
    ['earning', 'cycle_id', 'cycle'],
    ['payout', 'payee_id', 'payee'],
    ['payout', 'cycle_id', 'cycle'],
    ['payout_earning', 'payout_id', 'payout'],
    ['payout_earning', 'earning_id', 'earning'],
    ['payout', 'method_id', 'payout_method'],
    ['payout_recovery', 'payout_id', 'payout'],
    ['payout_recovery', 'earning_id', 'earning'],
    ['payout_approval', 'payout_id', 'payout'],
    ['payout_conversion', 'payout_id', 'payout'],
    ['payout_conversion', 'rate_id', 'fx_rate'],
    ['payout_attempt', 'payout_id', 'payout'],
    ['payout_part', 'attempt_id', 'payout_attempt'],
    ['payout_attempt', 'batch_id', 'payout_batch'],
    ['payout_attempt', 'submission_id', 'submission'],
    ['payout_attempt', 'method_id', 'payout_method'],
    ['submission', 'batch_id', 'payout_batch'],
    ['submission_request', 'submission_id', 'submission'],
    ['entry', 'journal_id', 'journal'],
    ['legacy_import', 'cycle_id', 'cycle'],
    ['legacy_row', 'import_id', 'legacy_import'],
    ['legacy_row', 'payee_id', 'payee'],
    ['legacy_row', 'earning_id', 'earning'],
    ['legacy_row', 'payout_id', 'payout'],
    ['legacy_tally', 'import_id', 'legacy_import'],
  ] as const;
  const arms = references.map(
    ([table, column, target]) => sql`select ${sql.lit(`${table}.${column}`)} as subject, 'names ' ||
      t.${sql.raw(column)} || ', which is not there' as detail from ${sql.raw(table)} t
      left join ${sql.raw(target)} r on r.id = t.${sql.raw(column)} where t.${sql.raw(column)} is not null and r.id is null`,
  );
  return sql<Broken>`${sql.join(arms, sql` union all `)}`;
}

/**
 * Re-derives balances, payout places, summaries, keys and frozen requests from the entries and the items, and opens what
 * is sealed; answers what differs.
 */
export async function verify(db: Db, vault: DbVault): Promise<{ rules: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  const checks = Object.entries(rules());
  for (const [rule, query] of checks) {
    const rows = await all(
      db,
      sql<Broken & { total: bigint }>`select *, count(*) over () as total from (${query}) broken
        order by subject limit ${differencesPerRuleMax}`,
    );
    differences.push(...listed(rule, rows, Number(rows[0]?.total ?? 0n)));
  }
  const opening = Object.entries(sealedRules());
  for (const [rule, look] of opening) {
    const broken: Broken[] = [];
    for await (const found of look(db, vault)) broken.push(found);
    differences.push(...listed(rule, broken.slice(0, differencesPerRuleMax), broken.length));
  }
  return { rules: checks.length + opening.length, differences };
}

function listed(rule: string, rows: readonly Broken[], total: number): Difference[] {
  const shown = rows.map(({ subject, detail }) => ({ rule, subject, detail }));
  const more = total - rows.length;
  return more > 0 ? [...shown, { rule, subject: `${more} more`, detail: 'not listed' }] : shown;
}
