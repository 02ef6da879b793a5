import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Role } from '../../src/core/roles.ts';
import type { TestProcess } from '../support/processes.ts';
import { projectRoot, startProcess } from '../support/processes.ts';
import { codeCache, seedDataDirectory } from '../support/templates.ts';
import { curlStandIn, hasCurl } from './curl.ts';

const startMs = 60_000;
const lookEveryMs = 100;
const waitMs = 30_000;
const recipeMs = 150_000;
const bytesMax = 16_000_000;
export const daySeconds = 86_400;

export type Json = Record<string, unknown>;
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json & { data: Json[] };
}
export type Ask = (method: string, address: string, body?: unknown) => Promise<Got>;

/** One server for all lines of a story: real, over HTTP, with the sandboxes and the test clock. */
export interface Story {
  readonly directory: string;
  readonly url: string;
  /** As the owner, with the key that the first start printed. */
  readonly ask: Ask;
  /** With a key of this role; `name` is what others read. */
  withKey(role: Role, name: string): Promise<Ask>;
  /** A link that signs this payee in; made by the platform, so that whoever approves has no hand in it. */
  portalLink(payeeId: string): Promise<string>;
  /** Signed in as this payee, by a link. */
  asPayee(payeeId: string): Promise<Ask>;
  now(): Promise<Date>;
  advance(seconds: number): Promise<void>;
  /** Looks until it is so. */
  until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T>;
  /** Runs every `sh` block of a recipe, from top to bottom, as somebody would who follows it; answers what it printed. */
  follow(recipe: string): Promise<string>;
  /** Kills the server as a power cut would, and starts it again at the same address; `between` has its data meanwhile. */
  killAndStart(between?: (data: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function openStory(env: Readonly<Record<string, string>> = {}): Promise<Story> {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-story-'));
  const data = path.join(directory, 'data');
  seedDataDirectory(data);
  const start = (port: string) =>
    startProcess(['src/main/purser.ts', 'serve'], { env: { PURSER_DATA_DIR: data, PORT: port, ...env } });
  const server = start('0');
  const key = /pk_\S+/.exec(await server.line(/pk_\S+/, startMs))?.[0] ?? '';
  const url = /http:\S+(?=\/api\/admin)/.exec(await server.line(/API at http/, startMs))?.[0] ?? '';
  return new RunningStory(directory, { server, start }, url, key);
}

class RunningStory implements Story {
  readonly directory: string;
  readonly url: string;
  readonly ask: Ask;
  #server: TestProcess;
  readonly #start: (port: string) => TestProcess;
  readonly #key: string;
  #platform: Promise<Ask> | undefined;

  constructor(
    directory: string,
    { server, start }: { server: TestProcess; start: (port: string) => TestProcess },
    url: string,
    key: string,
  ) {
    this.directory = directory;
    this.url = url;
    this.#server = server;
    this.#start = start;
    this.#key = key;
    this.ask = this.#asker({ authorization: `Bearer ${key}` });
  }

  async withKey(role: Role, name: string): Promise<Ask> {
    const { body } = await this.ask('POST', '/api/admin/api-keys', { role, name });
    return this.#asker({ authorization: `Bearer ${String(body['key'])}` });
  }

  async portalLink(payeeId: string): Promise<string> {
    this.#platform ??= this.#keyOfPlatform();
    const link = await (await this.#platform)('POST', `/api/admin/payees/${payeeId}/portal-link`);
    return String(link.body['url']);
  }

  /** Made at the command line: it is nobody's. */
  async #keyOfPlatform(): Promise<Ask> {
    const args = ['src/main/purser.ts', 'key', 'create', '--name', 'Platform'];
    const { PATH = '' } = process.env;
    const env = { PATH, PURSER_DATA_DIR: path.join(this.directory, 'data'), ...codeCache() };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot, env });
    return this.#asker({ authorization: `Bearer ${/pk_\S+/.exec(stdout)?.[0] ?? ''}` });
  }

  async asPayee(payeeId: string): Promise<Ask> {
    const token = new URL(await this.portalLink(payeeId)).searchParams.get('token');
    const { headers } = await this.#asker({})('POST', '/api/payee/sign-in/verify', { token });
    const cookie = headers.getSetCookie().map((one) => one.split(';')[0]);
    return this.#asker({ cookie: cookie.join('; '), 'sec-fetch-site': 'same-origin' });
  }

  async now(): Promise<Date> {
    return new Date(String((await this.ask('GET', '/api/sandbox/clock')).body['now']));
  }

  async advance(seconds: number): Promise<void> {
    const moved = await this.ask('POST', '/api/sandbox/clock', { advanceSeconds: Math.ceil(seconds) });
    if (moved.status !== 200) throw new Error(`the clock did not move: ${moved.text}`);
  }

  async until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
    const end = Date.now() + waitMs;
    for (;;) {
      const seen = await look();
      if (isSo(seen)) return seen;
      if (Date.now() > end) throw new Error(`it did not become so: ${JSON.stringify(seen).slice(0, 2000)}`);
      await new Promise((done) => setTimeout(done, lookEveryMs));
    }
  }

  async follow(recipe: string): Promise<string> {
    const text = readFileSync(path.join(projectRoot, 'docs/recipes', recipe), 'utf8');
    const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
    if (blocks.length === 0) throw new Error(`${recipe} has nothing to run`);
    const purser = path.join(projectRoot, 'src/main/purser.ts');
    // `npx purser` as it is in the repository; the rest is what the reader's shell does.
    const { PATH = '' } = process.env;
    const shell = ['set -eu', `npx() { shift; "${process.execPath}" "${purser}" "$@"; }`];
    if (!hasCurl(PATH)) shell.push(`curl() { "${process.execPath}" "${curlStandIn}" "$@"; }`);
    const script = path.join(this.directory, 'recipe.sh');
    writeFileSync(script, [...shell, ...blocks].join('\n'));
    cpSync(path.join(projectRoot, 'examples'), path.join(this.directory, 'examples'), {
      recursive: true,
      force: false,
    });
    const data = { PURSER_DATA_DIR: path.join(this.directory, 'data') };
    const env = { PATH, URL: this.url, KEY: this.#key, ...data, ...codeCache() };
    const options = { cwd: this.directory, env, timeout: recipeMs, maxBuffer: bytesMax };
    const { stdout, stderr } = await promisify(execFile)('bash', [script], options);
    return stdout + stderr;
  }

  async killAndStart(between?: (data: string) => Promise<void>): Promise<void> {
    await this.#server.stop('SIGKILL');
    await between?.(path.join(this.directory, 'data'));
    this.#server = this.#start(new URL(this.url).port);
    await this.#server.line(/API at http/, startMs);
  }

  async close(): Promise<void> {
    await this.#server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #asker(headers: Readonly<Record<string, string>>): Ask {
    return async (method, address, body) => {
      const answer = await fetch(this.url + address, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true;
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        body: (isJson ? JSON.parse(text) : {}) as Got['body'],
      };
    };
  }
}
