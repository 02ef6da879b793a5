import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';

const testMs = 180_000;
/** The ten seconds that a stop waits for answers, and as long again for a busy machine. */
const stopMsMax = 20_000;

it(
  'serve and worker end soon after a signal, in order, though a provider never answers a call under way',
  async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const stop = async (command: string) => {
      const dataDir = mkdtempSync(path.join(tmpdir(), 'purser-stopping-'));
      seedDataDirectory(dataDir);
      await using running = startProcess(['src/main/purser.ts', command], {
        env: {
          PURSER_DATA_DIR: dataDir,
          PORT: '0',
          PAYPAL_API_BASE: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
          PAYPAL_CLIENT_ID: 'one',
          PAYPAL_CLIENT_SECRET: 'two',
          PROVIDER_TIMEOUT_MS: '300000',
          SEND_LEASE_MS: '400000',
        },
      });
      const asked = once(silent, 'request');
      await running.line(/Working as|Console at/);
      await asked;
      const ended = await running.stop('SIGTERM', stopMsMax);
      rmSync(dataDir, { recursive: true, force: true });
      return { command, ...ended };
    };
    expect(await Promise.all(['serve', 'worker'].map(stop))).toEqual([
      { command: 'serve', code: 0, signal: null },
      { command: 'worker', code: 0, signal: null },
    ]);
    silent.closeAllConnections();
    silent.close();
  },
  testMs,
);
