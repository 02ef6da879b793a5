import type { TeamLanguage } from '../core/language.ts';
import { teamLanguages } from '../core/language.ts';
import { fault } from '../core/fault-words.ts';
import { done } from '../core/refusal.ts';
import type { LeftOutRow } from '../store/left-out-rows.ts';
import type { ImportRowView } from '../wire/import-check.ts';
import type { PayFileFormat } from '../wire/file-shapes.ts';
import type { leftOutBody } from '../wire/left-out-rows.ts';
import { leftOutRowsMax } from '../wire/left-out-rows.ts';
import type { RowMask } from '../wire/masked-row.ts';
import { keptIssues, maskedFileName, rowMask } from '../wire/masked-row.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { z } from 'zod';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { judgeFile } from './import-judge.ts';

/** What a file without a name is called. */
const unnamed = 'pasted rows';

type Judged = ReadonlyMap<TeamLanguage, readonly ImportRowView[]>;

/** The rows of a file that cannot be recorded, masked, with their words in every language; null when there are none. */
export async function leftOutOf(
  deps: ApiDeps,
  provider: ApiProvider,
  { file: body, lines }: z.output<typeof leftOutBody>,
) {
  const judged = new Map<TeamLanguage, readonly ImportRowView[]>();
  let format: PayFileFormat | null = null;
  for (const language of teamLanguages) {
    const file = await judgeFile(deps, provider, body, language);
    if (!file.ok) return done(null);
    judged.set(language, file.shown);
    ({ format } = file.summary);
  }
  const all = judged.get('en') ?? [];
  if (lines !== undefined && lines.length !== all.length) return wrongLines();
  const bad = [...all.entries()].filter(([, row]) => row.errors.length > 0);
  if (format === null || bad.length === 0) return done(null);
  const mask = rowMask(format);
  const { shape } = format;
  const file = {
    fileName: maskedFileName(body.name ?? unnamed),
    sourceType: body.source,
    shape,
    header: mask.header,
    columns: mask.columns,
    rowCount: all.length,
    leftOutCount: bad.length,
  };
  const rows = bad.slice(0, leftOutRowsMax).map(([at, row]): LeftOutRow => {
    const { cells, reference } = row;
    const kept = { cells: mask.cells(cells), reference: mask.reference(reference) };
    return { line: lines?.[at] ?? row.line, ...kept, issues: issuesOf(mask, judged, at) };
  });
  return done({ cycleId: body.cycleId, file, rows });
}

function wrongLines(): No {
  return no('invalid_request', { errors: [{ path: 'lines', message: fault('lines_own') }] });
}

function issuesOf(mask: RowMask, judged: Judged, at: number): LeftOutRow['issues'] {
  const [english, french] = [judged.get('en')?.[at], judged.get('fr')?.[at]];
  const errors = keptIssues(english?.errors ?? []);
  return errors.map((issue, n) => {
    const words = mask.words(english?.cells ?? [], issue.column);
    return {
      column: mask.column(issue.column),
      code: issue.code,
      words: { en: words(issue), fr: words(french?.errors[n] ?? issue) },
    };
  });
}
