import { join } from 'node:path';
import { call } from '../cli/client.ts';
import { pay } from '../cli/pay.ts';
import type { Io } from '../cli/command.ts';
import { exitCodes, runCommand } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import type { Config } from './config.ts';
import { isAllSandbox } from './config.ts';
import { serve } from './serve.ts';

const winners = join(import.meta.dirname, '..', '..', 'examples', 'contest-winners', 'winners.csv');
const demoCycle = 'demo';
/** Not `winner`: whoever pays the same file afterwards, as the recipe says, pays other earnings. */
const demoSource = 'demo';
/** The demo has people whose money is held for ever on purpose; it does not wait for them longer than this. */
const waitMinutes = '5';

/** `purser demo`: pays the contest cycle through the sandbox, then serves. Refuses real credentials. */
export async function demo(config: Config, log: Log, io: Io, once: boolean): Promise<number> {
  if (!isAllSandbox(config)) {
    io.err(
      'The demo never uses real credentials: unset the PAYPAL_ and STRIPE_ variables. Nothing was paid.',
    );
    return exitCodes.usage;
  }
  io.err('Purser demo: 1,000 contest winners through the PayPal sandbox. No real money moves.');
  const code = await runCommand(io, pay, [
    winners,
    '--cycle',
    demoCycle,
    '--source',
    demoSource,
    '--yes',
    '--wait',
    waitMinutes,
  ]);
  if (code !== exitCodes.ok || once) return code;
  await showPortal(io);
  return serve(config, log, io, true);
}

/** A payee's own view to try out: a link for one of those who were just paid. */
async function showPortal(io: Io): Promise<void> {
  const api = await io.connect();
  try {
    const { data } = await call<{ data: { id: string; name: string }[] }>(
      api,
      'GET',
      '/api/admin/payees?limit=1',
    );
    const [payee] = data;
    if (!payee) return;
    const link = await call<{ url: string }>(api, 'POST', `/api/admin/payees/${payee.id}/portal-link`);
    io.out(`The portal as ${payee.name} sees it (good once, within 10 minutes): ${link.url}`);
  } finally {
    await api.close();
  }
}
