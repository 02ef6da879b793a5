import { Readable } from 'node:stream';
import { z } from 'zod';
import { keepLeftOut } from '../actions/left-out-rows.ts';
import type { TeamLanguage } from '../core/language.ts';
import { teamLanguages } from '../core/language.ts';
import { refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import type { LeftOutFileRow } from '../store/left-out-rows.ts';
import { findLeftOut, leftOutRows, listLeftOut } from '../store/left-out-rows.ts';
import {
  leftOutBody,
  leftOutCsvHeader,
  leftOutCsvLine,
  leftOutFileView,
  leftOutKeptView,
  leftOutQuery,
  leftOutRowView,
  presentLeftOut,
  presentLeftOutRow,
} from '../wire/left-out-rows.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import { leftOutOf } from './left-out-of.ts';
import { providerOf } from './providers.ts';
import { teamLanguageIn } from './reader.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const params = z.object({ id: anyId });
/** Rows read at once for a file. */
const rowsPerReadMax = 500;

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
      if (!found.ok) return found;
      const { value } = found;
      if (value === null) return ok({ leftOut: null, reason: 'none_left_out' as const });
      const kept = await afterRaces(() => keepLeftOut(deps, value));
      if (!kept.ok) return kept;
      if (kept.value === null) return ok({ leftOut: null, reason: 'cycle_full' as const });
      const answer = { leftOut: presentLeftOut(kept.value.file), reason: null };
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
    summary: 'The same as CSV in the columns of the file, to be mended: what is masked must be written out',
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
