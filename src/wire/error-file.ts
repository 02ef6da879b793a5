import { open, rename, rm } from 'node:fs/promises';
import { csvLine, restore } from './csv.ts';
import { plainName, type PayFileFormat, type ShapeName } from './file-shapes.ts';
import type { TextFacts } from './file-text.ts';
import {
  type BadRow,
  type PayFileOptions,
  type PayFileResult,
  type PayFileSource,
  readPayFile,
} from './pay-file.ts';

/** Columns behind the file's own; those of an earlier error file are replaced. */
const addedColumns = ['line', 'error', 'how_to_fix'];

/** Names and notes of payees are in it: only its owner may read it. */
const errorFileMode = 0o600;

/**
 * Reads a pay file and writes its bad rows to `path`: the same columns in the same order with `line,error,how_to_fix`
 * behind them, the same delimiter, UTF-8, cells neutralised. Corrected, it is a pay file itself. A file without a header
 * gets one, and a column with the references its rows have, so that a corrected row keeps its reference.
 * Nothing is written when there are no bad rows or the file as a whole cannot be used. An existing file is replaced in one step.
 */
export async function writeErrorFile(
  source: PayFileSource,
  path: string,
  options: Pick<PayFileOptions, 'check' | 'derivedPrefix'> = {},
): Promise<PayFileResult> {
  const part = `${path}.part`;
  // Made anew: what stands there, such as a link to another file, is never written through.
  await rm(part, { force: true });
  const handle = await open(part, 'wx', errorFileMode);
  let started = false;
  try {
    const result = await readPayFile(source, {
      ...options,
      async onBatch({ bad }, format, facts) {
        if (bad.length === 0) return;
        const lines = bad.map((row) => badLine(row, format));
        await handle.appendFile((started ? '' : headerLine(format, facts)) + lines.join(''));
        started = true;
      },
    });
    await handle.close();
    if (result.ok && started) await rename(part, path);
    return result;
  } finally {
    await handle.close();
    await rm(part, { force: true });
  }
}

function headerLine(format: PayFileFormat, facts: TextFacts): string {
  const own = keptColumns(format).map((at) => format.header[at] ?? '');
  const line = csvLine([...own, ...madeColumn(format), ...addedColumns], format.delimiter);
  // Whoever opened the original in a spreadsheet thanks to its mark can open this one, too.
  return (facts.mark ? '\uFEFF' : '') + line;
}

function badLine({ line, reference, cells, issues }: BadRow, format: PayFileFormat): string {
  const at = format.columns.get('reference');
  const own = keptColumns(format).map((place) => {
    const cell = cells[place] ?? '';
    return place === at && cell.trim() === '' ? reference : restore(cell);
  });
  const made = madeColumn(format).map(() => reference);
  const surplus = cells.slice(format.header.length).filter((cell) => cell.trim() !== '');
  const errors = issues.map(({ column, message }) => `${column}: ${message}`);
  if (surplus.length > 0) errors.push(`Cells beyond the last column: ${surplus.join(' | ')}`);
  const fixes = [...new Set(issues.map(({ howToFix }) => howToFix))];
  return csvLine([...own, ...made, String(line), errors.join(' '), fixes.join(' ')], format.delimiter);
}

/** A derived reference depends on the rows above; written out, it stays with its row. */
function madeColumn({ shape, columns }: PayFileFormat): string[] {
  const name = columns.has('reference') ? undefined : referenceColumn[shape];
  return name === undefined ? [] : [name];
}

const referenceColumn: Partial<Record<ShapeName, string>> = {
  paypal_mass_pay: 'reference',
  wise_email: 'referenceNumber',
};

function keptColumns({ header }: PayFileFormat): number[] {
  return [...header.keys()].filter((at) => !addedColumns.includes(plainAdded(header[at] ?? '')));
}

function plainAdded(name: string): string {
  return plainName(name) === 'howtofix' ? 'how_to_fix' : plainName(name);
}
