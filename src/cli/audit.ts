import { counted } from '../core/words.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';

interface EventView {
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly event: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly ip: string | null;
}

interface Verdict {
  readonly clean: boolean;
  readonly sealed: number;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly unsealed: number;
  readonly differenceCount: number;
  readonly differences: readonly { rule: string; subject: string; detail: string }[];
}

const usage =
  '[--event E] [--actor ID] [--subject TYPE] [--subject-id ID] [--from TIME] [--to TIME] [--limit N] | verify [--head SEQ:HASH]';

/** `purser audit`: who did what, newest first; `purser audit verify`: is the trail as it was written. */
export const audit: Command = {
  name: 'audit',
  usage,
  summary: 'Lists who did what, newest first; verify finds what was edited, removed or put in past Purser.',
  options: {
    event: { type: 'string' },
    actor: { type: 'string' },
    subject: { type: 'string' },
    'subject-id': { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string' },
    head: { type: 'string' },
  },
  help: [
    '--event E         such as payee.changed, batch.started or access.refused',
    '--actor ID        id of a person or key; cli for this command line',
    '--subject TYPE    such as payee, batch, cycle or key; --subject-id ID for one of them',
    '--from, --to      RFC 3339 times; --from is included, --to is not',
    '--limit N         1 to 500, default 50',
    '--head SEQ:HASH   with verify: a head that was noted before, so that a chain that was cut off is found',
  ],
  positionals: { min: 0, max: 1 },
  run: (io, values, [verb]) => {
    if (verb !== undefined && verb !== 'verify') {
      io.err(`Usage: purser audit ${usage}`);
      return Promise.resolve(exitCodes.usage);
    }
    return withApi(io, (api) => (verb === 'verify' ? verify(io, api, values) : list(io, api, values)));
  },
};

async function list(io: Io, api: ApiClient, values: Values): Promise<number> {
  const query = new URLSearchParams();
  for (const name of ['event', 'actor', 'subject', 'subject-id', 'from', 'to', 'limit']) {
    const value = text(values, name);
    if (value !== null) query.set(name === 'subject-id' ? 'subjectId' : name, value);
  }
  const { data } = await call<{ data: EventView[] }>(
    api,
    'GET',
    `/api/admin/audit-events?${query.toString()}`,
  );
  if (values['json']) io.out(JSON.stringify(data));
  else if (data.length === 0) io.out('No such events.');
  else for (const event of data) io.out(lineOf(event));
  return exitCodes.ok;
}

function lineOf({ at, actor, event, subject, before, after, ip }: EventView): string {
  const change = [before, after].map((facts) => (facts === null ? '' : JSON.stringify(facts)));
  const told = change[0] ? `${change[0]} → ${change[1]}` : (change[1] ?? '');
  const who = `${actor.kind} ${actor.name}${ip === null ? '' : ` (${ip})`}`;
  return `${at}  ${event.padEnd(20)} ${subject.type} ${subject.id}  by ${who}  ${told}`.trimEnd();
}

async function verify(io: Io, api: ApiClient, values: Values): Promise<number> {
  const head = text(values, 'head');
  const query = head === null ? '' : `?head=${encodeURIComponent(head)}`;
  const verdict = await call<Verdict>(api, 'GET', `/api/admin/audit/verify${query}`);
  if (values['json']) io.out(JSON.stringify(verdict));
  else {
    for (const { rule, subject, detail } of verdict.differences) io.out(`${rule}: ${subject}: ${detail}`);
    for (const line of sayVerdict(verdict)) io.out(line);
  }
  return verdict.clean ? exitCodes.ok : exitCodes.failed;
}

function sayVerdict({ clean, sealed, head, unsealed, differenceCount }: Verdict): string[] {
  const events = counted(sealed, 'sealed event', 'sealed events');
  return [
    clean
      ? `The audit trail is as it was written: ${events}.`
      : `${counted(differenceCount, 'difference', 'differences')} in ${events}. Keep the database as it is and ask who could write to it.`,
    ...(unsealed > 0
      ? [`${counted(unsealed, 'event waits', 'events wait')} for a seal; a running server or worker seals.`]
      : []),
    ...(head ? [`Head, to note elsewhere: ${head.seq}:${head.hash}`] : []),
  ];
}
