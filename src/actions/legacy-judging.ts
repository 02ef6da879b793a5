import type { NewAlert } from '../core/alert-kinds.ts';
import type { Known, MatchReason, Verdict } from '../core/legacy-match.ts';
import { matchRow } from '../core/legacy-match.ts';
import type { LegacyState } from '../core/legacy-row.ts';
import { countsAsPaid } from '../core/legacy-row.ts';
import type { Identity, ImportedBefore, OwnPayment } from '../store/legacy-known.ts';
import type { ImportRow, LegacyRow } from '../store/legacy-rows.ts';
import type { ActionContext } from './context.ts';
import type { ReadRow } from './legacy-judge.ts';
import { wantedOf } from './legacy-judge.ts';
import type { News, Payment } from './legacy-payouts.ts';
import { judgeNews } from './legacy-payouts.ts';

/** A row as it will be kept; `pointsTo` is a payout that this step writes or knows. */
type Judged = LegacyRow & { readonly pointsTo: string | null };

interface Facts {
  readonly known: Known;
  readonly before: readonly ImportedBefore[];
  readonly sent: readonly OwnPayment[];
}

const conflicts: ReadonlySet<string> = new Set<MatchReason>([
  'already_on_its_way',
  'already_paid',
  'failed_here',
]);

/** Judges rows in the order of their file: what one row claims, a later one finds taken. */
export class Judging {
  readonly payments: Payment[] = [];
  readonly news = new Map<bigint, News>();
  readonly alerts: NewAlert[] = [];
  readonly #ctx: ActionContext;
  readonly #target: ImportRow;
  readonly #facts: Facts;
  readonly #names = new Map<string, ImportedBefore | Payment>();
  readonly #taken = new Map<bigint, Payment>();

  constructor(ctx: ActionContext, target: ImportRow, facts: Facts) {
    this.#ctx = ctx;
    this.#target = target;
    this.#facts = facts;
    for (const one of facts.before) this.#name(one, one);
  }

  judge(row: ReadRow): Judged {
    const known = namesOf(row).flatMap((name) => this.#names.get(name) ?? [])[0];
    if (known) return this.#again(row, known);
    const own = this.#facts.sent.find(({ reference }) => reference === row.wholeReference);
    if (own)
      return this.#row(row, { result: 'already_imported', reason: 'sent_by_purser', payoutId: own.payoutId });
    const wanted = wantedOf(row);
    if (wanted === null)
      return this.#row(row, { result: 'invalid', reason: row.facts.problem ?? 'status_unknown' });
    const verdict = this.#unlessTaken(matchRow(wanted, this.#facts.known), wanted.state);
    if (verdict.result === 'matched') return this.#matched(row, verdict, wanted.state);
    if (conflicts.has(verdict.reason)) this.#warn(row, verdict.payoutId ?? null, verdict.reason);
    const { result, reason, candidates } = verdict;
    return this.#row(row, { result, reason, candidates });
  }

  #unlessTaken(verdict: Verdict, state: LegacyState): Verdict {
    if (verdict.result !== 'matched' || !verdict.earning || !countsAsPaid(state)) return verdict;
    const { earning } = verdict;
    const by = this.#taken.get(earning.id);
    if (!by) return verdict;
    const candidates = [`earning ${earning.externalId} of payee ${earning.payeeExternalId}`];
    return { result: 'ambiguous', reason: 'already_paid', candidates, payoutId: by.payoutId };
  }

