import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { adminPrefix } from '../api/route.ts';
import type { Io } from '../cli/command.ts';
import { exitCodes } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import { one } from '../store/db.ts';
import type { Config } from './config.ts';
import type { AppContext } from './context.ts';
import type { Holder } from './data-lock.ts';
import { readHolder } from './data-lock.ts';
import { DatabaseInUseError, inUse } from './local.ts';
import { openExclusive } from './serve.ts';

interface Check {
  readonly name: string;
  /** Null when it is well, else what to mend. */
  readonly problem: string | null;
  readonly fact: string;
}

const sandboxFact = 'built-in sandbox; no real money moves';
const clockSkewMaxMs = 5_000;
const diskFreeMinBytes = 1024 ** 3;
const nodeMajorMin = 24;
const postgresMin = 150_000;
/** Longest wait for one answer of the server that holds the embedded database. */
const answerMaxMs = 5_000;

/** `purser doctor`: looks at everything that could keep payouts from working and says how to mend it. */
export async function doctor(config: Config, log: Log, io: Io, json: boolean): Promise<number> {
  const checks = [nodeCheck(), ...(await insideChecks(config, log)), await diskCheck(config)];
  if (json) io.out(JSON.stringify({ checks }));
  else
    for (const check of checks)
      io.out(`${check.problem === null ? 'ok  ' : 'MEND'} ${check.name}: ${check.problem ?? check.fact}`);
  return checks.every((check) => check.problem === null) ? exitCodes.ok : exitCodes.failed;
}

/** Looks inside the database, or asks the process that holds it: a server that runs is no fault. */
async function insideChecks(config: Config, log: Log): Promise<Check[]> {
  let opened: Awaited<ReturnType<typeof openExclusive>> | null = null;
  try {
    opened = await openExclusive(config, log, 'doctor');
    const checks = await databaseChecks(opened.context);
    return [...checks, ...(await providerChecks(opened.context)), ...webhookChecks(opened.context)];
  } catch (error) {
    if (error instanceof DatabaseInUseError) return holderChecks(config, readHolder(config.dataDir));
    const problem = error instanceof Error ? error.message : 'could not be opened';
    return [{ name: 'database', problem, fact: '' }];
  } finally {
    await opened?.context.close();
    opened?.lock?.release();
  }
}

async function holderChecks(config: Config, holder: Holder | null): Promise<Check[]> {
  if (!holder?.url || !holder.token) {
    const problem = `${inUse(config, holder)} It serves no API that could be asked; run purser doctor again when it does, or has ended.`;
    return [{ name: 'database', problem, fact: '' }];
  }
  const { url, token, pid, command } = holder;
  const [status, ready] = await Promise.all([
    answerOf(`${url}${adminPrefix}/status`, token),
    answerOf(`${url}/readyz`, token),
  ]);
  const problemOf = (answer: Answered) =>
    'body' in answer
      ? null
      : `${answer.fault}; see the log of process ${pid}, or stop it and run purser doctor again.`;
  return [
    {
      name: 'server',
      problem: problemOf(status),
      fact: `server running at ${url} (purser ${command}, process ${pid})`,
    },
    {
      name: 'database',
      problem: problemOf(ready),
      fact: 'the server reaches it',
    },
    ...('body' in status ? serverProviders(status.body as ServerStatus) : []),
  ];
}

/** What the server says of itself: the parts of its status that are looked at here. */
interface ServerStatus {
  readonly providers: readonly { readonly name: string; readonly sandbox: boolean }[];
}

/** The JSON of an answer, or in words why there is none. */
type Answered = { readonly body: unknown } | { readonly fault: string };

async function answerOf(address: string, token: string): Promise<Answered> {
  try {
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(answerMaxMs),
      redirect: 'error',
    });
    if (!answer.ok) return { fault: `${address} answers ${answer.status}` };
    return { body: await answer.json() };
  } catch {
    return { fault: `${address} does not answer` };
  }
}

/** The shape is trusted: it is our own server, found by a file only its owner can write, and its words are only shown. */
function serverProviders({ providers }: ServerStatus): Check[] {
  return providers.map(({ name, sandbox }) => {
    const fact = sandbox ? sandboxFact : 'the server sends through it';
    return { name, problem: null, fact };
  });
}

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  const problem =
    major >= nodeMajorMin ? null : `Node ${process.versions.node} is too old; install Node ${nodeMajorMin}.`;
  return { name: 'node', problem, fact: process.versions.node };
}

async function databaseChecks(context: AppContext): Promise<Check[]> {
  const row = await one(
    context.db,
    sql<{ version: string; number: string; at: Date }>`select version() as version,
      current_setting('server_version_num') as number, clock_timestamp() as at`,
  );
  const skewMs = Math.abs(Date.now() - (row?.at.getTime() ?? 0));
  const old = Number(row?.number ?? 0) < postgresMin;
  return [
    {
      name: 'database',
      problem: old ? 'PostgreSQL 15 or newer is needed.' : null,
      fact: (row?.version ?? '').slice(0, 40),
    },
    {
      name: 'clock',
      problem:
        skewMs > clockSkewMaxMs
          ? `This machine and the database are ${skewMs} ms apart; set both by NTP.`
          : null,
      fact: `${skewMs} ms apart from the database`,
    },
  ];
}

async function providerChecks(context: AppContext): Promise<Check[]> {
  const { config, providers } = context;
  const bases: Record<string, string | undefined> = {
    paypal: config.paypal?.apiBase,
    stripe: config.stripe?.apiBase,
  };
  return Promise.all(
    Object.entries(bases).map(async ([name, base]) => {
      const provider = providers.find(name);
      if (!provider) return { name, problem: null, fact: 'not set up; its payees cannot be paid' };
      const problem = await provider.checkCredentials();
      return { name, problem, fact: provider.sandbox ? sandboxFact : (base ?? '') };
    }),
  );
}

/** A provider without webhooks works: it is polled. */
function webhookChecks({ config: { paypal, stripe } }: AppContext): Check[] {
  const without = [
    paypal?.webhookId === null ? 'PAYPAL_WEBHOOK_ID' : '',
    stripe?.webhookSecrets.length === 0 ? 'STRIPE_WEBHOOK_SECRET' : '',
  ].filter(Boolean);
  const fact =
    without.length > 0
      ? `not set up (${without.join(', ')}); Purser polls, which works but learns later`
      : 'signatures are checked';
  return [{ name: 'webhooks', problem: null, fact }];
}

async function diskCheck(config: Config): Promise<Check> {
  const disk = await statfs(config.dataDir).catch(() => statfs('.'));
  const free = disk.bavail * disk.bsize;
  const fact = `${Math.floor(free / 1024 ** 2)} MiB free`;
  return { name: 'disk', problem: free < diskFreeMinBytes ? `Only ${fact}; make room.` : null, fact };
}
