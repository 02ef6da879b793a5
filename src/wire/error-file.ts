import { open, rename, rm } from 'node:fs/promises';
import { errorHeader, errorLine } from './error-rows.ts';
import { type PayFileOptions, type PayFileResult, type PayFileSource, readPayFile } from './pay-file.ts';

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
        const lines = bad.map((row) => errorLine(row, format));
        // Whoever opened the original in a spreadsheet thanks to its mark can open this one, too.
        const head = (facts.mark ? '\uFEFF' : '') + errorHeader(format);
        await handle.appendFile((started ? '' : head) + lines.join(''));
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
