import { earningOfRow } from '../wire/pay-earning.ts';
import type { PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { PayRow } from '../wire/pay-row.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Io } from './command.ts';
import { saveErrors, showIssues } from './pay-check.ts';
import { readingOf } from './reading.ts';
import { Progress } from './progress.ts';

/** Batches of a file that are recorded at once. */
const recordingMax = 2;

interface ItemResult {
  readonly externalId: string;
  readonly status: 'created' | 'unchanged' | 'conflict' | 'invalid';
  readonly message?: string | null;
}

interface ImportOptions {
  readonly file: string;
  readonly cycle: string;
  readonly source: string;
  readonly skipInvalid: boolean;
  readonly json: boolean;
}

/** What was recorded of a file: the references that may be paid. */
export interface Imported {
  readonly references: string[];
  readonly created: number;
  readonly unchanged: number;
}

/** The cycle with this id, made when it is not there. */
export async function ensureCycle(api: ApiClient, cycle: string): Promise<void> {
  const known = await api.request('GET', `/api/admin/cycles/${encodeURIComponent(cycle)}`);
  if (known.status === 200) return;
  try {
    await call(api, 'POST', '/api/admin/cycles', { id: cycle, name: `Cycle ${cycle}` });
  } catch (error) {
    // Another command made it meanwhile.
    if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
  }
}

/**
 * Records the earnings of a checked file; a row recorded before is left as it is. Null when rows contradict what is
 * recorded, or the file changed since it was checked: earnings may have been recorded, but nothing is paid.
 */
export async function importEarnings(
  io: Io,
  api: ApiClient,
  options: ImportOptions,
  checked: PayFileSummary,
): Promise<Imported | null> {
  const progress = new Progress(io);
  const imported: Imported = { references: [], created: 0, unchanged: 0 };
  const counts = { created: 0, unchanged: 0 };
  const refused = new Map<string, string>();
  const note = (items: readonly ItemResult[]) => {
    for (const item of items) {
      if (item.status === 'created' || item.status === 'unchanged') {
        counts[item.status] += 1;
        imported.references.push(item.externalId);
      } else {
        refused.set(item.externalId, item.message ?? 'The server refused this row.');
      }
    }
    progress.show('Recording', imported.references.length + refused.size, checked.goodRows, io.nowMs());
  };
  // One batch is recorded while the next one is read: reading and the database work side by side.
  const window = new Window(recordingMax);
  const result = await readPayFile(options.file, {
    ...readingOf(options.cycle),
    onBatch: ({ rows }) =>
      window.add(async () => note(rows.length === 0 ? [] : await record(api, options, rows))),
  });
  await window.drain();
  progress.end();
  if (!result.ok || result.summary.checksum !== checked.checksum) {
    io.err('The file changed while it was read. Nothing was paid; run the command again.');
    return null;
  }
  if (refused.size > 0 && !(await acceptRefused(io, options, refused))) return null;
  return { ...imported, ...counts };
}

async function record(
  api: ApiClient,
  options: ImportOptions,
  rows: readonly PayRow[],
): Promise<ItemResult[]> {
  const earnings = rows.map((row) => earningOfRow(row, options));
  const { results } = await call<{ results: ItemResult[] }>(api, 'POST', '/api/admin/earnings', { earnings });
  return results;
}

async function acceptRefused(
  io: Io,
  options: ImportOptions,
  refused: ReadonlyMap<string, string>,
): Promise<boolean> {
  const check = (row: PayRow) => {
    const message = refused.get(row.reference);
    return message === undefined
      ? null
      : {
          message,
          howToFix: 'Use a new reference for another payment, or correct the row to what was recorded.',
        };
  };
  io.err(`Rows that contradict what is recorded already: ${refused.size}`);
  const reading = { ...readingOf(options.cycle), check };
  await showIssues(io, options.file, reading);
  const errorFile = await saveErrors(io, options.file, reading);
  if (options.skipInvalid) return true;
  io.err('Nothing was paid. Correct the file, or add --skip-invalid to pay the other rows.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', badRows: refused.size, errorFile }));
  return false;
}

/** At most so many pieces of work at once; `add` waits for a free place and passes on what failed. */
class Window {
  readonly #max: number;
  readonly #running = new Set<Promise<void>>();

  constructor(max: number) {
    this.#max = max;
  }

  async add(work: () => Promise<void>): Promise<void> {
    if (this.#running.size >= this.#max) await Promise.race(this.#running);
    const running = work().finally(() => this.#running.delete(running));
    // Awaited by a later `add` or by `drain`; until then a failure must not count as unhandled.
    running.catch(() => undefined);
    this.#running.add(running);
  }

  async drain(): Promise<void> {
    await Promise.all(this.#running);
  }
}
