import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { type BadRow, type PayFileOptions, readPayFile } from '../../src/wire/pay-file.ts';
import type { PayRow } from '../../src/wire/pay-row.ts';

/** A file in memory, in pieces of `pieceBytes` so that borders between pieces are met. */
export async function* inPieces(content: string | Uint8Array, pieceBytes = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Everything a reading gave. */
export async function readAll(content: string | Uint8Array, check?: PayFileOptions['check']) {
  const rows: PayRow[] = [];
  const bad: BadRow[] = [];
  const result = await readPayFile(inPieces(content), {
    ...(check ? { check } : {}),
    onBatch(batch) {
      rows.push(...batch.rows);
      bad.push(...batch.bad);
    },
  });
  return { result, rows, bad };
}

/** The codes of all issues of all rows, in order. */
export async function rowCodes(content: string | Uint8Array): Promise<string[]> {
  const { result, bad } = await readAll(content);
  if (!result.ok) return [result.issue.code];
  return bad.flatMap(({ issues }) => issues.map(({ code }) => code));
}

/** The issue of a file that cannot be used. */
export async function fileIssue(content: string | Uint8Array) {
  const { result } = await readAll(content);
  return result.ok ? null : result.issue;
}

const goodCells = {
  payee_id: 'u1',
  name: 'Ana Souza',
  email: 'ana@example.com',
  amount: '12.50',
  currency: 'USD',
  method: '',
  destination: '',
  reference: 's1',
  note: '',
};

/** A file in our own format with one row: a good one with some cells changed. */
export function oneRow(changed: Partial<typeof goodCells> = {}): string {
  const cells = Object.values({ ...goodCells, ...changed });
  return `${payFileHeader}\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}

/** The first row of `oneRow`, or the codes of its issues. */
export async function readRow(changed: Partial<typeof goodCells>): Promise<PayRow | string[]> {
  const { rows, bad } = await readAll(oneRow(changed));
  return rows[0] ?? bad.flatMap(({ issues }) => issues.map(({ code }) => code));
}
