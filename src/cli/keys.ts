import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes, text } from './command.ts';

interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly revokedAt: string | null;
}

/** `purser key create|list|revoke`. */
export const key: Command = {
  name: 'key',
  usage: 'create --name NAME [--role operator] | list | revoke ID',
  summary: 'Makes, lists and revokes API keys. A key is shown once.',
  options: { name: { type: 'string' }, role: { type: 'string' } },
  help: [
    '--name NAME       what the key is for',
    '--role ROLE       owner, operator, approver or viewer; default operator',
  ],
  positionals: { min: 1, max: 2 },
  run: (io, values, [verb = '', id = '']) =>
    withApi(io, async (api) => {
      if (verb === 'create') {
        const body = { name: text(values, 'name') ?? 'key', role: text(values, 'role') ?? 'operator' };
        const made = await call<KeyView & { key: string }>(api, 'POST', '/api/admin/api-keys', body);
        io.out(
          values['json']
            ? JSON.stringify(made)
            : `${made.key}\nKeep it now: it is not shown again (${made.id}, ${made.role}).`,
        );
        return exitCodes.ok;
      }
      if (verb === 'list') {
        const { data } = await call<{ data: KeyView[] }>(api, 'GET', '/api/admin/api-keys');
        if (values['json']) io.out(JSON.stringify(data));
        else
          for (const row of data)
            io.out(
              `${row.id}  ${row.role.padEnd(9)} ${row.prefix}…  ${row.name}${row.revokedAt ? '  revoked' : ''}`,
            );
        return exitCodes.ok;
      }
      if (verb === 'revoke' && id !== '') {
        await call(api, 'DELETE', `/api/admin/api-keys/${encodeURIComponent(id)}`);
        io.out(
          values['json'] ? JSON.stringify({ id, revoked: true }) : 'Revoked. It opens nothing any more.',
        );
        return exitCodes.ok;
      }
      io.err('Usage: purser key create --name NAME [--role operator] | list | revoke ID');
      return exitCodes.usage;
    }),
};
