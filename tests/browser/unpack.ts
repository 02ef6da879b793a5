import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../support/processes.ts';

const packaged = createRequire(import.meta.url).resolve('@sparticuz/chromium');
const unpack = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
const unpackMs = 120_000;

/**
 * Where the browser of the package lies, unpacked once for each user and version. The package itself unpacks into one place
 * for all, and takes what lies there for whole: two processes that begin together, another user, or one that was killed
 * meanwhile would leave a browser that does not start. Here only a whole one gets the name.
 */
export async function chromiumPath(): Promise<string> {
  const home = path.join(tmpdir(), `purser-chromium-${userInfo().uid}-${versionOf(packaged)}`);
  const executable = path.join(home, 'chromium');
  if (existsSync(executable)) return executable;
  const fresh = mkdtempSync(`${home}-`);
  const options = { cwd: projectRoot, timeout: unpackMs, env: { ...process.env, TMPDIR: fresh } };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], options);
  try {
    renameSync(fresh, home);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Somebody else was faster.
    if (!existsSync(executable)) throw error;
  }
  return executable;
}

function versionOf(file: string): string {
  let folder = path.dirname(file);
  while (!existsSync(path.join(folder, 'package.json')) || path.basename(folder) !== 'chromium')
    folder = path.dirname(folder);
  return (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
