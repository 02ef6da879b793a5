import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from './support/processes.ts';
import { fenceProblems } from './support/tidy/fences.ts';
import { filesBelow, type Problem, report } from './support/tidy/files.ts';
import { barrelProblems, cycleProblems, specifierProblems } from './support/tidy/imports.ts';
import { linkProblems, titleProblems } from './support/tidy/markdown.ts';
import { migrationProblems } from './support/tidy/migrations.ts';
import { spread, tooLong } from './support/tidy/sizes.ts';
import { banProblems } from './support/tidy/words.ts';

// The rules of STYLE.md and ARCHITECTURE.md that linters do not know. Each is tried on bad samples in tidy-rules.test.ts.

const below = (folder: string, ...endings: string[]) =>
  existsSync(path.join(projectRoot, folder)) ? filesBelow(projectRoot, folder, endings) : [];

const src = below('src', '.ts');
const web = below('web', '.ts', '.tsx').filter((file) => file.path !== 'web/vite.config.ts');
/** Made from the routes, and as long as there are routes. */
const made = new Set(['web/client/types.ts']);
const code = [
  ...src,
  ...web,
  ...['tests', 'bench', 'bin', 'examples'].flatMap((folder) => below(folder, '.ts', '.js')),
];
const migrations = below('migrations', '.sql');
const documents = below('.', '.md').filter((file) => !file.path.startsWith('.'));

/** Shows the problems themselves when there are any. */
const expectNone = (problems: readonly Problem[]) => expect(report(problems)).toBe('');

it('looks at the whole project', () => {
  expect(src.map((file) => file.path)).toContain('src/core/payout.ts');
  expect(documents.map((file) => file.path)).toContain('STYLE.md');
});

it('keeps every import inside the fence of its folder', () => expectNone(fenceProblems([...src, ...web])));

it('has no circle of imports', () => expectNone(cycleProblems(src)));

it('imports every name from the file that has it, by its full name', () => {
  const typed = code.filter((file) => /\.tsx?$/.test(file.path));
  expectNone([...barrelProblems(typed), ...specifierProblems(typed)]);
});

it('has no file and no function that is too long to read', () =>
  expectNone(tooLong(code.filter((file) => !made.has(file.path)))));

it('is made of small files and small functions', () => expectNone(spread(src)));

it('leaves clock, randomness, environment, floats, leftovers and wrong words out', () => {
  // The samples of bad code are the one place where bad code is right.
  const judged = code.filter((file) => file.path !== 'tests/tidy-rules.test.ts');
  expectNone([...banProblems(judged), ...banProblems(migrations)]);
});

it('has documents with one title, whose links lead somewhere', () => {
  const exists = (file: string) => existsSync(path.join(projectRoot, file));
  expectNone([...titleProblems(documents), ...linkProblems(documents, exists)]);
});

it('never changes a migration that was recorded', () => {
  const list = path.join(projectRoot, 'migrations/checksums.json');
  const recorded = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>) : {};
  expectNone(migrationProblems(migrations, recorded));
});
