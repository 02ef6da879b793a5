import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { type Load, type Probe, rate, withClients } from './load.ts';

/** As in pgbench: one branch, 10 tellers and 100,000 accounts per unit of scale; at least as many branches as clients. */
const scale = 10;
const clientCount = 8;
const tellersPerBranch = 10;
const accountsPerBranch = 100_000;
/** Largest change of a balance, either way. */
const deltaMax = 5000;

const run = promisify(execFile);

/** The measure all others are compared with: the TPC-B-like transaction of pgbench, by pgbench where it is installed. */
export const tpcb: Probe = {
  name: 'TPC-B',
  unit: 'transactions/s',
  measure: async (load) => {
    const pgbench = findPgbench();
    return pgbench === undefined ? await fromNode(load) : await byPgbench(pgbench, load);
  },
};

/** How the TPC-B figure was made: a fact of the report. */
export function tpcbMethod(): string {
  return findPgbench() ?? 'the same transaction from Node';
}

function findPgbench(): string | undefined {
  const home = '/usr/lib/postgresql';
  if (!existsSync(home)) return undefined;
  return readdirSync(home)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(home, version, 'bin', 'pgbench'))
    .find((file) => existsSync(file));
}

async function byPgbench(pgbench: string, { url, seconds }: Load): Promise<number> {
  await run(pgbench, ['--initialize', '--quiet', `--scale=${scale}`, url]);
  const size = [`--client=${clientCount}`, '--jobs=2', `--time=${Math.max(1, Math.round(seconds))}`];
  const { stdout } = await run(pgbench, ['--no-vacuum', '--protocol=prepared', ...size, url]);
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (tps === undefined) throw new Error(`pgbench did not say its rate:\n${stdout}`);
  return Number(tps);
}

/** The transaction of pgbench, statement by statement; the measure where pgbench is not installed. */
export async function fromNode({ url, seconds }: Load): Promise<number> {
  await withClients(url, 1, async ([client]) => await client?.query(schema));
  return await withClients(url, clientCount, async (clients) => await rate(clients, seconds, transact));
}

const schema = `
  create table branches (bid int primary key, balance int not null, filler char(88)) with (fillfactor = 100);
  create table tellers (tid int primary key, bid int not null, balance int not null, filler char(84));
  create table accounts (aid int primary key, bid int not null, balance int not null, filler char(84));
  create table history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
  insert into branches select n, 0, '' from generate_series(1, ${scale}) n;
  insert into tellers select n, (n - 1) / ${tellersPerBranch} + 1, 0, '' from generate_series(1, ${scale * tellersPerBranch}) n;
  insert into accounts select n, (n - 1) / ${accountsPerBranch} + 1, 0, '' from generate_series(1, ${scale * accountsPerBranch}) n;
  analyze`;

const upTo = (max: number) => 1 + Math.floor(Math.random() * max);

async function transact(client: pg.Client): Promise<number> {
  const [account, teller, branch] = [
    upTo(scale * accountsPerBranch),
    upTo(scale * tellersPerBranch),
    upTo(scale),
  ];
  const delta = upTo(2 * deltaMax) - deltaMax;
  const query = async (name: string, text: string, values: number[]) =>
    await client.query({ name, text, values });
  await client.query('begin');
  await query('a', 'update accounts set balance = balance + $1 where aid = $2', [delta, account]);
  await query('s', 'select balance from accounts where aid = $1', [account]);
  await query('t', 'update tellers set balance = balance + $1 where tid = $2', [delta, teller]);
  await query('b', 'update branches set balance = balance + $1 where bid = $2', [delta, branch]);
  const row = [teller, branch, account, delta];
  await query('h', 'insert into history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, now())', row);
  await client.query('commit');
  return 1;
}
