import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type SandboxOptions } from './server.ts';

/**
 * `node src/sandbox/main.ts --port 0 --dir DIR [--settle-ms N] [--webhook-url U --webhook-id I]
 *   [--stripe-webhook-url U --stripe-webhook-secret S ...] [--exit-with-parent]`
 * Prints one line of JSON, `{"url", "pid"}`, when it listens, and keeps the same in `DIR/sandbox.json`.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    dir: { type: 'string' },
    'settle-ms': { type: 'string' },
    'webhook-url': { type: 'string' },
    'webhook-id': { type: 'string' },
    'stripe-webhook-url': { type: 'string' },
    'stripe-webhook-secret': { type: 'string', multiple: true },
    'exit-with-parent': { type: 'boolean', default: false },
  },
});

const usageExitCode = 2;

function usage(problem: string): never {
  process.stderr.write(`sandbox: ${problem}\n`);
  process.exit(usageExitCode);
}

function wholeNumber(name: string, text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : usage(`--${name} must be a whole number, 0 or more`);
}

function readOptions(): SandboxOptions {
  const { port, dir, 'settle-ms': settle, 'webhook-url': url, 'webhook-id': id } = values;
  if (dir === undefined) return usage('--dir says where its state is kept and is required');
  if ((url === undefined) !== (id === undefined)) return usage('--webhook-url and --webhook-id go together');
  return {
    host: '127.0.0.1',
    port: wholeNumber('port', port),
    dir,
    ...(settle === undefined ? {} : { settleMs: wholeNumber('settle-ms', settle) }),
    ...(url === undefined || id === undefined ? {} : { webhook: { url, id } }),
    ...readStripeWebhook(),
  };
}

function readStripeWebhook(): Pick<SandboxOptions, 'stripeWebhook'> {
  const { 'stripe-webhook-url': url, 'stripe-webhook-secret': secrets } = values;
  if ((url === undefined) !== (secrets === undefined)) {
    return usage('--stripe-webhook-url and --stripe-webhook-secret go together');
  }
  return url === undefined || secrets === undefined ? {} : { stripeWebhook: { url, secrets } };
}

const options = readOptions();
const sandbox = await startSandbox(options);
const line = JSON.stringify({ url: sandbox.url, pid: process.pid });
const file = join(options.dir, 'sandbox.json');
writeFileSync(`${file}.new`, `${line}\n`);
renameSync(`${file}.new`, file);
process.stdout.write(`${line}\n`);

async function stop(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
if (values['exit-with-parent']) process.once('disconnect', () => void stop());
