import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';

interface PersonView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly secondFactors: { readonly totp: boolean; readonly passkeys: number };
}

const path = '/api/admin/people';
const usage = 'create EMAIL [--name NAME] [--role operator] | list | reset EMAIL [--second-factors]';

/** `purser user create|list|reset`. */
export const user: Command = {
  name: 'user',
  usage,
  summary: 'Adds and lists people of the team, and lets in whoever is locked out.',
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    'second-factors': { type: 'boolean' },
  },
  help: [
    '--name NAME       what they are called',
    '--role ROLE       owner, operator, approver or viewer; default operator',
    '--second-factors  with reset: also takes away authenticator app, recovery codes and passkeys that are lost',
  ],
  positionals: { min: 1, max: 2 },
  run: (io, values, [verb = '', email = '']) =>
    withApi(io, async (api) => {
      if (verb === 'create' && email !== '') return create(api, io, values, email);
      if (verb === 'list' && email === '') return list(api, io, values);
      if (verb === 'reset' && email !== '') return reset(api, io, values, email);
      io.err(`Usage: purser user ${usage}`);
      return exitCodes.usage;
    }),
};

async function create(api: ApiClient, io: Io, values: Values, email: string): Promise<number> {
  const body = { email, name: text(values, 'name') ?? '', role: text(values, 'role') ?? 'operator' };
  return show(io, values, await call(api, 'POST', path, body));
}

async function reset(api: ApiClient, io: Io, values: Values, email: string): Promise<number> {
  const body = { secondFactors: values['second-factors'] === true };
  const address = `${path}/${encodeURIComponent(email)}/reset-password`;
  return show(io, values, await call(api, 'POST', address, body));
}

function show(io: Io, values: Values, made: PersonView & { oneTimePassword: string }): number {
  io.out(
    values['json']
      ? JSON.stringify(made)
      : `${made.oneTimePassword}\nOne-time password of ${made.email} (${made.role}): not shown again, good for 24 hours, changed at the first sign-in.`,
  );
  return exitCodes.ok;
}

async function list(api: ApiClient, io: Io, values: Values): Promise<number> {
  const { data } = await call<{ data: PersonView[] }>(api, 'GET', path);
  if (values['json']) io.out(JSON.stringify(data));
  else for (const row of data) io.out(lineOf(row));
  return exitCodes.ok;
}

function lineOf({ id, role, email, name, status, secondFactors }: PersonView): string {
  const factor = secondFactors.totp || secondFactors.passkeys > 0 ? '' : '  no second factor';
  return `${id}  ${role.padEnd(9)} ${email}  ${name}${status === 'removed' ? '  removed' : factor}`;
}
