import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { checksumOf } from '../core/batch.ts';
import { fitId } from '../core/ids.ts';
import { accountOf, maskMethod } from '../core/payout-method.ts';
import type { Db } from './db.ts';
import { all } from './db.ts';
import { SealBrokenError } from './envelope.ts';
import type { SealedMethod } from './payout-methods.ts';
import { withDestinations } from './payout-methods.ts';
import { frozenRequest } from './submissions.ts';
import type { DbVault } from './vault.ts';
import type { Broken } from './verify-books.ts';

/** Methods opened at once. */
const methodsPerPage = 5000;
/** Submissions looked at together: as many as have about this many items, and never more than the second number. */
const itemsPerPage = 20_000;
const submissionsPerPageMax = 1000;

/** Reads page by page and yields what breaks a rule. */
type SealedRule = (db: Db, vault: DbVault) => AsyncGenerator<Broken>;

/** Rules about what only the vault can read. */
export function sealedRules(): Record<string, SealedRule> {
  return {
    'address of a method is the one that was given': methodRule,
    'provider key is of its items': keyRule,
    'frozen request is unchanged': frozenRule,
  };
}

function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What opens, or null when somebody has changed it. */
async function opened<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SealBrokenError) return null;
    throw error;
  }
}

/** Opened together; when one does not open, each by itself, so that the others are still judged. */
async function openEach<T extends SealedMethod>(
  db: Db,
  vault: DbVault,
  rows: readonly T[],
): Promise<(T & { destination: string | null })[]> {
  const together = await opened(withDestinations(db, vault, rows));
  if (together) return together;
  const alone: (T & { destination: string | null })[] = [];
  for (const row of rows) {
    const [open] = (await opened(withDestinations(db, vault, [row]))) ?? [];
    alone.push({ ...row, destination: open?.destination ?? null });
  }
  return alone;
}

interface MethodRow extends SealedMethod {
  readonly id: bigint;
  readonly type: string;
  readonly kind: string;
  readonly masked: string;
  readonly fingerprint: string | null;
}

async function* methodRule(db: Db, vault: DbVault): AsyncGenerator<Broken> {
  for (let after = 0n; ;) {
    const rows = await all(
      db,
      sql<MethodRow>`select id, public_id as "methodPublicId", payee_id as "payeeId", sealed, type, kind, masked, fingerprint
        from payout_method where id > ${after} order by id limit ${methodsPerPage}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    for (const row of await openEach(db, vault, rows)) {
      const detail = methodProblem(vault, row);
      if (detail !== null) yield { subject: `payout method ${row.methodPublicId}`, detail };
    }
  }
}

function methodProblem(vault: DbVault, row: MethodRow & { destination: string | null }): string | null {
  const { destination, type, kind } = row;
  if (destination === null) return 'its address does not open';
  if (maskMethod({ kind, destination }) !== row.masked) return `is shown as ${row.masked}`;
  const found =
    row.fingerprint === null || row.fingerprint === vault.fingerprint(accountOf({ type, kind, destination }));
  return found ? null : 'its fingerprint is of another address';
}

interface KeyedSubmission {
  readonly id: bigint;
  readonly providerKey: string;
  readonly scope: string;
  readonly itemCount: number;
  readonly state: string;
}

interface KeyedItem extends SealedMethod {
  readonly submissionId: bigint;
  readonly itemReference: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly note: string | null;
}

/** Submissions in pages; those of a page come before any page after it. */
async function* submissionPages(db: Db): AsyncGenerator<KeyedSubmission[]> {
  for (let after = 0n; ;) {
    const page = await all(
      db,
      sql<KeyedSubmission>`select s.id, s.provider_key as "providerKey", s.item_count as "itemCount", s.state::text as state,
          case when c.id is null then b.public_id else 'cycle-' || c.public_id end as scope
        from (select *, sum(item_count) over (order by id) - item_count as before from submission
          where id > ${after} order by id limit ${submissionsPerPageMax}) s
        join payout_batch b on b.id = s.batch_id left join cycle c on c.id = b.cycle_id
        where s.before < ${itemsPerPage} order by s.id`,
    );
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
    yield page;
  }
}

/**
 * The key of a submission ends with the checksum of its items (`core/batch.ts`), or, where it was too long for the
 * provider, with the hash of the whole (`core/ids.ts`).
 */
async function* keyRule(db: Db, vault: DbVault): AsyncGenerator<Broken> {
  for await (const page of submissionPages(db)) {
    const items = await openEach(db, vault, await itemsOfAll(db, page));
    const bySubmission = Map.groupBy(items, ({ submissionId }) => submissionId);
    for (const submission of page) {
      const mine = bySubmission.get(submission.id) ?? [];
      // The items of a refused submission that were not at fault have moved on to another one.
      if (submission.state === 'rejected' && mine.length !== submission.itemCount) continue;
      const checksum = checksumOf(
        mine.map((item) => ({ ...item, destination: item.destination ?? 'does not open' })),
        sha256,
      ).slice(0, 16);
      const { providerKey } = submission;
      if (providerKey === fitId(`${submission.scope}-${checksum}`, providerKey.length, sha256)) continue;
      yield { subject: `submission ${providerKey}`, detail: `its items make ${checksum}` };
    }
  }
}

async function itemsOfAll(db: Db, submissions: readonly KeyedSubmission[]): Promise<KeyedItem[]> {
  return all(
    db,
    sql<KeyedItem>`select a.submission_id as "submissionId", a.item_reference as "itemReference", a.amount, a.currency,
        m.public_id as "methodPublicId", m.payee_id as "payeeId", m.sealed,
        (select e.note from payout_earning l join earning e on e.id = l.earning_id
          where l.payout_id = a.payout_id order by l.earning_id limit 1) as note
      from payout_attempt a join payout_method m on m.id = a.method_id
      where a.submission_id = any(${submissions.map(({ id }) => id)}::bigint[]) order by a.submission_id, a.position`,
  );
}

/** One body at a time: each can hold thousands of items. */
async function* frozenRule(db: Db, vault: DbVault): AsyncGenerator<Broken> {
  for await (const page of submissionPages(db)) {
    for (const { id, providerKey } of page) {
      const frozen = await opened(frozenRequest(db, vault, id).then((found) => found ?? 'none'));
      if (frozen === 'none') continue;
      const subject = `submission ${providerKey}`;
      if (frozen === null) yield { subject, detail: 'its bytes do not open' };
      else if (sha256(frozen.body) !== frozen.hash) yield { subject, detail: `stored hash ${frozen.hash}` };
    }
  }
}
