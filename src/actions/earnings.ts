import { availableFrom } from '../core/settings.ts';
import { earningRecorded } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { EarningInput, KnownEarning } from '../store/earnings.ts';
import { findEarnings, insertEarnings, isPending } from '../store/earnings.ts';
import { cyclesByPublicId } from '../store/cycles.ts';
import { openBalances, post } from '../store/ledger.ts';
import type { PayeeRow } from '../store/payees.ts';
import { payeesByExternalId, upsertPayees } from '../store/payees.ts';
import { readSettings } from '../store/settings.ts';
import { recordTrail } from './earnings-trail.ts';
import { voidChanged } from './approval-void.ts';
import type { ActionContext } from './context.ts';
import type { EarningItem, EarningResult, Judged, Surroundings } from './earning-item.ts';
import type { PayeeChanged } from './payee-trail.ts';
import { carriedPayees, compare, judgeItems, keyOf, netOf } from './earning-item.ts';

/**
 * Records earnings and the payees they carry, in one transaction; answers one result per item, in their order. An earning
 * that exists is left as it is. Nothing is posted for an item that is not `created`.
 */
export async function recordEarnings(
  ctx: ActionContext,
  items: readonly EarningItem[],
): Promise<EarningResult[]> {
  return transaction(ctx.db, async (tx) => {
    const payees = await knownPayees(tx, items);
    const around = await surroundings(tx, items, payees);
    const judged = judgeItems(items, around);
    const saved = await savePayees(tx, ctx, judged, payees);
    const payeeIds = idsOf([...payees.values(), ...saved.map(({ after }) => after)]);
    const fresh = judged.filter((entry) => entry.result.status === 'created');
    const created = await insertAll(tx, ctx, fresh, around, payeeIds);
    const raced = fresh.filter((entry) => !created.has(keyOf(entry.item)));
    const theirs = await knownOf(
      tx,
      raced.map((entry) => entry.item),
    );
    const final = judged.map(({ item, result }) => {
      if (result.status !== 'created' || created.has(keyOf(item))) return { item, result };
      const other = theirs.get(keyOf(item));
      if (!other) throw new Error('an earning was neither written nor found');
      return { item, result: compare(other, item) };
    });
    await recordTrail(tx, ctx, final, saved);
    return final.map(({ result }) => result);
  });
}

async function knownPayees(tx: Db, items: readonly EarningItem[]): Promise<Map<string, PayeeRow>> {
  const externalIds = [...new Set(items.map((item) => item.payeeExternalId))];
  const known = await payeesByExternalId(tx, externalIds);
  return new Map(known.map((payee) => [payee.externalId, payee]));
}

async function surroundings(
  tx: Db,
  items: readonly EarningItem[],
  payees: ReadonlyMap<string, PayeeRow>,
): Promise<Surroundings> {
  const cycleIds = [...new Set(items.flatMap((item) => item.cycleId ?? []))];
  const { feeBpsBySource } = await readSettings(tx);
  return {
    feeBpsOf: (sourceType) => feeBpsBySource[sourceType] ?? 0,
    known: await knownOf(tx, items),
    cycles: new Map((await cyclesByPublicId(tx, cycleIds)).map((cycle) => [cycle.publicId, cycle])),
    payees: idsOf(payees.values()),
  };
}

async function knownOf(tx: Db, items: readonly EarningItem[]): Promise<Map<string, KnownEarning>> {
  const known = new Map<string, KnownEarning>();
  for (const [sourceType, group] of Map.groupBy(items, (item) => item.sourceType)) {
    const externalIds = [...new Set(group.map((item) => item.externalId))];
    for (const row of await findEarnings(tx, sourceType, externalIds)) {
      known.set(keyOf({ sourceType, externalId: row.externalId }), row);
    }
  }
  return known;
}

async function savePayees(
  tx: Db,
  ctx: ActionContext,
  judged: readonly Judged[],
  known: ReadonlyMap<string, PayeeRow>,
): Promise<PayeeChanged[]> {
  const carried = carriedPayees(judged);
  if (carried.length === 0) return [];
  await upsertPayees(tx, ctx.vault, carried, (prefix) => ctx.newId(prefix), ctx.now());
  const externalIds = carried.map((payee) => payee.externalId);
  const saved = await payeesByExternalId(tx, externalIds);
  const changed = saved.map((after) => ({ before: known.get(after.externalId), after }));
  await voidChanged(tx, ctx, changed);
  return changed;
}

function idsOf(payees: Iterable<PayeeRow>): Map<string, bigint> {
  return new Map([...payees].map((payee) => [payee.externalId, payee.id]));
}

/** Inserts and posts; answers the keys of what was created, as another request may have been faster. */
async function insertAll(
  tx: Db,
  ctx: ActionContext,
  fresh: readonly Judged[],
  around: Surroundings,
  payeeIds: Map<string, bigint>,
): Promise<Set<string>> {
  const created = new Set<string>();
  const now = ctx.now();
  const settings = await readSettings(tx);
  // A NUL cannot be in either part, so the group key is unambiguous.
  const groups = Map.groupBy(fresh, ({ item }) => `${item.sourceType}\0${item.cycleId ?? ''}`);
  for (const group of groups.values()) {
    const first = group[0]?.item;
    if (!first) continue;
    const { sourceType } = first;
    const cycleId = first.cycleId === null ? null : (around.cycles.get(first.cycleId)?.id ?? null);
    const rows = group.map(({ item }) => ({
      ...item,
      ...netOf(item, around),
      payeeId: idOf(payeeIds, item),
      availableAt: availableFrom(settings, { ...item, eventEndsAt: item.eventEndsAt ?? null }),
    }));
    const written = (await insertEarnings(tx, sourceType, cycleId, rows, now)).filter((row) => row.created);
    await postAll(tx, written, rows, now);
    for (const row of written) created.add(keyOf({ sourceType, externalId: row.externalId }));
  }
  return created;
}

async function postAll(
  tx: Db,
  written: readonly { id: bigint; externalId: string }[],
  rows: readonly EarningInput[],
  now: Date,
): Promise<void> {
  const byExternalId = new Map(rows.map((row) => [row.externalId, row]));
  const earnings = written.flatMap(({ id, externalId }) => {
    const row = byExternalId.get(externalId);
    return row ? [{ ...row, id, pending: isPending(row, now) }] : [];
  });
  await openBalances(
    tx,
    earnings.map(({ payeeId: ownerId, currency, pending }) => ({ ownerId, currency, pending })),
  );
  await post(
    tx,
    'earning',
    'recorded',
    earnings.map((row) => earningRecorded(row)),
    now,
  );
}

function idOf(payeeIds: Map<string, bigint>, item: EarningItem): bigint {
  const id = payeeIds.get(item.payeeExternalId);
  if (id === undefined) throw new Error('a payee that was checked is not there');
  return id;
}
