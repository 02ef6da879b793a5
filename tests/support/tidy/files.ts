import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A file of the project: path from the root with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something to mend. `message` says what is wrong and what to do. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const skipped = new Set(['node_modules', 'data', 'dist', 'coverage', 'tmp', '.git']);

/** Every file below `folder` of `root` whose name ends with one of `endings`, in order of path. */
export function filesBelow(root: string, folder: string, endings: readonly string[]): SourceFile[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(root, at, endings);
    if (!entry.isFile() || !endings.some((ending) => entry.name.endsWith(ending))) return [];
    return [{ path: at, text: readFileSync(path.join(root, at), 'utf8') }];
  });
}

/** Line number, from 1, of a character of the text. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** `path:line: message`, one per line: what an expectation shows when it fails. */
export function report(problems: readonly Problem[]): string {
  return problems.map(({ path: file, line, message }) => `${file}:${line}: ${message}`).join('\n');
}
