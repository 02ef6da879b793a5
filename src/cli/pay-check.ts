import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { writeErrorFile } from '../wire/error-file.ts';
import type { PayFileOptions, PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { Io } from './command.ts';
import type { PayOptions } from './pay.ts';

const issuesShown = 5;
/** Kept versions of an error file; beyond it the oldest names stay and the newest is refused. */
const keptMax = 99;

/** Reads the whole file before anything is written. Null when something in it needs a decision. */
export async function checkFile(io: Io, options: PayOptions): Promise<PayFileSummary | null> {
  const result = await readPayFile(options.file);
  if (!result.ok) {
    const { line, message, howToFix } = result.issue;
    io.err(`${options.file}${line === null ? '' : `, line ${line}`}: ${message}`);
    io.err(`${howToFix} Nothing was paid.`);
    if (options.json) io.out(JSON.stringify({ status: 'not_paid', file: result.issue }));
    return null;
  }
  const { badRows, rowCount } = result.summary;
  if (badRows === 0) return result.summary;
  io.err(`${badRows} of ${rowCount} rows cannot be paid:`);
  await showIssues(io, options.file);
  const errorFile = options.dryRun ? null : await saveErrors(io, options.file);
  if (options.skipInvalid) return result.summary;
  io.err('Nothing was paid. Correct the file, or add --skip-invalid to pay the other rows.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', rows: rowCount, badRows, errorFile }));
  return null;
}

/** Says the first bad rows on the terminal: line, column, what is wrong and how to write it. */
export async function showIssues(io: Io, file: string, check?: PayFileOptions['check']): Promise<void> {
  let shown = 0;
  await readPayFile(file, {
    ...(check ? { check } : {}),
    onBatch: ({ bad }) => {
      for (const row of bad) {
        const [issue] = row.issues;
        if (!issue || shown >= issuesShown) continue;
        shown += 1;
        const column = issue.code === 'check_failed' ? '' : `, ${issue.column}`;
        io.err(`  line ${row.line}${column}: ${issue.message} ${issue.howToFix}`);
      }
    },
  });
}

/**
 * Writes the bad rows to FILE.errors.csv and answers its name. An older one with other content, which somebody may have
 * corrected, is kept under another name.
 */
export async function saveErrors(io: Io, file: string, check?: PayFileOptions['check']): Promise<string> {
  const target = `${file}.errors.csv`;
  const fresh = `${target}.new`;
  await writeErrorFile(file, fresh, check);
  if (existsSync(target) && !(await readFile(target)).equals(await readFile(fresh))) {
    const kept = Array.from({ length: keptMax }, (_, n) => `${file}.errors.kept-${n + 1}.csv`).find(
      (name) => !existsSync(name),
    );
    if (kept === undefined) {
      await rm(fresh);
      throw new Error(
        `there are ${keptMax} kept versions of ${target}; move them away first. Nothing was paid`,
      );
    }
    await rename(target, kept);
    io.err(`The error file of an earlier run is kept as ${kept}.`);
  }
  await rename(fresh, target);
  io.err(`All bad rows are in ${target}, with the line, the error and how to fix it.`);
  return target;
}
