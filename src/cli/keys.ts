import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { momentText } from './moment.ts';

interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly scope: readonly string[] | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

const usage =
  'create --name NAME [--role operator] [--scope earnings,payees] [--expires 90d] | list | revoke ID';

/** `purser key create|list|revoke`. */
export const key: Command = {
  name: 'key',
  usage,
  summary: 'Makes, lists and revokes API keys. A key is shown once.',
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    scope: { type: 'string' },
    expires: { type: 'string' },
  },
  help: [
    '--name NAME       what the key is for',
    '--role ROLE       owner, operator, approver or viewer; default operator',
    '--scope A,B       only these parts of the API, such as earnings; default all its role may',
    '--expires WHEN    30m, 12h, 90d or a time such as 2027-01-31T00:00:00Z; default never',
  ],
  positionals: { min: 1, max: 2 },
  run: (io, values, [verb = '', id = '']) => {
    if (verb === 'create') return create(io, values);
    if (verb === 'list') return withApi(io, (api) => list(io, api, values));
    if (verb === 'revoke' && id !== '') return withApi(io, (api) => revoke(io, api, values, id));
    io.err(`Usage: purser key ${usage}`);
    return Promise.resolve(exitCodes.usage);
  },
};

async function create(io: Io, values: Values): Promise<number> {
  const expires = text(values, 'expires');
  const expiresAt = expires === null ? null : endOf(expires, io.nowMs());
  if (expiresAt === undefined) {
    io.err('--expires takes 30m, 12h, 90d or a time such as 2027-01-31T00:00:00Z. No key was made.');
    return exitCodes.usage;
  }
  const scope = text(values, 'scope');
  const body = {
    name: text(values, 'name') ?? 'key',
    role: text(values, 'role') ?? 'operator',
    scope: scope === null ? null : scope.split(',').map((part) => part.trim()),
    expiresAt,
  };
  return withApi(io, async (api) => {
    const made = await call<KeyView & { key: string }>(api, 'POST', '/api/admin/api-keys', body);
    if (values['json']) io.out(JSON.stringify(made));
    else
      io.out(
        `${made.key}\nKeep it now: it is not shown again (${[made.id, made.role, ...limitsOf(made)].join(', ')}).`,
      );
    return exitCodes.ok;
  });
}

async function list(io: Io, api: ApiClient, values: Values): Promise<number> {
  const { data } = await call<{ data: KeyView[] }>(api, 'GET', '/api/admin/api-keys');
  if (values['json']) io.out(JSON.stringify(data));
  else for (const row of data) io.out(lineOf(row, io.nowMs()));
  return exitCodes.ok;
}

function lineOf(row: KeyView, nowMs: number): string {
  const over = row.expiresAt !== null && Date.parse(row.expiresAt) <= nowMs;
  const end = row.revokedAt === null ? (over ? '  expired' : '') : '  revoked';
  const used = row.lastUsedAt === null ? 'never used' : `used ${momentText(row.lastUsedAt)}`;
  const facts = [row.name, ...limitsOf(row), used].join(', ');
  return `${row.id}  ${row.role.padEnd(9)} ${row.prefix}…  ${facts}${end}`;
}

function limitsOf({ scope, expiresAt }: KeyView): string[] {
  return [
    ...(scope ? [`only ${scope.join(' ')}`] : []),
    ...(expiresAt === null ? [] : [`until ${momentText(expiresAt)}`]),
  ];
}

async function revoke(io: Io, api: ApiClient, values: Values, id: string): Promise<number> {
  await call(api, 'DELETE', `/api/admin/api-keys/${encodeURIComponent(id)}`);
  io.out(values['json'] ? JSON.stringify({ id, revoked: true }) : 'Revoked. It opens nothing any more.');
  return exitCodes.ok;
}

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Largest date JavaScript can hold, in milliseconds since 1970. */
const dateMaxMs = 8_640_000_000_000_000;

/** The end of a life such as `90d`, or a time as it was given; undefined when it is neither. */
function endOf(words: string, nowMs: number): string | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(words) ?? [];
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(words);
  if (unit === '' && !isTime) return undefined;
  const atMs = isTime ? Date.parse(words) : nowMs + Number(count) * (unitsMs[unit] ?? 0);
  return Number.isFinite(atMs) && atMs < dateMaxMs ? new Date(atMs).toISOString() : undefined;
}
