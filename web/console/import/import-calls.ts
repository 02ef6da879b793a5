import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../app/api.ts';
import type { EarningInput, EarningsRecorded, ImportedEarning, Preview } from '../../client/types.ts';
import type { RunProvider } from '../cycles/cycle-query.ts';
import type { ImportFile } from './import-file.ts';

export interface Where {
  readonly cycleId: string;
  readonly provider: RunProvider;
}

function bodyOf(file: ImportFile, where: Where) {
  const what =
    'csv' in file
      ? { csv: file.csv }
      : { header: [...file.header], rows: file.rows.map((cells) => [...cells]) };
  return { name: file.name, ...where, ...what };
}

/** What is wrong with a file, and what paying it would do. `version` is of this file in this state alone. Writes nothing. */
export function checkQuery(file: ImportFile | null, version: number, { cycleId, provider }: Where) {
  return queryOptions({
    queryKey: ['imports', 'check', version, cycleId, provider],
    queryFn: ({ signal }) => {
      if (file === null) throw new Error('there is no file to look at');
      return api.post('/imports/check', { body: bodyOf(file, { cycleId, provider }), signal });
    },
    enabled: file !== null && cycleId !== '',
    placeholderData: keepPreviousData,
    // The whole file goes up with it: asked for when the file changes, not whenever anything else does.
    staleTime: Infinity,
    meta: { asked: true },
  });
}

/** Cycles to choose from: the newest. */
export const cyclesQuery = queryOptions({
  queryKey: ['cycles', 'newest'],
  queryFn: ({ signal }) => api.get('/cycles', { query: { limit: 50 }, signal }),
});

/** What a run pays: these earnings and no others, and none of them twice. */
export interface Scope {
  readonly newOnly: true;
  readonly only: { sourceType: string; references: string[] };
}

export function scopeOf(earnings: readonly ImportedEarning[]): Scope {
  const references = earnings.map(({ externalId }) => externalId);
  return { newOnly: true, only: { sourceType: earnings[0]?.sourceType ?? '', references } };
}

/** What is recorded of a file. */
export interface Recorded {
  readonly earnings: readonly ImportedEarning[];
  /** The file, where rows of it are left out. */
  readonly leftOutOf: ImportFile | null;
}

/** What was recorded, and why the rows that were left out are not remembered, when they are not. */
export interface RecordedFile extends EarningsRecorded {
  readonly notRemembered: 'failed' | 'full' | null;
}

/**
 * Writes down the cycle, what everybody earned, and which rows of the file were left out; each is recorded once, however often
 * this is asked. Once the earnings are there it has succeeded, whether the other rows could be remembered or not.
 */
export async function record(
  where: Where,
  { earnings, leftOutOf }: Recorded,
  idempotencyKey: string,
): Promise<RecordedFile> {
  await api.post('/cycles', { body: { id: where.cycleId }, idempotencyKey: `${idempotencyKey}-cycle` });
  const recorded = await api.post('/earnings', {
    // They come from the check in the form in which this call takes them.
    body: { earnings: earnings as EarningInput[] },
    idempotencyKey: `${idempotencyKey}-earnings`,
  });
  const notRemembered = leftOutOf === null ? null : await remember(where, leftOutOf, idempotencyKey);
  return { ...recorded, notRemembered };
}

/** Has the rows that were left out remembered. What goes wrong here is said, and undoes nothing of what was recorded before. */
async function remember(
  where: Where,
  file: ImportFile,
  idempotencyKey: string,
): Promise<RecordedFile['notRemembered']> {
  const lines = 'lines' in file ? { lines: [...file.lines] } : {};
  try {
    const kept = await api.post('/imports/left-out', {
      body: { file: bodyOf(file, where), ...lines },
      idempotencyKey: `${idempotencyKey}-left-out`,
    });
    return 'reason' in kept && kept.reason === 'cycle_full' ? 'full' : null;
  } catch {
    return 'failed';
  }
}

/** The dry run of exactly what was recorded. */
export function previewOf({ cycleId, provider }: Where, scope: Scope): Promise<Preview> {
  return api.post('/payout-batches/preview', {
    body: { cycleId, provider, ...scope, details: true, checkItems: true },
  });
}
