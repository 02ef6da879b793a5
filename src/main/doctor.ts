import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Io } from '../cli/command.ts';
import { exitCodes } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import { one } from '../store/db.ts';
import type { Config } from './config.ts';
import type { AppContext } from './context.ts';
import { openExclusive } from './serve.ts';

interface Check {
  readonly name: string;
  /** Null when it is well, else what to mend. */
  readonly problem: string | null;
  readonly fact: string;
}

const clockSkewMaxMs = 5_000;
const diskFreeMinBytes = 1024 ** 3;
const nodeMajorMin = 24;
const postgresMin = 150_000;

/** `purser doctor`: looks at everything that could keep payouts from working and says how to mend it. */
export async function doctor(config: Config, log: Log, io: Io, json: boolean): Promise<number> {
  const checks: Check[] = [nodeCheck()];
  let opened: Awaited<ReturnType<typeof openExclusive>> | null = null;
  try {
    opened = await openExclusive(config, log, 'doctor');
    checks.push(
      ...(await databaseChecks(opened.context)),
      await providerCheck(opened.context),
      webhookCheck(config),
    );
  } catch (error) {
    checks.push({
      name: 'database',
      problem: error instanceof Error ? error.message : 'could not be opened',
      fact: '',
    });
  } finally {
    await opened?.context.close();
    opened?.lock?.release();
  }
  checks.push(await diskCheck(config));
  if (json) io.out(JSON.stringify({ checks }));
  else
    for (const check of checks)
      io.out(`${check.problem === null ? 'ok  ' : 'MEND'} ${check.name}: ${check.problem ?? check.fact}`);
  return checks.every((check) => check.problem === null) ? exitCodes.ok : exitCodes.failed;
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

async function providerCheck(context: AppContext): Promise<Check> {
  const problem = await context.provider.checkCredentials();
  const fact = context.sandbox
    ? 'built-in sandbox; no real money moves'
    : (context.config.paypal?.apiBase ?? '');
  return { name: 'paypal', problem, fact };
}

function webhookCheck(config: Config): Check {
  const missing = config.paypal !== null && config.paypal.webhookId === null;
  const fact = missing
    ? 'not set up (PAYPAL_WEBHOOK_ID); Purser polls, which works but learns later'
    : 'signatures are checked';
  return { name: 'webhooks', problem: null, fact };
}

async function diskCheck(config: Config): Promise<Check> {
  const disk = await statfs(config.dataDir).catch(() => statfs('.'));
  const free = disk.bavail * disk.bsize;
  const fact = `${Math.floor(free / 1024 ** 2)} MiB free`;
  return { name: 'disk', problem: free < diskFreeMinBytes ? `Only ${fact}; make room.` : null, fact };
}
