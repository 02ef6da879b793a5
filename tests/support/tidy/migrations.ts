import { createHash } from 'node:crypto';
import type { Problem, SourceFile } from './files.ts';

/** SHA-256 of a migration's bytes as text, in hex. */
export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Migrations that changed after they were recorded, were never recorded, or are gone. */
export function migrationProblems(
  files: readonly SourceFile[],
  recorded: Readonly<Record<string, string>>,
): Problem[] {
  const list = 'migrations/checksums.json';
  const names = new Set(files.map((file) => nameOf(file)));
  const changed = files.flatMap((file) => {
    const [name, now] = [nameOf(file), checksum(file.text)];
    if (recorded[name] === now) return [];
    const message =
      recorded[name] === undefined
        ? `is not recorded; add "${name}": "${now}" to ${list}`
        : `changed after it was recorded (now ${now}); databases that ran it would differ. Write a new migration`;
    return [{ path: file.path, line: 1, message }];
  });
  const gone = Object.keys(recorded).filter((name) => !names.has(name));
  return [
    ...changed,
    ...gone.map((name) => ({ path: list, line: 1, message: `${name} is recorded and gone; put it back` })),
  ];
}

function nameOf(file: SourceFile): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
