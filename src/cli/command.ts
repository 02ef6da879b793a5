import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import type { ApiClient } from './client.ts';
import { ApiProblem } from './client.ts';

/** Exit codes of every command. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, decision: 3 } as const;

/** What a command may touch: results go to `out`, everything else to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** True when a person sits at the terminal and can be asked. */
  readonly interactive: boolean;
  /** Aborts when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
  nowMs(): number;
  ask(question: string): Promise<string>;
  /** Finds the server or opens the database; `patient` waits for another command that holds it. */
  connect(options?: { patient?: boolean }): Promise<ApiClient>;
}

type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  readonly name: string;
  /** After the name: `FILE --cycle ID`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** Lines for `--help`, one per option. */
  readonly help: readonly string[];
  readonly positionals: { readonly min: number; readonly max: number };
  run(io: Io, values: Values, positionals: readonly string[]): Promise<number>;
}

/** Options every command has. */
const common = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options;

/** Parses and runs one command; a problem becomes words and an exit code, never a stack trace. */
export async function runCommand(io: Io, command: Command, args: readonly string[]): Promise<number> {
  let parsed: { values: Values; positionals: string[] };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...command.options, ...common },
      allowPositionals: true,
    });
    parsed = { values, positionals };
  } catch (error) {
    io.err(error instanceof Error ? error.message : 'The options could not be read.');
    io.err(`Usage: purser ${command.name} ${command.usage}`);
    return exitCodes.usage;
  }
  if (parsed.values['help']) {
    io.out(helpOf(command));
    return exitCodes.ok;
  }
  const { min, max } = command.positionals;
  if (parsed.positionals.length < min || parsed.positionals.length > max) {
    io.err(`Usage: purser ${command.name} ${command.usage}`);
    return exitCodes.usage;
  }
  try {
    return await command.run(io, parsed.values, parsed.positionals);
  } catch (error) {
    return explainFailure(io, error, parsed.values['json'] === true);
  }
}

function helpOf(command: Command): string {
  return [
    `purser ${command.name} ${command.usage}`,
    '',
    command.summary,
    '',
    ...command.help.map((line) => `  ${line}`),
    '  --json            machine-readable output',
    '  --help            this text',
    '',
    'Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing paid because something needs a decision.',
  ].join('\n');
}

function explainFailure(io: Io, error: unknown, json: boolean): number {
  if (!(error instanceof ApiProblem)) throw error;
  if (json) io.out(JSON.stringify(error.problem));
  io.err(error.message);
  const action = error.problem['actionRequired'];
  if (typeof action === 'string') io.err(action);
  const errors = error.problem['errors'];
  if (Array.isArray(errors)) {
    for (const { path, message } of errors as { path: string; message: string }[])
      io.err(`  ${path}: ${message}`);
  }
  return exitCodes.failed;
}

/** A string option. */
export function text(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
