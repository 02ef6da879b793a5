import { resolve } from 'node:path';
import type { Command, Io, Values } from '../cli/command.ts';
import { exitCodes, text } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import type { Config } from './config.ts';

const noPositionals = { min: 0, max: 0 };

/**
 * Commands that are processes of their own, not clients of the API. What each needs is loaded when it runs: no other command
 * waits for it.
 */
export function processCommands(config: Config, log: Log): Command[] {
  const plain = (
    name: string,
    summary: string,
    run: (io: Io, values: Values) => Promise<number>,
    more: Partial<Pick<Command, 'options' | 'help' | 'usage'>> = {},
  ): Command => ({
    name,
    summary,
    usage: '',
    options: {},
    help: [],
    positionals: noPositionals,
    run,
    ...more,
  });
  return [
    plain(
      'serve',
      'Serves the API and, unless told otherwise, sends and follows payouts.',
      async (io, values) => (await import('./serve.ts')).serve(config, log, io, values['no-worker'] !== true),
      {
        usage: '[--no-worker]',
        options: { 'no-worker': { type: 'boolean' } },
        help: ['--no-worker       only answer; workers run elsewhere'],
      },
    ),
    plain('worker', 'Sends and follows payouts beside others on one PostgreSQL.', async (io) =>
      (await import('./serve.ts')).work(config, log, io),
    ),
    plain('migrate', 'Brings the database up to date.', (io, values) => migrate(config, log, io, values)),
    plain(
      'sandbox',
      'Runs the sandbox of PayPal and Stripe alone, until a signal.',
      (io, values) => sandbox(config, io, values),
      {
        usage: '[--port N] [--dir DIR]',
        options: { port: { type: 'string' }, dir: { type: 'string' } },
        help: [
          '--port N          default 4010',
          '--dir DIR         where it keeps its truth, default DATA/sandbox',
        ],
      },
    ),
    plain(
      'demo',
      'Tells three stories to the sandboxes of PayPal and Stripe, then serves.',
      async (io, values) => (await import('./demo.ts')).demo(config, log, io, values['once'] === true),
      {
        usage: '[--once]',
        options: { once: { type: 'boolean' } },
        help: ['--once            end after the summary'],
      },
    ),
    secretCommand(config, log),
    plain(
      'doctor',
      'Checks database, clock, providers, webhooks and disk, and says how to mend each.',
      async (io, values) => (await import('./doctor.ts')).doctor(config, log, io, values['json'] === true),
    ),
  ];
}

/** Its words; what it does is in secret-rotation.ts. */
function secretCommand(config: Config, log: Log): Command {
  return {
    name: 'secret',
    usage: 'rotate [--reseal] [--while-running] | reseal',
    summary: 'Replaces the secret that payout details are sealed under.',
    options: { reseal: { type: 'boolean' }, 'while-running': { type: 'boolean' } },
    help: [
      'rotate            wraps all data keys under the new secret, and seals new values under new keys.',
      '                  With PURSER_SECRET set, PURSER_NEW_SECRET is the new one; else the file is replaced',
      '--reseal          seals the stored addresses again under the new key as well',
      '--while-running   other processes may run: each was started with PURSER_SECRET and PURSER_NEW_SECRET',
      'reseal            goes on with sealing again, such as after an interruption; rotates nothing',
    ],
    positionals: { min: 1, max: 1 },
    run: async (io, values, [what = '']) =>
      (await import('./secret-rotation.ts')).replaceSecret(config, log, io, values, what),
  };
}

async function migrate(config: Config, log: Log, io: Io, values: Values): Promise<number> {
  const { openExclusive } = await import('./serve.ts');
  const { migrate: migrateDatabase } = await import('../store/migrate.ts');
  const { context, lock } = await openExclusive(config, log, 'migrate');
  try {
    const applied = await migrateDatabase(context.db);
    if (values['json']) io.out(JSON.stringify({ applied, upToDate: true }));
    else io.out('The database is up to date.');
    return exitCodes.ok;
  } finally {
    await context.close();
    lock?.release();
  }
}

const sandboxPort = 4010;

async function sandbox(config: Config, io: Io, values: Values): Promise<number> {
  const port = text(values, 'port') ?? String(sandboxPort);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    io.err('--port takes a number from 0 to 65535.');
    return exitCodes.usage;
  }
  const directory = resolve(text(values, 'dir') ?? `${config.dataDir}/sandbox`);
  const { startSandboxProcess } = await import('./sandbox.ts');
  const running = await startSandboxProcess(directory, { port: Number(port) });
  if (values['json']) io.out(JSON.stringify({ url: running.url, pid: running.pid }));
  else
    io.out(
      `Sandbox of PayPal and Stripe at ${running.url}; its list of money moved: ${running.url}/__sandbox/effects`,
    );
  // The sandbox process keeps nothing alive here; this timer does, until a signal.
  const alive = setInterval(() => undefined, 1_000_000);
  await new Promise<void>((done) => io.signal.addEventListener('abort', () => done(), { once: true }));
  clearInterval(alive);
  await running.close();
  return exitCodes.ok;
}
