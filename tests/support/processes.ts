import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeCache } from './templates.ts';

/** The repository. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** How long `line`, `json` and `stop` wait unless told, in milliseconds. */
const waitMsDefault = 60_000;
/** What is kept of each output stream, in characters: enough to explain a failure, bounded in a long run. */
const outputCharsMax = 1_000_000;

export interface ProcessOptions {
  /** Added to a small clean environment (PATH, HOME, TMPDIR); the settings of whoever runs the tests stay out. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The program; by default the Node that runs the tests. */
  readonly command?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<ChildProcess>();

// The last resort: whatever a test left behind does not outlive the worker that ran it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A started process. `await using child = startProcess(…)` kills it at the end of the block, whatever happens. */
export class TestProcess implements AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #output = { stdout: '', stderr: '' };
  readonly #listeners = new Set<() => void>();
  readonly #name: string;
  #outcome: Ended | undefined;

  constructor(child: ChildProcess, name: string) {
    if (child.pid === undefined) throw new Error(`could not start ${name}`);
    this.pid = child.pid;
    this.#child = child;
    this.#name = name;
    running.add(child);
    this.ended = new Promise((resolve) => {
      // `close`, not `exit`: by then all output has arrived.
      child.on('close', (code, signal) => {
        running.delete(child);
        this.#outcome = { code, signal };
        this.#changed();
        resolve(this.#outcome);
      });
    });
    this.#collect('stdout');
    this.#collect('stderr');
  }

  /** Everything written to stdout so far (the last million characters). */
  get stdout(): string {
    return this.#output.stdout;
  }

  /** Everything written to stderr so far (the last million characters). */
  get stderr(): string {
    return this.#output.stderr;
  }

  /** Writes to the process's stdin, e.g. the answer to a question. */
  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** The first complete line on stdout or stderr that matches; fails when the process ends without it. */
  async line(pattern: RegExp, timeoutMs = waitMsDefault): Promise<string> {
    return await this.#until(
      () => this.#lines().find((line) => pattern.test(line)),
      timeoutMs,
      `a line ${pattern}`,
    );
  }

  /** The first line that is a JSON object for which `wanted` holds. */
  async json(
    wanted: (value: Record<string, unknown>) => boolean = () => true,
    timeoutMs = waitMsDefault,
  ): Promise<Record<string, unknown>> {
    const find = () => this.#lines().flatMap(parseObject).find(wanted);
    return await this.#until(find, timeoutMs, 'a JSON line');
  }

  /** Sends a signal to this process alone. False when it had ended. */
  kill(signal: NodeJS.Signals): boolean {
    return this.#outcome === undefined && this.#child.kill(signal);
  }

  /** Sends a signal and waits for the end; after `timeoutMs` SIGKILL follows. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', timeoutMs = waitMsDefault): Promise<Ended> {
    this.kill(signal);
    const timer = setTimeout(() => this.kill('SIGKILL'), timeoutMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
  }

  #collect(stream: 'stdout' | 'stderr'): void {
    this.#child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      this.#output[stream] = (this.#output[stream] + text).slice(-outputCharsMax);
      this.#changed();
    });
  }

  #lines(): string[] {
    const complete = (text: string) => text.split('\n').slice(0, this.#outcome ? undefined : -1);
    return [...complete(this.stdout), ...complete(this.stderr)];
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async #until<T>(find: () => T | undefined, timeoutMs: number, what: string): Promise<T> {
    const cancel = new AbortController();
    return await new Promise<T>((resolve, reject) => {
      const fail = (why: string) => {
        reject(new Error(`${this.#name}: ${what} did not come: ${why}\n${this.stderr.slice(-4000)}`));
      };
      const look = () => {
        const found = find();
        if (found !== undefined) resolve(found);
        else if (this.#outcome) fail(`it ended with ${this.#outcome.signal ?? this.#outcome.code}`);
      };
      this.#listeners.add(look);
      const late = () => fail(`nothing for ${timeoutMs} ms`);
      delay(timeoutMs, undefined, { signal: cancel.signal }).then(late, () => undefined);
      cancel.signal.addEventListener('abort', () => this.#listeners.delete(look));
      look();
    }).finally(() => cancel.abort());
  }
}

/** Starts the program with these arguments; by default Node, so the first argument is a script. */
export function startProcess(args: readonly string[], options: ProcessOptions = {}): TestProcess {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const command = options.command ?? process.execPath;
  const child = spawn(command, args, {
    cwd: options.cwd ?? projectRoot,
    env: { PATH, HOME, TMPDIR, ...codeCache(), ...options.env },
    stdio: 'pipe',
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  // An `error` without a listener would end the whole test run; the missing pid says it, or the exit does.
  child.on('error', () => undefined);
  return new TestProcess(child, [path.basename(command), ...args].join(' '));
}

function parseObject(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    return [];
  }
}
