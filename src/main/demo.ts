import { join } from 'node:path';
import type { ApiClient } from '../cli/client.ts';
import { call } from '../cli/client.ts';
import { pay } from '../cli/pay.ts';
import type { Io } from '../cli/command.ts';
import { exitCodes, runCommand } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import type { Config } from './config.ts';
import { isAllSandbox } from './config.ts';
import { showConsole } from './demo-person.ts';
import { demoServer } from './demo-server.ts';
import { tellTickets } from './demo-tickets.ts';
import { withOwnPort } from './own-port.ts';
import { serve } from './serve.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const notReal = 'Nothing was paid.';
/** The demo has people whose money is held for ever on purpose; it does not wait for them longer than this. */
const waitMinutes = '5';

/** A story that is one file and one command. Its source is not the recipe's: whoever follows that afterwards pays other earnings. */
interface PaidFile {
  readonly title: string;
  readonly file: string;
  readonly cycle: string;
  readonly more: readonly string[];
}

const contest: PaidFile = {
  title: '1 of 3: 1,000 contest winners through the PayPal sandbox.',
  file: join(examples, 'contest-winners', 'winners.csv'),
  cycle: 'demo',
  more: ['--source', 'demo'],
};
const royalties: PaidFile = {
  title: '2 of 3: royalties of 30 creators through the Stripe sandbox.',
  file: join(examples, 'creator-royalties', 'statements.csv'),
  cycle: 'demo-royalties',
  more: ['--source', 'demo-statement', '--provider', 'stripe'],
};

/** `purser demo`: tells the three stories to the sandboxes, then serves. Refuses real credentials. */
export async function demo(asked: Config, log: Log, io: Io, once: boolean): Promise<number> {
  if (!isAllSandbox(asked)) {
    io.err(`The demo never uses real credentials: unset the PAYPAL_ and STRIPE_ variables. ${notReal}`);
    return exitCodes.usage;
  }
  const config = await withOwnPort(asked);
  const api = await demoServer(config, log, io);
  try {
    const code = await tell(io, api, once, config.publicUrl);
    if (code !== exitCodes.ok || once) return code;
  } finally {
    await api.close();
  }
  return serve(config, log, io, true);
}

async function tell(io: Io, api: ApiClient, once: boolean, publicUrl: string): Promise<number> {
  const { sandbox } = await call<{ sandbox: boolean }>(api, 'GET', '/api/admin/status');
  if (!sandbox) {
    io.err(`The demo pays invented people, and the server at ${api.where} pays real ones. ${notReal}`);
    return exitCodes.usage;
  }
  io.err('Purser demo: three stories, all in the sandbox. No real money moves.');
  for (const story of [contest, royalties]) {
    const code = await payFile(io, api, story);
    if (code !== exitCodes.ok) return code;
  }
  io.err('\n3 of 3: organizers of events ask for the money of their tickets.');
  const waiting = await tellTickets(io, api, join(examples, 'event-tickets'));
  sayWhereToLook(io, waiting);
  if (!once) await showPages(io, api, publicUrl);
  return exitCodes.ok;
}

async function payFile(io: Io, api: ApiClient, { title, file, cycle, more }: PaidFile): Promise<number> {
  io.err(`\n${title}`);
  const connected = { ...io, connect: () => Promise.resolve({ ...api, close: () => Promise.resolve() }) };
  return runCommand(connected, pay, [file, '--cycle', cycle, ...more, '--yes', '--wait', waitMinutes]);
}

function sayWhereToLook(io: Io, { toApprove, toPay }: { toApprove?: string; toPay?: string }): void {
  io.out('\nWhat to look at next');
  io.out('  One winner:              npx purser why 180001');
  io.out('  A creator to be mended:  npx purser why ST-2026-10-07');
  if (toApprove !== undefined) io.out(`  Approve a payout:        npx purser approve ${toApprove}`);
  if (toApprove !== undefined) io.out('  Pay what is approved:    npx purser pay-approved --yes');
  if (toPay !== undefined)
    io.out(`  Say it was paid by hand: npx purser mark-paid ${toPay} --reference BANK-1`);
  io.out('  Do the books balance:    npx purser ledger verify');
  io.out('  From data to paid:       docs/recipes');
}

/** The team's view, and a payee's own, to try out. */
async function showPages(io: Io, api: ApiClient, publicUrl: string): Promise<void> {
  io.out('');
  await showConsole(io, api, publicUrl);
  const link = await call<{ url: string }>(api, 'POST', '/api/admin/payees/kreyol-jazz/portal-link');
  io.out(`The portal as Kreyòl Jazz sees it (good once, within 10 minutes): ${link.url}`);
}
