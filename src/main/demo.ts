import { join } from 'node:path';
import { pay } from '../cli/pay.ts';
import type { Io } from '../cli/command.ts';
import { exitCodes, runCommand } from '../cli/command.ts';
import type { Log } from '../engine/context.ts';
import type { Config } from './config.ts';
import { serve } from './serve.ts';

const winners = join(import.meta.dirname, '..', '..', 'examples', 'contest-winners', 'winners.csv');
const demoCycle = 'demo';
/** Not `winner`: whoever pays the same file afterwards, as the recipe says, pays other earnings. */
const demoSource = 'demo';
/** The demo has people whose money is held for ever on purpose; it does not wait for them longer than this. */
const waitMinutes = '5';

/** `purser demo`: pays the contest cycle through the sandbox, then serves. Refuses real credentials. */
export async function demo(config: Config, log: Log, io: Io, once: boolean): Promise<number> {
  if (config.paypal !== null) {
    io.err('The demo never uses real credentials: unset the PAYPAL_ variables. Nothing was paid.');
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
  return serve(config, log, io, true);
}
