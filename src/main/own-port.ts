import { createServer } from 'node:net';
import type { Config } from './config.ts';
import { ownAddress } from './config.ts';

/**
 * With `PORT=0` any free port: found before anything starts, because the sandbox is told where to send its events, and people
 * and links where the pages are. Between this and listening somebody else may take it; the start then fails and says so.
 */
export async function withOwnPort(config: Config): Promise<Config> {
  if (config.port !== 0) return config;
  const { host } = config;
  const port = await freePort(host);
  const publicUrl = config.publicUrl === ownAddress(host, 0) ? ownAddress(host, port) : config.publicUrl;
  return { ...config, port, publicUrl };
}

async function freePort(host: string): Promise<number> {
  const server = createServer();
  return new Promise((found, fail) => {
    server.once('error', fail);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => found(port));
    });
  });
}
