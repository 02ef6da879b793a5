import { Readable } from 'node:stream';
import { accountOf } from '../core/payout-method.ts';
import { may } from '../core/roles.ts';
import type { Caller } from '../auth/caller.ts';
import type { PayoutExtras } from '../store/payout-export.ts';
import { extrasOf } from '../store/payout-export.ts';
import type { PayoutFilter } from '../store/payout-filter.ts';
import { listPayouts } from '../store/payout-list.ts';
import type { PayoutRow } from '../store/payouts.ts';
import type { Found } from '../store/windows.ts';
import type { PayoutLine } from '../wire/payout-csv.ts';
import { payoutCsvHeader, payoutCsvLine, payoutExportQuery } from '../wire/payout-csv.ts';
import type { ApiDeps } from './deps.ts';
import { platformDays } from './platform-day.ts';
import { ok, route } from './route.ts';
import { planDates } from './schedule-view.ts';

/** Payouts read at once: a slow reader holds one page in memory and no connection. */
const payoutsPerReadMax = 500;

export const payoutExportRoutes = [
  route({
    method: 'GET',
    path: '/payouts/export.csv',
    right: 'read',
    summary: 'Payouts as CSV, newest first, optionally of one status',
    answer: { contentType: 'text/csv' },
    query: payoutExportQuery,
    handle(deps, { query, caller }) {
      const filter = {
        states: query.status === undefined ? null : [query.status],
        payeeExternalId: query.payeeId ?? null,
        cyclePublicId: query.cycleId ?? null,
      };
      const name = `payouts_${platformDays(deps)(deps.now())}.csv`;
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      };
      return Promise.resolve(ok(Readable.from(lines(deps, filter, caller)), headers));
    },
  }),
];

async function* lines(deps: ApiDeps, filter: PayoutFilter, caller: Caller): AsyncGenerator<string> {
  yield payoutCsvHeader();
  const line = lineOf(deps, caller, await planDates(deps));
  let before: bigint | null = null;
  do {
    const found: Found<PayoutRow> = await listPayouts(deps.db, filter, payoutsPerReadMax, before);
    const ids = found.rows.map(({ id }) => id);
    const extras = await extrasOf(deps.db, ids);
    yield found.rows.map((row) => payoutCsvLine(line(row, extras.get(row.id)))).join('');
    before = found.next;
  } while (before !== null);
}

/**
 * Those who type e-mail addresses in see them whole, unless money goes there: then it is a payout detail, which only revealing
 * shows.
 */
function lineOf(deps: ApiDeps, caller: Caller, plannedFor: (payout: PayoutRow) => Date | null) {
  const dayOf = platformDays(deps);
  const sees = may(caller.role, 'operate');
  const isPaidTo = (email: string, paidTo: readonly string[]) =>
    paidTo.some((method) => {
      const [type = '', fingerprint] = method.split(' ');
      return deps.vault.fingerprint(accountOf({ type, kind: 'email', destination: email })) === fingerprint;
    });
  return (row: PayoutRow, extras: PayoutExtras | undefined): PayoutLine => {
    const scheduled = plannedFor(row);
    const { email = null, paidTo = [], firstAt = null, lastAt = null } = extras ?? {};
    return {
      ...row,
      email,
      emailIsWhole: sees && email !== null && !isPaidTo(email, paidTo),
      methodType: extras?.methodType ?? null,
      masked: extras?.masked ?? null,
      requestedOn: dayOf(row.createdAt),
      scheduledOn: scheduled && dayOf(scheduled),
      tickets: extras?.tickets ?? 0n,
      firstOn: firstAt && dayOf(firstAt),
      lastOn: lastAt && dayOf(lastAt),
    };
  };
}
