import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/main/config.ts';
import { openStore } from '../../src/main/open-store.ts';
import { newSecret, stageSecret } from '../../src/main/secret.ts';
import { rotateSecret } from '../../src/actions/secrets.ts';
import { actionContext } from '../../src/main/context.ts';
import { systemActor } from '../../src/core/actor.ts';
import { savePayees } from '../../src/actions/payees.ts';
import { advanceClockOffset } from '../../src/store/clock.ts';
import { all } from '../../src/store/db.ts';
import { masterKey } from '../../src/store/envelope.ts';
import { defaultMethod, withDestinations } from '../../src/store/payout-methods.ts';
import { startProcess } from '../support/processes.ts';
import { bytesFrom } from '../support/vault.ts';
import { seedDataDirectory } from '../support/templates.ts';

// The secret of an embedded database: files beside it, and commands as people run them.

/** Each command is a process that starts by itself, and so is each look at the database. */
const testMs = 180_000;
const startMsMax = 60_000;
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-secret-'));
  seedDataDirectory(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

vi.setConfig({ testTimeout: testMs });

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const file = () => path.join(directory, 'secret');
const open = async () => openStore(readConfig({ PURSER_DATA_DIR: directory }), quiet);

async function purser(...args: string[]) {
  await using run = startProcess(['src/main/purser.ts', ...args], { env: { PURSER_DATA_DIR: directory } });
  const { code } = await run.ended;
  return { code, stdout: run.stdout, stderr: run.stderr };
}

/** A database with one payee, closed again. */
async function withJane(): Promise<void> {
  const store = await open();
  const method = { type: 'paypal', kind: 'email', destination: 'jane@example.com' };
  const payee = { externalId: 'u1', name: 'Jane', email: null, method };
  await savePayees(actionContext(store, systemActor), [payee]);
  await store.db.destroy();
}

/** Where Jane is paid, as the next process reads it. */
async function janesAddress(): Promise<string | undefined> {
  const store = await open();
  try {
    const method = await defaultMethod(store.db, 1n);
    const [whole] = await withDestinations(store.db, store.vault, method ? [method] : []);
    return whole?.destination;
  } finally {
    await store.db.destroy();
  }
}

/** Rotates as the command does, up to a moment at which the process dies. */
async function rotateUntil(moment: 'staged' | 'committed'): Promise<void> {
  const store = await open();
  const next = newSecret();
  stageSecret(directory, next);
  const ctx = actionContext(store, systemActor);
  if (moment === 'committed') await rotateSecret(ctx, store.masters, masterKey(next), bytesFrom('rotation'));
  await store.db.destroy();
}

describe('the secret of an embedded database', () => {
  it('is made at the first start, for its owner alone, and is the same at the next', async () => {
    await withJane();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const made = readFileSync(file(), 'utf8');
    expect(made.trim()).toMatch(/^[\w-]{43}$/);
    expect(await janesAddress()).toBe('jane@example.com');
    expect(readFileSync(file(), 'utf8')).toBe(made);
  });

  it.each([
    ['missing', ['serve'], () => rmSync(file())],
    ['cut short', ['secret', 'rotate'], () => writeFileSync(file(), 'abc')],
    ['another one', ['cycles'], () => writeFileSync(file(), 'x'.repeat(43))],
  ])(
    'that is %s keeps a command from starting (%s), which says why and writes no other',
    async (_what, command, harm) => {
      await withJane();
      const right = readFileSync(file(), 'utf8');
      harm();
      const before = existsSync(file()) ? readFileSync(file(), 'utf8') : null;
      const ran = await purser(...command);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/^Purser cannot start: The secret .*Nothing was changed/);
      expect(existsSync(file()) ? readFileSync(file(), 'utf8') : null).toBe(before);
      writeFileSync(file(), right);
      expect(await janesAddress()).toBe('jane@example.com');
    },
  );
});

describe('purser secret rotate', () => {
  it('replaces the file, keeps everything readable, and the old file opens nothing any more', async () => {
    await withJane();
    const old = readFileSync(file(), 'utf8');
    const ran = await purser('secret', 'rotate', '--reseal', '--json');
    expect(ran.code, ran.stderr).toBe(0);
    expect(JSON.parse(ran.stdout)).toEqual({ wrapped: 4, made: 1, resealed: 1 });
    expect(readFileSync(file(), 'utf8')).not.toBe(old);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).filter((name) => name.startsWith('secret'))).toEqual(['secret']);
    expect(await janesAddress()).toBe('jane@example.com');
    writeFileSync(file(), old);
    expect((await purser('cycles')).code).toBe(1);
  });

  it('is on record by the test clock, as every other deed is', async () => {
    const days = 31 * 86_400;
    const store = await open();
    await advanceClockOffset(store.db, days, days, new Date());
    await store.db.destroy();
    expect((await purser('secret', 'rotate')).code).toBe(0);
    const after = await open();
    const [event] = await all(
      after.db,
      sql<{ at: Date }>`select at from audit_event where event = 'secret.rotated'`,
    );
    await after.db.destroy();
    expect(event?.at.getTime()).toBeGreaterThan(Date.now() + (days - 3600) * 1000);
  });

  it.each(['staged', 'committed'] as const)(
    'leaves a database that opens when the process dies after the secret was %s',
    async (moment) => {
      await withJane();
      const old = readFileSync(file(), 'utf8');
      await rotateUntil(moment);
      expect(await janesAddress()).toBe('jane@example.com');
      expect(readFileSync(file(), 'utf8') === old).toBe(moment === 'staged');
      expect(existsSync(path.join(directory, 'secret.next'))).toBe(false);
    },
  );

  it('leaves a database that opens when the process dies while it writes the next secret', async () => {
    await withJane();
    writeFileSync(path.join(directory, 'secret.next'), 'half of i');
    expect(await janesAddress()).toBe('jane@example.com');
  });

  it('refuses while a server holds the database', async () => {
    await using server = startProcess(['src/main/purser.ts', 'serve', '--no-worker'], {
      env: { PURSER_DATA_DIR: directory, PORT: '0' },
    });
    await server.line(/^API at http/, startMsMax);
    const made = readFileSync(file(), 'utf8');
    const ran = await purser('secret', 'rotate');
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Stop it first.*Nothing was changed/),
    });
    expect(readFileSync(file(), 'utf8')).toBe(made);
  });

  it('says how it is used', async () => {
    expect((await purser('secret', 'turn')).code).toBe(2);
    expect((await purser('secret')).code).toBe(2);
  });
});
