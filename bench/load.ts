import pg from 'pg';

/** Where to measure and for how long. `url` is a new, empty database of a server that waits for the disk. */
export interface Load {
  readonly url: string;
  readonly seconds: number;
}

/** Something measured: a rate per second of whatever the unit says. */
export interface Probe {
  readonly name: string;
  readonly unit: string;
  measure(load: Load): Promise<number>;
}

/** Runs `step` in turns on every client until the time is over or a step says 0; the sum of what the steps say, per second. */
export async function rate<Client>(
  clients: readonly Client[],
  seconds: number,
  step: (client: Client, index: number) => Promise<number>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const counts = await Promise.all(
    clients.map(async (client, index) => {
      let count = 0;
      while (performance.now() < end) {
        const done = await step(client, index);
        if (done === 0) break;
        count += done;
      }
      return count;
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / elapsed;
}

/** Opens connections for the time of `use`. */
export async function withClients<T>(
  url: string,
  count: number,
  use: (clients: readonly pg.Client[]) => Promise<T>,
): Promise<T> {
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
  try {
    await Promise.all(clients.map(async (client) => await client.connect()));
    return await use(clients);
  } finally {
    await Promise.all(clients.map(async (client) => await client.end()));
  }
}
