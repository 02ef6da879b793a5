import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built-in provider sandbox, in a process of its own with a file of its own. */
export interface SandboxProcess {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

const startTimeoutMs = 15_000;
const stopTimeoutMs = 5_000;
const entry = join(import.meta.dirname, '..', 'sandbox', 'main.ts');

/** Where the sandbox sends its events, of either side. */
export interface SandboxEvents {
  readonly webhook?: { readonly url: string; readonly id: string };
  readonly stripeWebhook?: { readonly url: string; readonly secret: string };
}

/** Starts the sandbox on a free port; it ends with this process, its truth stays in `directory`. */
export async function startSandboxProcess(
  directory: string,
  options: SandboxEvents & { port?: number; exitWithParent?: boolean } = {},
): Promise<SandboxProcess> {
  mkdirSync(directory, { recursive: true });
  const args = ['--port', String(options.port ?? 0), '--dir', directory];
  const { webhook, stripeWebhook } = options;
  if (webhook) args.push('--webhook-url', webhook.url, '--webhook-id', webhook.id);
  if (stripeWebhook) {
    args.push('--stripe-webhook-url', stripeWebhook.url, '--stripe-webhook-secret', stripeWebhook.secret);
  }
  if (options.exitWithParent ?? true) args.push('--exit-with-parent');
  const child = fork(entry, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  if (!child.stdout) throw new Error('the sandbox has no output');
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(startTimeoutMs);
  const [line] = (await Promise.race([
    once(lines, 'line', { signal }),
    once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the provider sandbox ended at start with code ${String(code)}; see its message above`);
    }),
  ])) as [string];
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  // It must not keep a finished command alive.
  child.unref();
  child.channel?.unref();
  (child.stdout as unknown as { unref?: () => void }).unref?.();
  return {
    url,
    pid,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = once(child, 'exit', { signal: AbortSignal.timeout(stopTimeoutMs) });
      child.kill('SIGTERM');
      await ended.catch(() => child.kill('SIGKILL'));
    },
  };
}
