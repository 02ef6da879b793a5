import { sql } from 'kysely';
import { accountOf } from '../core/payout-method.ts';
import type { KnownFacts } from '../core/import-row.ts';
import type { DestinationKind } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all, rowsOf } from './db.ts';
import { twinsLookedAt, twinsWithinMs } from './twins.ts';
import type { DbVault } from './vault.ts';

/** A row of a file as it is looked up. */
export interface LookedUpRow {
  readonly line: number;
  readonly reference: string;
  readonly payeeExternalId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly method: string;
  readonly destination: { readonly kind: DestinationKind; readonly value: string } | null;
}

interface Found {
  readonly line: number;
  readonly payeeKnown: boolean;
  readonly payeeBlocked: boolean;
  readonly payeeHold: string | null;
  readonly methodChanged: boolean;
  readonly earnedBy: string | null;
  readonly cycleId: string | null;
  readonly gross: bigint | null;
  readonly currency: string | null;
  readonly payoutId: string | null;
  readonly payoutStatus: string | null;
  readonly twin: string | null;
}

/** What is on record of the rows of a file, by their lines, in one statement. */
export async function knownOfRows(
  db: Db,
  vault: DbVault,
  sourceType: string,
  rows: readonly LookedUpRow[],
  now: Date,
): Promise<Map<number, KnownFacts>> {
  const input = rowsOf('i', rows, {
    line: ['int', (row) => row.line],
    reference: ['text', (row) => row.reference],
    payee: ['text', (row) => row.payeeExternalId],
    amount: ['bigint', (row) => row.amount],
    currency: ['text', (row) => row.currency],
    type: ['text', (row) => row.method],
    fingerprint: ['text', (row) => fingerprintOf(vault, row)],
  });
  const since = new Date(now.getTime() - twinsWithinMs);
  const found = await all(
    db,
    sql<Found>`select i.line, y.id is not null as "payeeKnown", coalesce(y.status = 'blocked', false) as "payeeBlocked",
        case when y.hold_until is null or y.hold_until > ${now} then y.hold_reason end as "payeeHold",
        coalesce(i.fingerprint is not null and (m.type, m.fingerprint) <> (i.type, i.fingerprint), false)
          as "methodChanged",
        e.payee as "earnedBy", e.cycle as "cycleId", e.gross, e.currency, e.payout as "payoutId",
        e.state as "payoutStatus", twin.external_id as twin
      from ${input} left join payee y on y.external_id = i.payee
      left join payout_method m on m.payee_id = y.id and m.is_default
      left join lateral (select ey.external_id as payee, c.public_id as cycle, e.gross, e.currency,
          p.public_id as payout, p.state::text as state
        from earning e join payee ey on ey.id = e.payee_id left join cycle c on c.id = e.cycle_id
        left join payout_earning pe on pe.earning_id = e.id and pe.released_at is null
        left join payout p on p.id = pe.payout_id
        where e.source_type = ${sourceType} and e.external_id = i.reference) e on true
      left join lateral (select o.external_id from
          (select * from earning o where o.payee_id = y.id and o.currency = i.currency
            order by o.id desc limit ${twinsLookedAt}) o
        where o.gross = i.amount and o.created_at > ${since} and o.reversed_at is null
          and (o.source_type <> ${sourceType} or o.external_id <> i.reference)
        order by o.id desc limit 1) twin on true`,
  );
  return new Map(found.map((row) => [row.line, presentKnown(row)]));
}

function fingerprintOf(vault: DbVault, { method: type, destination }: LookedUpRow): string | null {
  if (destination === null) return null;
  return vault.fingerprint(accountOf({ type, kind: destination.kind, destination: destination.value }));
}

function presentKnown(row: Found): KnownFacts {
  const { payeeKnown, payeeBlocked, payeeHold, methodChanged, twin } = row;
  const { earnedBy, gross, currency, cycleId, payoutId, payoutStatus } = row;
  return {
    payeeKnown,
    payeeBlocked,
    payeeHold,
    methodChanged,
    twin,
    earning:
      earnedBy === null || gross === null || currency === null
        ? null
        : { payeeId: earnedBy, cycleId, amount: gross, currency },
    payout: payoutId === null || payoutStatus === null ? null : { id: payoutId, status: payoutStatus },
  };
}
