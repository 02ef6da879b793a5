import type { EarningFact } from '../core/legacy-match.ts';
import { conflictOf } from '../core/legacy-match.ts';
import type { LegacyState } from '../core/legacy-row.ts';
import { countsAsPaid } from '../core/legacy-row.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { earningNamed, importedBefore, lockAround, lockImports } from '../store/legacy-known.ts';
import type { ReportRow } from '../store/legacy-report.ts';
import { lockRow } from '../store/legacy-report.ts';
import { endWaiting, saveMatch } from '../store/legacy-rows.ts';
import { lockPayee } from '../store/requests.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { writePayments } from './legacy-payouts.ts';

export interface MatchInput {
  readonly rowId: string;
  readonly payeeId: string;
  /** Null: it paid something that was not recorded here. */
  readonly earning: { readonly sourceType: string; readonly externalId: string } | null;
}

/** A row that can become a payout. */
type Countable = ReportRow & {
  readonly state: LegacyState;
  readonly amount: bigint;
  readonly currency: string;
};

const waiting: ReadonlySet<string> = new Set(['ambiguous', 'unmatched']);

/** Says by hand whom a row paid, and which earning: it becomes a payout as if it had been matched by itself. */
export async function matchByHand(
  ctx: ActionContext,
  input: MatchInput,
): Promise<Outcome<{ payoutId: string }>> {
  return transaction(ctx.db, async (tx) => {
    await lockImports(tx);
    const row = await lockRow(tx, input.rowId);
    if (!row) return refuse('legacy_row_not_found', { rowId: input.rowId });
    if (!waiting.has(row.result) || !isCountable(row))
      return refuse('legacy_row_not_open', { rowId: input.rowId, result: row.result });
    const [same] = await importedBefore(tx, [row]);
    if (same) return refuse('already_processed', { payoutId: same.payoutPublicId, payoutStatus: same.state });
    const named = input.earning === null ? undefined : await earningNamed(tx, input.earning);
    const cycleId = named?.cycleId ?? null;
    await lockAround(tx, cycleId === null ? [] : [cycleId], []);
    const payee = await lockPayee(tx, input.payeeId);
    if (!payee) return refuse('payee_not_found', { payeeId: input.payeeId });
    const earning = await chosenEarning(tx, row, payee.id, input.earning);
    if (!earning.ok) return earning;
    return done(await write(tx, ctx, row, payee, earning.value));
  });
}

function isCountable(row: ReportRow): row is Countable {
  return row.state !== null && row.amount !== null && row.currency !== null;
}

async function chosenEarning(
  tx: Db,
  row: Countable,
  payeeId: bigint,
  wanted: MatchInput['earning'],
): Promise<Outcome<EarningFact | null>> {
  if (wanted === null) return done(null);
  const earning = await earningNamed(tx, wanted);
  if (!earning || earning.payeeId !== payeeId) return refuse('earning_not_found', wanted);
  if (earning.net !== row.amount || earning.currency !== row.currency || earning.reversed)
    return refuse('earning_differs', {
      ...wanted,
      earning: { [earning.currency]: earning.net },
      row: { [row.currency]: row.amount },
    });
  if (!countsAsPaid(row.state) || conflictOf(earning.liveState) === null) return done(earning);
  const live = { payoutId: earning.livePayout ?? '', payoutStatus: earning.liveState ?? '' };
  const isUnderWay = conflictOf(earning.liveState) === 'already_on_its_way';
  return refuse(isUnderWay ? 'payout_in_progress' : 'already_processed', live);
}

async function write(
  tx: Db,
  ctx: ActionContext,
  row: Countable,
  payee: { id: bigint; externalId: string },
  earning: EarningFact | null,
): Promise<{ payoutId: string }> {
  const { state, amount, currency, paidAt, cycleId } = row;
  const payoutId = ctx.newId('po');
  const detail = `${row.rawStatus} in line ${row.line} of import ${row.importPublicId}, matched by hand`;
  const payment = {
    rowId: row.publicId,
    payoutId,
    payee,
    earning,
    cycleId,
    state,
    amount,
    currency,
    paidAt,
    detail,
  };
  const written = (await writePayments(tx, ctx, [payment])).get(row.publicId);
  if (!written) throw new Error('a payment was not written');
  await saveMatch(tx, { ...row, id: row.rowId }, { ...written, payeeId: payee.id });
  await endWaiting(tx, [{ ...row, payoutId: written.payoutId }], row.rowId);
  await audit(
    tx,
    ctx,
    'legacy.matched',
    { type: 'legacy_row', id: row.publicId },
    {
      before: { result: row.result, reason: row.reason },
      after: {
        importId: row.importPublicId,
        payeeId: payee.externalId,
        earning: earning?.externalId ?? null,
        payoutId,
        amount,
        currency,
      },
    },
  );
  return { payoutId };
}
