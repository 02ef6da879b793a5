import { createInterface } from 'node:readline/promises';
import type { Command, Io } from '../cli/command.ts';
import { exitCodes, runCommand } from '../cli/command.ts';
import { allCommands } from '../cli/commands.ts';
import type { Log } from '../engine/context.ts';
import { WrongSecretError } from '../store/wrong-secret.ts';
import type { Config } from './config.ts';
import { ConfigError, readConfig } from './config.ts';
import { connect, DatabaseInUseError } from './local.ts';
import { makeLog } from './log.ts';
import { processCommands } from './process-commands.ts';
import { version } from './version.ts';

/** Commands that run for long and report by log lines; the others speak to a person and log only what is wrong. */
const logging = new Set(['serve', 'worker']);

async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (name === '--version' || name === '-v') return say(version);
  try {
    const config = readConfig(process.env);
    const log = makeLog(levelOf(config, name));
    const commands = [...allCommands, ...processCommands(config, log)];
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return await runCommand(makeIo(config, log, name), command, rest);
    const help = ['help', '--help', '-h'].includes(name);
    if (!help) process.stderr.write(`purser ${name} is not a command.\n\n`);
    (help ? process.stdout : process.stderr).write(usage(commands));
    return help ? exitCodes.ok : exitCodes.usage;
  } catch (error) {
    return explain(error);
  }
}

function levelOf(config: Config, name: string): string {
  if (process.env['LOG_LEVEL']) return config.logLevel;
  return logging.has(name) ? 'info' : 'fatal';
}

function usage(commands: readonly Command[]): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(13)} ${command.summary}`);
  return `purser ${version}: pays many people exactly once.\n\n${lines.join('\n')}\n\npurser COMMAND --help says more.\n`;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitCodes.ok;
}

/** A failure in words. Whatever happened, each payout's row says what is next, and the same command can be run again. */
function explain(error: unknown): number {
  if (error instanceof ConfigError) {
    process.stderr.write(
      `Purser cannot start:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`,
    );
    return exitCodes.usage;
  }
  if (error instanceof WrongSecretError) {
    process.stderr.write(`Purser cannot start: ${error.message}\n`);
    return exitCodes.failed;
  }
  if (error instanceof DatabaseInUseError) {
    process.stderr.write(`${error.message} Nothing was changed by this command.\n`);
    return exitCodes.failed;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `Purser stopped: ${message}\nNobody is paid twice by running the same command again; it goes on where this one ended.\n`,
  );
  if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  return exitCodes.failed;
}

function makeIo(config: Config, log: Log, command: string): Io {
  const stop = new AbortController();
  // The first signal ends in order; a second one ends at once, which loses nothing either.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodes.failed);
      stop.abort();
    });
  }
  const err = (text: string) => void process.stderr.write(`${text}\n`);
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
    signal: stop.signal,
    nowMs: Date.now,
    ask: async (question) => {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const answer = await lines.question(question, { signal: stop.signal }).catch(() => '');
      lines.close();
      return answer;
    },
    connect: (options) => connect(config, log, { err }, command, options?.patient === true),
  };
}

// A reader that has seen enough (`| head`) closes the pipe: the work goes on, only its words are not wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const code = await main(process.argv.slice(2));
process.exitCode = code;
// What was written to a pipe is flushed first. Then nothing keeps the process alive, as a call that is never answered would.
const flushed = [process.stdout, process.stderr].map(
  (stream) => new Promise<void>((done) => void stream.write('', () => done())),
);
await Promise.all(flushed);
process.exit(code);
