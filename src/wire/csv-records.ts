import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Delimiter } from './csv.ts';
import { type FileProblem, fileProblem, lineBytesMax } from './file-issues.ts';

/** One row of a CSV text. `line` is where it starts, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A text of which the first line with content is known before the rest is read. */
export interface HeadedText {
  readonly firstLine: string;
  readonly text: AsyncIterable<Uint8Array>;
}

/** Reads up to the end of the first line with content, at most `lineBytesMax` bytes. Null when there is no content. */
export async function readHead(text: AsyncIterable<Uint8Array>): Promise<HeadedText | null> {
  const source = text[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (;;) {
    const next = await source.next();
    if (next.done !== true) head = Buffer.concat([head, next.value]);
    const first = /^\s*(\S[^\n]*)(\n)?/.exec(head.toString());
    if (next.done === true || first?.[2] === '\n' || head.length >= lineBytesMax) {
      if (next.done === true && first === null) return null;
      return { firstLine: first?.[1] ?? '', text: chain(head, source) };
    }
  }
}

async function* chain(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array, unknown>,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** The rows of a CSV text with `\n` line ends, blank lines left out. Rows may differ in their number of cells. */
export async function* csvRecords(
  text: AsyncIterable<Uint8Array>,
  delimiter: Delimiter,
): AsyncGenerator<CsvRecord> {
  let lastLine = 0;
  const starts: number[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: lineBytesMax,
    // The parser counts up to the last line of a row; its first line is what people look for.
    on_record: (cells: string[], { lines }) => {
      starts.push(lines - lastLine > 1 ? lines - lineBreaksIn(cells) : lines);
      lastLine = lines;
      return cells;
    },
  });
  // Errors of the source reach the loop below, as the pipeline destroys the parser with them.
  const rows: AsyncIterable<string[]> = pipeline(
    Readable.from(text, { objectMode: false }),
    parser,
    () => undefined,
  );
  try {
    for await (const cells of rows) yield { line: starts.shift() ?? lastLine, cells };
  } catch (error) {
    throw error instanceof CsvError ? brokenStructure(error, lastLine + 1) : error;
  }
}

function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
}

function brokenStructure(error: CsvError, line: number): FileProblem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return fileProblem('file_line_too_long', [line, lineBytesMax], line);
  }
  return fileProblem('file_quotes', [line], line);
}
