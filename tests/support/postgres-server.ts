import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Account, postgresBinaries, unprivilegedUser } from './postgres-binaries.ts';

/** How long initdb, a start or a stop may take, in seconds. */
const commandSecondsMax = 60;
/** Another process may take the free port first: so many ports are tried. */
const portTriesMax = 5;

export interface ServerOptions {
  /** True: waits for the disk at every commit, as in production. False: survives kills, not power loss; for tests. */
  readonly durable?: boolean;
  /** More `name = value` settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A PostgreSQL of its own on 127.0.0.1, in a new temporary directory. */
export interface PostgresServer extends AsyncDisposable {
  /** The database `postgres` as superuser. */
  readonly url: string;
  /** Stops without a checkpoint and cuts every connection, as a crash does; comes back on the same address. */
  restartImmediate(): Promise<void>;
  /** Stops it and removes its directory. Twice is fine. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly home: string;
  readonly data: string;
  readonly bin: string;
  readonly account: Account;
}

/** Starts a server. Throws with PostgreSQL's own words when it cannot. */
export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const account = unprivilegedUser();
  const home = mkdtempSync(path.join(tmpdir(), 'purser-postgres-'));
  const release = guard(home);
  try {
    own(home, account);
    const cluster = { home, data: path.join(home, 'data'), bin: postgresBinaries(home, account), account };
    const password = randomBytes(12).toString('hex');
    await initialise(cluster, password, options);
    const port = await startOnFreePort(cluster);
    return {
      url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
      restartImmediate: async () => await control(cluster, ['restart', '-m', 'immediate']),
      stop: release,
      [Symbol.asyncDispose]: release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * A shell that waits for its standard input to close, which happens on request and when this process dies, however it
 * dies; then it stops the server and removes the directory. It is not in our process group, so Ctrl-C misses it.
 */
function guard(home: string): () => Promise<void> {
  const script = `read -r _
    pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
    tries=0
    while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    rm -rf "$0"`;
  const child = spawn('/bin/sh', ['-c', script, home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  child.unref();
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.stdin.end();
    await ended;
  };
}

async function initialise(cluster: Cluster, password: string, options: ServerOptions): Promise<void> {
  const { home, data } = cluster;
  const secret = path.join(home, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  own(secret, cluster.account);
  mkdirSync(data, { mode: 0o700 });
  own(data, cluster.account);
  // The built-in locale is the same on every host, whatever locales it has.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
  const login = ['--username=postgres', '--auth=password', `--pwfile=${secret}`];
  await run(cluster, 'initdb', ['-D', data, ...locale, ...login, '--no-sync', '--no-instructions']);
  rmSync(secret);
  const loose = { fsync: 'off', full_page_writes: 'off', max_wal_size: '4GB' };
  const settings = {
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: "''",
    max_connections: 200,
    shared_buffers: "'128MB'",
    ...(options.durable === true ? {} : loose),
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(path.join(data, 'postgresql.auto.conf'), lines.join(''));
}

async function startOnFreePort(cluster: Cluster): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      await control(cluster, ['start', '-o', `-p ${port}`]);
      return port;
    } catch (error) {
      const taken = /Address already in use/.test(log(cluster));
      if (!taken || attempt === portTriesMax) throw error;
    }
  }
}

/** pg_ctl puts the server into a session of its own, and a restart uses the options of the start again. */
async function control(cluster: Cluster, command: readonly string[]): Promise<void> {
  const paths = ['-D', cluster.data, '-l', path.join(cluster.home, 'data', 'server.log')];
  await run(cluster, 'pg_ctl', [...command, ...paths, '-w', '-t', String(commandSecondsMax)]);
}

async function run({ bin, home, account, ...cluster }: Cluster, name: string, args: string[]): Promise<void> {
  const child = spawn(path.join(bin, name), args, {
    ...account,
    cwd: home,
    // The server keeps what it inherits: a pipe would stay open as long as it lives, so only stderr of initdb is one.
    stdio: ['ignore', 'ignore', name === 'initdb' ? 'pipe' : 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', HOME: home, LC_ALL: 'C' },
    timeout: commandSecondsMax * 1000,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${name} failed: ${said || log(cluster) || `exit code ${code}`}`);
}

function log({ data }: Pick<Cluster, 'data'>): string {
  try {
    return readFileSync(path.join(data, 'server.log'), 'utf8').slice(-4000);
  } catch {
    return '';
  }
}

function own(target: string, { uid, gid }: Account): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(target, uid, gid);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await promisify(server.listen.bind(server) as (port: number, host: string, done: () => void) => void)(
    0,
    '127.0.0.1',
  );
  const address = server.address();
  await promisify(server.close.bind(server))();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}
