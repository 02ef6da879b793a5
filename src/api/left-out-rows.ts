import { Readable } from 'node:stream';
import { z } from 'zod';
import { keepLeftOut } from '../actions/left-out-rows.ts';
import type { TeamLanguage } from '../core/language.ts';
import { teamLanguages } from '../core/language.ts';
import { refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import type { LeftOutFileRow, LeftOutRow } from '../store/left-out-rows.ts';
import { findLeftOut, leftOutRows, listLeftOut } from '../store/left-out-rows.ts';
import type { ImportRowView } from '../wire/import-check.ts';
import type { PayFileFormat } from '../wire/file-shapes.ts';
import {
  leftOutBody,
  leftOutCsvHeader,
  leftOutCsvLine,
  leftOutFileView,
  leftOutKeptView,
  leftOutQuery,
  leftOutRowsMax,
  leftOutRowView,
  presentLeftOut,
  presentLeftOutRow,
} from '../wire/left-out-rows.ts';
import { maskedCells, maskedText } from '../wire/masked-row.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { afterRaces } from './failure.ts';
import { judgeFile } from './import-judge.ts';
import { providerOf } from './providers.ts';
import { teamLanguageIn } from './reader.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const params = z.object({ id: anyId });
/** Rows read at once for a file. */
const rowsPerReadMax = 500;
/** What a file without a name is called. */
const unnamed = 'pasted rows';

export const leftOutRoutes = [
  route({
    method: 'POST',
    path: '/imports/left-out',
    right: 'operate',
    stepUp: true,
    summary: 'Remembers the rows of a file that cannot be recorded, masked, with what is wrong with each',
    answer: leftOutKeptView,
    status: [201, 200],
    refuses: ['provider_not_set_up', 'cycle_not_found'],
    bodyLimit: bulkBodyMaxBytes,
    body: leftOutBody,
    async handle(deps, { body }) {
      const provider = providerOf(deps, body.file.provider);
      if (!provider.ok) return provider;
      const found = await leftOutOf(deps, provider.value, body);
      if (found === null) return ok({ leftOut: null });
      const kept = await afterRaces(() => keepLeftOut(deps, found));
      if (!kept.ok) return kept;
      const answer = { leftOut: presentLeftOut(kept.value.file) };
      return kept.value.isNew ? created(answer) : ok(answer);
    },
  }),
  route({
    method: 'GET',
    path: '/imports/left-out',
    right: 'read',
    summary: 'Files of which rows were left out, newest first, of one cycle or of all',
    answer: pageOfView(leftOutFileView),
    query: leftOutQuery,
    async handle({ db }, { query: { limit, cursor, cycleId = null } }) {
      const files = await listLeftOut(db, cycleId, limit + 1, cursor ?? null);
      return ok(pageOf(files, limit, (file) => presentLeftOut(file)));
    },
  }),
  route({
    method: 'GET',
    path: '/imports/left-out/:id/rows',
    right: 'read',
    summary: 'The rows of a file that were left out, and why, in the order of the file',
    answer: pageOfView(leftOutRowView),
    refuses: ['import_not_found'],
    params,
    query: pageQuery,
    async handle(deps, { params: { id }, query: { limit, cursor } }) {
      const file = await findLeftOut(deps.db, id);
      if (!file) return refuse('import_not_found', { importId: id });
      const rows = await leftOutRows(deps.db, file, limit + 1, cursor ?? 0n);
      return ok(pageOf(rows, limit, (row) => presentLeftOutRow(row, teamLanguageIn(deps))));
    },
  }),
  route({
    method: 'GET',
    path: '/imports/left-out/:id/rows.csv',
    right: 'read',
    summary:
      'The same as CSV in the columns of the file, to be mended: addresses are masked and must be written out',
    answer: { contentType: 'text/csv' },
    refuses: ['import_not_found'],
    params,
    query: z.object({ language: z.enum(teamLanguages).optional() }),
    async handle(deps, { params: { id }, query: { language = teamLanguageIn(deps) } }) {
      const file = await findLeftOut(deps.db, id);
      if (!file) return refuse('import_not_found', { importId: id });
      return ok(Readable.from(csvLines(deps.db, file, language)), {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${file.publicId}-left-out.csv"`,
      });
    },
  }),
];

/** The rows of a file that cannot be recorded, with their words in every language; null when there are none. */
async function leftOutOf(
  deps: ApiDeps,
  provider: ApiProvider,
  { file: body, lines }: z.output<typeof leftOutBody>,
) {
  const judged = new Map<TeamLanguage, readonly ImportRowView[]>();
  let format: PayFileFormat | null = null;
  for (const language of teamLanguages) {
    const file = await judgeFile(deps, provider, body, language);
    if (!file.ok) return null;
    judged.set(language, file.shown);
    ({ format } = file.summary);
  }
  const all = judged.get('en') ?? [];
  const bad = [...all.entries()].filter(([, row]) => row.errors.length > 0);
  if (format === null || bad.length === 0) return null;
  const { shape, columns } = format;
  const header = format.header.map((name) => maskedText(name));
  const kept = bad.slice(0, leftOutRowsMax);
  return {
    cycleId: body.cycleId,
    file: {
      fileName: maskedText(body.name ?? unnamed),
      sourceType: body.source,
      shape,
      header,
      columns: Object.fromEntries(columns),
      rowCount: all.length,
      leftOutCount: bad.length,
    },
    rows: kept.map(([at, row]): LeftOutRow => {
      const cells = maskedCells(row.cells, { header, columns });
      const wordsOf = (language: TeamLanguage) => judged.get(language)?.[at] ?? row;
      return {
        line: lines?.[at] ?? row.line,
        reference: maskedText(row.reference),
        cells,
        issues: issuesOf(wordsOf),
      };
    }),
  };
}

function issuesOf(rowIn: (language: TeamLanguage) => ImportRowView): LeftOutRow['issues'] {
  const [en, fr] = [rowIn('en').errors, rowIn('fr').errors];
  return en.map(({ column, code, error, howToFix }, at) => {
    const french = fr[at] ?? { error, howToFix };
    const words = {
      en: [maskedText(error), maskedText(howToFix)],
      fr: [maskedText(french.error), maskedText(french.howToFix)],
    } as const;
    return { column: maskedText(column), code, words };
  });
}

async function* csvLines(db: Db, file: LeftOutFileRow, language: TeamLanguage): AsyncGenerator<string> {
  yield leftOutCsvHeader(file);
  for (let after = 0n; ;) {
    const rows = await leftOutRows(db, file, rowsPerReadMax, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => leftOutCsvLine(file, row, language)).join('');
    after = last.id;
  }
}