  #matched(row: ReadRow, verdict: Verdict & { result: 'matched' }, state: LegacyState): Judged {
    const { payee, earning, reason } = verdict;
    const { amount, currency, paidAt } = row.facts;
    const kept = this.#row(row, { result: 'matched', reason });
    const payment: Payment = {
      rowId: kept.publicId,
      payoutId: this.#ctx.newId('po'),
      payee,
      earning,
      cycleId: this.#target.cycleId,
      state,
      amount: amount ?? 0n,
      currency: currency ?? '',
      paidAt,
      detail: `${row.kept.rawStatus} in line ${row.line} of ${this.#target.name}`,
    };
    this.payments.push(payment);
    this.#name(row, payment);
    if (earning && countsAsPaid(state)) this.#taken.set(earning.id, payment);
    return { ...kept, payeeId: payee.id };
  }

  /** The same payment again: counted once. What a newer report says of it is followed, or is told when it cannot be. */
  #again(row: ReadRow, known: ImportedBefore | Payment): Judged {
    const { state, paidAt } = row.facts;
    if (isOther(row, known)) {
      const payoutId = 'version' in known ? known.payoutPublicId : known.payoutId;
      this.#warn(row, payoutId, 'amount_contradicts');
      const place = 'version' in known ? { payoutId: known.payoutId } : { pointsTo: known.payoutId };
      return this.#row(row, { result: 'already_imported', reason: 'amount_contradicts', ...place });
    }
    if (!('version' in known)) {
      const differs = state !== null && state !== known.state;
      if (differs) this.#warn(row, known.payoutId, 'status_contradicts');
      const reason = differs ? 'status_contradicts' : 'same_payment';
      return this.#row(row, { result: 'already_imported', reason, pointsTo: known.payoutId });
    }
    const { payoutId } = known;
    const news = state === null ? 'same' : judgeNews(known, state);
    if (news === 'same' || state === null)
      return this.#row(row, { result: 'already_imported', reason: 'same_payment', payoutId });
    if (news === 'contradicts' || this.news.has(payoutId)) {
      this.#warn(row, known.payoutPublicId, 'status_contradicts');
      return this.#row(row, { result: 'already_imported', reason: 'status_contradicts', payoutId });
    }
    const detail = `${row.kept.rawStatus} in line ${row.line} of ${this.#target.name}`;
    this.news.set(payoutId, { before: known, to: state, at: paidAt, detail });
    return this.#row(row, { result: 'already_imported', reason: 'status_followed', payoutId });
  }

  #name(names: Identity, payment: ImportedBefore | Payment): void {
    for (const name of namesOf(names)) if (!this.#names.has(name)) this.#names.set(name, payment);
  }

  #warn({ line }: ReadRow, payoutId: string | null, reason: string): void {
    this.alerts.push({
      kind: 'legacy_conflict',
      subject: payoutId ?? this.#target.publicId,
      facts: { line, importId: this.#target.publicId, reason },
    });
  }

  #row(
    row: ReadRow,
    end: Pick<LegacyRow, 'result' | 'reason'> & Partial<Pick<Judged, 'candidates' | 'payoutId' | 'pointsTo'>>,
  ): Judged {
    const { state, amount, currency, fee, paidAt } = row.facts;
    return {
      ...row.kept,
      publicId: this.#ctx.newId('lr'),
      line: row.line,
      transactionId: row.transactionId,
      itemId: row.itemId,
      rowKey: row.rowKey,
      detail: row.remarks.length === 0 ? null : row.remarks.join('; '),
      state,
      amount,
      currency,
      fee,
      paidAt,
      payeeId: null,
      earningId: null,
      ownEarning: false,
      payoutId: null,
      pointsTo: null,
      candidates: [],
      ...end,
    };
  }
}

/** One payment with two amounts: whatever the report says of it, a person must look. */
function isOther({ facts }: ReadRow, known: ImportedBefore | Payment): boolean {
  const { amount, currency } = facts;
  if (amount === null || currency === null) return false;
  return amount !== known.amount || currency !== known.currency;
}

function namesOf({ transactionId, itemId, rowKey }: Identity): string[] {
  if (transactionId === null && itemId === null) return [`row ${rowKey}`];
  return [
    ...(transactionId === null ? [] : [`transaction ${transactionId}`]),
    ...(itemId === null ? [] : [`item ${itemId}`]),
  ];
}
