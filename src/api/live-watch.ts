import type { Hash } from '../core/ids.ts';
import type { Topic } from '../core/topics.ts';
import { payeeTopics, topics, topicsOfSubject } from '../core/topics.ts';
import type { LiveBatch, Mark, OwnMark } from '../store/changes.ts';
import { batchesNow, readMark, readOwnMarks, subjectsAfter } from '../store/changes.ts';
import type { Db } from '../store/db.ts';
import type { Told } from '../wire/events.ts';

/** Characters of a cursor: enough that two states never look the same. */
const cursorChars = 32;

interface WatchDeps {
  readonly db: Db;
  readonly hash: Hash;
}

/** What a new stream begins with. */
interface Present {
  /** The same on every server while nothing changes. */
  readonly cursor: string;
  readonly batches: readonly LiveBatch[];
  /** What a reader looks at again who may have missed anything. */
  readonly all: Told['topics'];
}

/** Knows what was last seen of somebody's part of the database. */
export interface Watch {
  /** Looks for the first time, unless it is known already. */
  begin(payeeId: bigint | null): Promise<void>;
  /** What was last seen. Throws before `begin`. */
  present(payeeId: bigint | null): Present;
}

const tables = ['journal', 'payoutEvent', 'submissionEvent', 'alerts', 'locks', 'runs', 'float'] as const;

/** What a change of each of them means for screens. */
const topicsOf: Readonly<Record<(typeof tables)[number] | 'batches', readonly Topic[]>> = {
  journal: ['earnings', 'payees', 'cycles'],
  payoutEvent: ['inbox', 'payouts', 'approvals', 'cycles'],
  submissionEvent: ['inbox', 'payouts', 'batches'],
  alerts: ['inbox', 'alerts'],
  locks: ['cycles'],
  runs: ['inbox', 'reconciliations', 'batches'],
  float: ['inbox', 'float'],
  batches: ['inbox', 'batches', 'cycles', 'payouts'],
};

/** What the team sees: everything. */
export class TeamWatch implements Watch {
  readonly #deps: WatchDeps;
  #mark: Mark | null = null;
  #first: Promise<Mark> | null = null;
  /**
   * Transactions that were writing when something was told. Ids are given before a commit, so their rows may lie below what
   * was seen: when one of them ends, what was told since is told once more.
   */
  readonly #open = new Map<string, { topics: Set<Topic>; auditAfter: string }>();

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  async begin(): Promise<void> {
    if (this.#mark) return;
    this.#first ??= readMark(this.#deps.db).finally(() => {
      this.#first = null;
    });
    const first = await this.#first;
    this.#mark ??= this.#start(first);
  }

  present(): Present {
    if (!this.#mark) throw new Error('nothing was looked at yet');
    const { writing: _writing, ...seen } = this.#mark;
    const cursor = this.#deps.hash(JSON.stringify(seen)).slice(0, cursorChars);
    // While a transaction is open that may add rows below, nobody who comes back with this cursor is up to date.
    return { cursor: this.#open.size > 0 ? `${cursor}~` : cursor, batches: seen.batches, all: topics };
  }

  forget(): void {
    this.#mark = null;
    this.#open.clear();
  }

  /** What changed since the last look; null: nothing. */
  async look(): Promise<Told | null> {
    const before = this.#mark;
    if (!before) return null;
    const { db } = this.#deps;
    const now = await readMark(db);
    const ids = [...this.#open.keys()].filter((id) => !now.writing.includes(id));
    const late = ids.flatMap((id) => this.#open.get(id) ?? []);
    const from = [before.audit, ...late.map((one) => one.auditAfter)].reduce((a, b) =>
      BigInt(a) < BigInt(b) ? a : b,
    );
    const told = new Set<Topic>(late.flatMap((one) => [...one.topics]));
    for (const table of tables) if (now[table] !== before[table]) addAll(told, topicsOf[table]);
    if (JSON.stringify(now.batches) !== JSON.stringify(before.batches)) addAll(told, topicsOf.batches);
    if (now.audit !== before.audit || late.length > 0) addAll(told, await this.#ofDeeds(from));
    const ended = before.batches.filter(({ id }) => !now.batches.some((batch) => batch.id === id));
    const over =
      ended.length === 0
        ? []
        : await batchesNow(
            db,
            ended.map(({ id }) => id),
          );
    // From here on nothing can fail, so a look that failed is made again as if it had not been.
    this.#mark = now;
    for (const id of ids) this.#open.delete(id);
    if (told.size === 0) return null;
    this.#remember(now, told, before.audit);
    return { topics: [...told], batches: [...now.batches, ...over] };
  }

  /** Who begins to listen has seen nothing yet; rows that appear below the mark are told of like any. */
  #start(mark: Mark): Mark {
    this.#remember(mark, new Set(topics), mark.audit);
    return mark;
  }

  #remember(now: Mark, told: ReadonlySet<Topic>, auditAfter: string): void {
    for (const id of now.writing) {
      const known = this.#open.get(id) ?? { topics: new Set<Topic>(), auditAfter };
      addAll(known.topics, told);
      this.#open.set(id, known);
    }
  }

  async #ofDeeds(auditAfter: string): Promise<readonly Topic[]> {
    const subjects = await subjectsAfter(this.#deps.db, auditAfter);
    return subjects === null ? topics : ['audit', ...subjects.flatMap((type) => topicsOfSubject(type))];
  }
}

/** What payees see: each their own. */
export class PayeeWatch implements Watch {
  readonly #deps: WatchDeps;
  readonly #marks = new Map<bigint, OwnMark>();

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  async begin(payeeId: bigint): Promise<void> {
    if (this.#marks.has(payeeId)) return;
    const [mark] = await readOwnMarks(this.#deps.db, [payeeId]);
    if (mark && !this.#marks.has(payeeId)) this.#marks.set(payeeId, mark);
  }

  present(payeeId: bigint): Present {
    const mark = this.#marks.get(payeeId);
    if (!mark) throw new Error('this payee was not looked at yet');
    const cursor = this.#deps.hash(payeeTopics.map((topic) => mark[topic]).join(' ')).slice(0, cursorChars);
    return { cursor, batches: [], all: payeeTopics };
  }

  /** Forgets all but these. */
  keep(payeeIds: ReadonlySet<bigint>): void {
    for (const id of this.#marks.keys()) if (!payeeIds.has(id)) this.#marks.delete(id);
  }

  /** What changed for whom since the last look. */
  async look(payeeIds: ReadonlySet<bigint>): Promise<Map<bigint, Told>> {
    const told = new Map<bigint, Told>();
    for (const mark of await readOwnMarks(this.#deps.db, [...payeeIds])) {
      const before = this.#marks.get(mark.payeeId);
      this.#marks.set(mark.payeeId, mark);
      const changed = payeeTopics.filter((topic) => before && before[topic] !== mark[topic]);
      if (changed.length > 0) told.set(mark.payeeId, { topics: changed, batches: [] });
    }
    return told;
  }
}

function addAll<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) set.add(value);
}
