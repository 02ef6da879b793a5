import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { rotateSecret } from '../actions/secrets.ts';
import type { Io, Values } from '../cli/command.ts';
import { exitCodes } from '../cli/command.ts';
import { commandLine } from '../core/actor.ts';
import { counted } from '../core/words.ts';
import type { Log } from '../engine/context.ts';
import { masterKey } from '../store/envelope.ts';
import { othersAlive } from '../store/liveness.ts';
import { resealPage } from '../store/payout-methods.ts';
import { openVault } from '../store/vault.ts';
import type { Config } from './config.ts';
import { howToMakeSecret } from './config.ts';
import { actionContext } from './context.ts';
import { lockData } from './local.ts';
import type { OpenStore } from './open-store.ts';
import { embeddedDirectory, openStore } from './open-store.ts';
import { newSecret, settleSecret, stageSecret, syncTree } from './secret.ts';
import { machineClock, testClock } from './test-clock.ts';

/** `purser secret rotate` and `purser secret reseal`. */
export async function replaceSecret(
  config: Config,
  log: Log,
  io: Io,
  values: Values,
  what: string,
): Promise<number> {
  if (what !== 'rotate' && what !== 'reseal') {
    io.err('Usage: purser secret rotate [--reseal] [--while-running] | reseal');
    return exitCodes.usage;
  }
  const lock = lockData(config, 'secret');
  try {
    if (what === 'rotate') return await rotate(config, log, io, values);
    const store = await openStore(config, log);
    try {
      const count = await resealAll(store, io);
      say(
        io,
        values,
        { resealed: count },
        `${counted(count, 'address was', 'addresses were')} sealed again.`,
      );
      return exitCodes.ok;
    } finally {
      await store.db.destroy();
    }
  } finally {
    lock?.release();
  }
}

async function rotate(config: Config, log: Log, io: Io, values: Values): Promise<number> {
  const store = await openStore(config, log);
  try {
    const next = store.secretInFiles ? newSecret() : config.newSecret;
    if (next === null || next === config.secret) return refuse(io, noNewSecret, exitCodes.usage);
    const alive = config.databaseUrl === null ? 0 : await othersAlive(store.db);
    if (alive > 0 && values['while-running'] !== true) return refuse(io, running(alive), exitCodes.failed);
    if (store.secretInFiles) stageSecret(config.dataDir, next);
    const clock = config.paypal === null ? testClock(store.db, log) : machineClock();
    await clock.keep?.();
    const ctx = actionContext(store, { ...commandLine, ...fromHere }, clock);
    const done = await rotateSecret(ctx, store.masters, masterKey(next), randomBytes);
    const again = { ...store, masters: [masterKey(next)] };
    const resealed = values['reseal'] === true ? await resealAll(again, io) : 0;
    await closeOnDisk(config, store, next);
    const words = `The secret was replaced: ${counted(done.wrapped, 'data key', 'data keys')} wrapped again, ${done.made} made, ${counted(resealed, 'address', 'addresses')} sealed again.`;
    say(io, values, { ...done, resealed }, `${words} ${whatNow(config, store)}`);
    return exitCodes.ok;
  } finally {
    // Closed before when the files had to follow.
    await store.db.destroy().catch(() => undefined);
  }
}

const fromHere = { ip: null, userAgent: null, requestId: null };

const noNewSecret = `PURSER_NEW_SECRET is missing, or the same as PURSER_SECRET. Nothing was changed. Set it to the secret that is to follow (${howToMakeSecret}).`;

function running(count: number): string {
  return (
    `${counted(count, 'other process uses', 'other processes use')} this database and would not read what is sealed under the new keys. Nothing was changed. ` +
    'Stop them first; or start each with PURSER_SECRET and PURSER_NEW_SECRET set, and rotate with --while-running.'
  );
}

function refuse(io: Io, words: string, code: number): number {
  io.err(words);
  return code;
}

/** The file of the old secret goes only when what the new one opens is on the disk. */
async function closeOnDisk(config: Config, store: OpenStore, secret: string): Promise<void> {
  if (!store.secretInFiles) return;
  await sql`checkpoint`.execute(store.db);
  await store.db.destroy();
  syncTree(embeddedDirectory(config));
  settleSecret(config.dataDir, secret);
}

/** Seals what is under an older key again, a page at a time; each page is for good. */
async function resealAll(store: OpenStore, io: Io): Promise<number> {
  const vault = await openVault(store.db, store.masters, randomBytes, new Date());
  let count = 0;
  for (let after = 0n; !io.signal.aborted;) {
    const page = await resealPage(store.db, vault, after);
    if (!page) return count;
    count += page.count;
    after = page.last;
  }
  io.err('Stopped; purser secret reseal goes on.');
  return count;
}

function whatNow(config: Config, store: OpenStore): string {
  if (store.secretInFiles)
    return `Back up ${config.dataDir}/secret; backups of the database from before need the old one.`;
  return 'From now on PURSER_SECRET is the new one: set it and start every process again. Backups of the database from before need the old one.';
}

function say(io: Io, values: Values, result: Record<string, unknown>, words: string): void {
  io.out(values['json'] === true ? JSON.stringify(result) : words);
}
