import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unprivilegedUser } from './support/postgres-binaries.ts';
import { projectRoot, startProcess } from './support/processes.ts';

// A small project with the real launcher and a stand-in for the program, so that these tests are about the launcher.
const standIn = `
const [verb, ...rest]: string[] = process.argv.slice(2);
console.log(JSON.stringify({ pid: process.pid, node: process.version, rest, flag: process.env['PURSER_LAUNCHED'] ?? null }));
if (verb === 'exit') process.exitCode = Number(rest[0]);
if (verb === 'raise') process.kill(process.pid, 'SIGABRT');
if (verb === 'wait') {
  setInterval(() => undefined, 1000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { console.log('got ' + signal); process.exit(7); });
  console.log('waiting');
}
`;

/** Makes the launcher believe that it runs on an old Node; the program it starts is not told. */
const oldNode = [
  '--import',
  `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })`,
];

let home = '';
let launcher = '';

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'purser-launcher-'));
  chmodSync(home, 0o755);
  launcher = path.join(home, 'bin', 'purser.js');
  mkdirSync(path.join(home, 'src/main'), { recursive: true });
  cpSync(path.join(projectRoot, 'bin'), path.join(home, 'bin'), { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(home, 'src/main/purser.ts'), standIn);
  // Not the package itself but one that says it is Node 24 and starts the Node of this run: small, and readable by all.
  mkdirSync(path.join(home, 'node_modules/node/bin'), { recursive: true });
  writeFileSync(path.join(home, 'node_modules/node/package.json'), '{"version":"24.0.0"}');
  const node = path.join(home, 'node_modules/node/bin/node');
  cpSync(process.execPath, node);
  chmodSync(node, 0o755);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the launcher on a Node that is new enough', () => {
  it('runs the program in its own process, with its arguments and exit code', async () => {
    await using child = startProcess([launcher, 'exit', '3', 'two words']);
    expect(await child.json()).toMatchObject({ pid: child.pid, rest: ['3', 'two words'], flag: null });
    expect(await child.ended).toEqual({ code: 3, signal: null });
  });
});

describe('the launcher on an old Node', () => {
  it('hands over to the Node of node_modules with the same arguments and the exit code of the program', async () => {
    await using child = startProcess([...oldNode, launcher, 'exit', '3', 'two words']);
    const seen = await child.json();
    expect(seen).toMatchObject({ node: process.version, rest: ['3', 'two words'], flag: null });
    expect(seen['pid']).not.toBe(child.pid);
    expect(await child.ended).toEqual({ code: 3, signal: null });
  });

  it('works through a symbolic link and from another directory', async () => {
    const link = path.join(home, 'purser-link');
    symlinkSync(launcher, link);
    await using child = startProcess([...oldNode, link, 'exit', '0'], { cwd: '/' });
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.stdout).toContain('"node"');
  });

  it('works for an ordinary user', async () => {
    const node = path.join(home, 'node_modules/node/bin/node');
    const options = { command: node, cwd: '/', ...unprivilegedUser() };
    await using child = startProcess([...oldNode, launcher, 'exit', '4'], options);
    expect(await child.ended, child.stderr).toEqual({ code: 4, signal: null });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on and waits for the program to end', async (signal) => {
    await using child = startProcess([...oldNode, launcher, 'wait']);
    await child.line(/^waiting$/);
    child.kill(signal);
    expect(await child.ended).toEqual({ code: 7, signal: null });
    expect(child.stdout).toContain(`got ${signal}`);
  });

  it('ends by the signal that ended the program', async () => {
    await using child = startProcess([...oldNode, launcher, 'raise']);
    expect(await child.ended).toEqual({ code: null, signal: 'SIGABRT' });
  });

  it('takes the program with it when it is killed without warning', async () => {
    await using child = startProcess([...oldNode, launcher, 'wait']);
    await child.line(/^waiting$/);
    child.kill('SIGKILL');
    // `ended` comes when the output pipes close, and the program holds them as long as it lives.
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(child.stdout).not.toContain('got');
  });

  it('does not tie processes started by the program to the launcher', async () => {
    const forker = path.join(home, 'src/main/purser.ts');
    writeFileSync(
      forker,
      `import { fork } from 'node:child_process';
       if (process.argv[2] === 'child') { process.send?.('flag ' + process.env['PURSER_LAUNCHED']); setTimeout(() => process.exit(0), 200); }
       else fork(process.argv[1] ?? '', ['child']).on('message', (m) => console.log(String(m))).on('exit', (c) => console.log('child ended ' + c));`,
    );
    try {
      await using child = startProcess([...oldNode, launcher]);
      expect(await child.ended).toEqual({ code: 0, signal: null });
      expect(child.stdout.split('\n')).toEqual(['flag undefined', 'child ended 0', '']);
    } finally {
      writeFileSync(forker, standIn);
    }
  });

  it('says what to do when there is no newer Node', async () => {
    const bare = path.join(home, 'bare');
    cpSync(path.join(home, 'bin'), path.join(bare, 'bin'), { recursive: true });
    writeFileSync(path.join(bare, 'package.json'), '{"type":"module"}');
    mkdirSync(path.join(bare, 'node_modules/node'), { recursive: true });
    writeFileSync(path.join(bare, 'node_modules/node/package.json'), '{"version":"22.1.0"}');
    await using child = startProcess([...oldNode, path.join(bare, 'bin/purser.js'), 'serve']);
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.stderr).toMatch(/^purser: Node 24 or later is needed, this is Node 18\.20\.0 .*npm ci.*\n$/);
  });
});

it('gives up waiting for a line with the reason and what the process said', async () => {
  await using child = startProcess(['-e', 'console.error("no disk left"); process.exit(5)']);
  await expect(child.line(/never/)).rejects.toThrow(/it ended with 5\n[^]*no disk left/);
  await using silent = startProcess(['-e', 'setTimeout(() => undefined, 60000)']);
  await expect(silent.line(/never/, 50)).rejects.toThrow(/nothing for 50 ms/);
  expect(await silent.stop()).toEqual({ code: null, signal: 'SIGTERM' });
});
