import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHolder, tryLock } from '../../src/main/data-lock.ts';
import { startProcess } from '../support/processes.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Another process that takes the lock, says so, and lives until it is killed. */
const holder = `
  import { tryLock } from './src/main/data-lock.ts';
  console.log(tryLock(process.argv[1], 'pay') === null ? 'refused' : 'locked');
  setInterval(() => undefined, 1000);
`;
const other = () => startProcess(['--input-type=module-typescript', '-e', holder, directory]);

it('lets one process in and tells the others who it is', async () => {
  await using first = other();
  await first.line(/^locked$/);
  expect(tryLock(directory, 'serve')).toBeNull();
  expect(readHolder(directory)).toMatchObject({ pid: first.pid, command: 'pay', url: null });
});

it('trap 15: a lock ends with its process, also by kill -9', async () => {
  const first = other();
  await first.line(/^locked$/);
  await first.stop('SIGKILL');
  const lock = tryLock(directory, 'serve');
  expect(lock).not.toBeNull();
  lock?.release();
});

it('keeps the lock of a process that is stopped but alive', async () => {
  await using first = other();
  await first.line(/^locked$/);
  first.kill('SIGSTOP');
  expect(tryLock(directory, 'pay')).toBeNull();
  first.kill('SIGCONT');
});

it('announces where the holder answers, in a file only its owner can read', async () => {
  const lock = tryLock(directory, 'serve');
  lock?.announce('http://127.0.0.1:3000', 'token');
  expect(readHolder(directory)).toMatchObject({ url: 'http://127.0.0.1:3000', token: 'token' });
  lock?.release();
  expect(readHolder(directory)).toBeNull();
  expect(tryLock(directory, 'pay')?.release()).toBeUndefined();
});
