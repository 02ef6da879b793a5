import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dropTemplates, makeTemplates } from '../support/templates.ts';
import { type Defect, defects } from './defects.ts';

/**
 * `node tests/sim/planted.ts [--schedules 60] [--only words]…`: plants each defect in a copy of the source and runs the simulation,
 * then the named traps, until one of them fails. Exit 1 when a defect was not caught, or when the copy without a defect is. What
 * does not end in time says nothing: it is neither.
 */
const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '60' }, only: { type: 'string', multiple: true } },
});
const root = join(import.meta.dirname, '..', '..');
const parts = ['src', 'migrations', 'tests', 'package.json', 'tsconfig.json'];
/** Generous: a busy machine must not look like a defect. */
const runMsMax = 1_800_000;
const config = `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { include: ['tests/engine/trap*.test.ts', 'tests/engine/resolve*.test.ts', 'tests/engine/reconcile.test.ts'], bail: 1, testTimeout: 600_000,
  isolate: false, maxWorkers: 1 } });`;

function plant(defect: Defect | null): string {
  const directory = mkdtempSync(join(tmpdir(), 'purser-planted-'));
  for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'planted.config.ts'), config);
  if (!defect) return directory;
  const file = join(directory, defect.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(defect.find).length !== 2) {
    throw new Error(`"${defect.name}" does not fit ${defect.file} any more; mend its text`);
  }
  writeFileSync(
    file,
    text.replace(defect.find, () => defect.replace),
  );
  return directory;
}

function node(directory: string, args: readonly string[]) {
  const done = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
    timeout: runMsMax,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (done.error) throw new Error(`${args.join(' ')} did not end`, { cause: done.error });
  return { failed: done.status !== 0, output: `${done.stdout}${done.stderr}` };
}

/** What caught it, or null. */
function hunt(directory: string): string | null {
  const sim = node(directory, ['tests/sim/run.ts', '--seed', '1', '--schedules', values.schedules]);
  if (sim.failed) {
    const problem = sim.output.split('\n').find((line) => !/^\d+ /.test(line)) ?? '';
    return `simulation, ${/seed \d+ failed/.exec(sim.output)?.[0] ?? 'at once'}: ${problem.slice(0, 150)}`;
  }
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'planted.config.ts'];
  const traps = node(directory, vitest);
  if (!traps.failed) return null;
  return `trap "${/FAIL .*? > (.*)/.exec(traps.output)?.[1] ?? 'unknown'}"`;
}

// No defect is in the schema: every copy begins with the databases of now.
const templates = await makeTemplates();
let wrong = 0;
for (const defect of [null, ...defects]) {
  const name = defect?.name ?? 'no defect at all';
  if (values.only?.some((words) => name.includes(words)) === false) continue;
  const began = performance.now();
  const directory = plant(defect);
  let said: string;
  try {
    const caught = hunt(directory);
    if ((caught === null) !== (defect === null)) wrong += 1;
    said = `${caught === null ? 'NOT CAUGHT' : 'caught'}: ${name} (${caught ?? 'nothing failed'}`;
  } catch (error) {
    wrong += 1;
    said = `NOT ENDED: ${name} (${error instanceof Error ? error.message : String(error)}`;
  }
  rmSync(directory, { recursive: true });
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${said}, ${seconds} s)\n`);
}
dropTemplates(templates);
process.stdout.write(wrong === 0 ? 'as it should be\n' : `${wrong} wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;
