import type { CsvRecord } from './csv-records.ts';
import { csvRecords, readHead } from './csv-records.ts';
import type { PayFileFormat } from './file-shapes.ts';
import { plainText } from './file-text.ts';

/** A table as the CSV it stands for. Cells stay as they are, so the table is judged like a file with these cells. */
export function csvOfTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
  return [header, ...rows].map((cells) => line(cells)).join('');
}

/** Bytes handed over at once: about 200 rows. */
const sliceBytes = 16 * 1024;

/** The bytes of a text, as a file gives them. Between slices everybody else has their turn. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    yield bytes.subarray(at, at + sliceBytes);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The rows of a pay file that could be read, cells as they are, without its header. */
export async function recordsOf(
  source: AsyncIterable<Uint8Array>,
  format: Pick<PayFileFormat, 'delimiter' | 'headerless'>,
): Promise<CsvRecord[]> {
  const headed = await readHead(plainText(source, { bytes: 0, encoding: 'utf-8', mark: false }));
  if (headed === null) return [];
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(headed.text, format.delimiter))
    if (record.cells.some((cell) => cell.trim() !== '')) records.push(record);
  return format.headerless ? records : records.slice(1);
}
