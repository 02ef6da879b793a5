import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { chance, Town } from '../chaos/town.ts';
import { createDatabase } from '../support/postgres.ts';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import { testSecret } from '../support/vault.ts';
import { seedDataDirectory } from '../support/templates.ts';

// A whole run with everything that goes wrong, at the loudest log level: what was written by any process is searched for
// every secret, key and address of its data.

const testMs = 300_000;
const startMsMax = 60_000;
const people = 60;
const fates: Record<number, string> = {
  3: '+failed',
  5: '+unclaimed',
  7: '+returned',
  9: '+blocked',
  11: '+onhold',
};
const wrongSecret = 'another secret that opens nothing at all here';

/** The local part of every address of the run; nothing else of it is made of this word. */
const localPart = (index: number) => `hush${index}q`;

function file(): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const address =
      index === 13 ? 'hush13q-no-address' : `${localPart(index)}${fates[index] ?? ''}@quiet.example`;
    const email = index % 2 === 0 ? `${localPart(index)}@mail.example` : '';
    return `p${index},Person ${index},${email},${10 + index}.25,USD,paypal,${address},r${index},Thank you`;
  });
  return ['payee_id,name,email,amount,currency,method,destination,reference,note', ...rows, ''].join('\n');
}

interface Said {
  readonly name: string;
  readonly text: string;
}

const said = (name: string, { stdout, stderr }: TestProcess): Said => ({
  name,
  text: `${stdout}\n${stderr}`,
});

/** A call to the running server; what it answers is not a log. */
async function ask(
  url: string,
  key: string,
  address: string,
  body?: unknown,
  method = 'POST',
): Promise<Response> {
  return fetch(url + address, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) }),
  });
}

/** Calls that fail in every way a caller can make them fail, each with an address in it. */
async function misuse(url: string, key: string): Promise<void> {
  const admin = '/api/admin';
  const payoutMethod = { type: 'paypal', destination: 'hush900q@quiet.example' };
  await ask(url, key, `${admin}/payees`, { externalId: 'x', email: 'hush901q@mail.example', payoutMethod });
  await ask(
    url,
    key,
    `${admin}/payees/x`,
    { payoutMethod: { type: 'paypal', destination: 'hush902q@quiet.example' } },
    'PATCH',
  );
  expect((await ask(url, key, `${admin}/payees/x/reveal-method`)).status).toBe(200);
  await ask(url, key, `${admin}/payees`, '{"externalId":"hush903q@quiet.example",');
  await ask(url, key, `${admin}/payees/hush904q@quiet.example`, undefined, 'GET');
  await ask(url, key, `${admin}/payouts?q=hush905q@quiet.example&limit=many`, undefined, 'GET');
  await ask(url, key, `${admin}/hush906q@quiet.example`, undefined, 'GET');
  await ask(url, 'pk_hush907q', `${admin}/payees`, undefined, 'GET');
  // Beyond 64 bits: the database refuses it.
  const earnings = [1, 2].map((n) => ({
    sourceType: 'winner',
    externalId: `big${n}`,
    payeeExternalId: 'x',
    amount: Number.MAX_SAFE_INTEGER,
    currency: 'USD',
    payee: { payoutMethod },
  }));
  await ask(url, key, `${admin}/earnings`, { earnings });
  await fetch(`${url}/api/webhooks/paypal`, { method: 'POST', body: '{"id":"hush908q@quiet.example"}' });
}

it(
  'writes no secret, key or address to any log, whatever goes wrong',
  async () => {
    await using database = await createDatabase();
    const env = { DATABASE_URL: database.url, PURSER_SECRET: testSecret, LOG_LEVEL: 'trace', PORT: '0' };
    await using town = new Town(chance(7), { ...env, PAYPAL_CLIENT_SECRET: 'hush-client-secret' });
    await town.startSandbox();
    await town.misbehave();
    const spoken: Said[] = [];

    await first(town);
    await using wrong = town.run(['serve'], { PURSER_SECRET: wrongSecret });
    await wrong.ended;
    spoken.push(said('serve with another secret', wrong));

    await using server = town.run(['serve']);
    const key = await keyOf(town);
    const url = (/http:\S+(?=\/api\/admin)/.exec(await server.line(/^API at http/, startMsMax)) ?? [''])[0];
    const csv = town.write('quiet.csv', file());
    await using pay = town.run([
      'pay',
      csv,
      '--cycle',
      'quiet',
      '--yes',
      '--skip-invalid',
      '--json',
      '--wait',
      '1',
    ]);
    await misuse(url, key);
    await town.behave();
    await pay.ended;
    spoken.push(said('pay', pay));
    await using killed = town.run([
      'pay',
      csv,
      '--cycle',
      'quiet-again',
      '--source',
      'again',
      '--yes',
      '--skip-invalid',
    ]);
    await killed.line(/./, startMsMax);
    await killed.stop('SIGKILL');
    spoken.push(said('pay, killed', killed));
    for (const command of [['why', 'r3'], ['ledger', 'verify'], ['batches'], ['doctor']]) {
      await using run = town.run(command);
      await run.ended;
      spoken.push(said(command.join(' '), run));
    }
    await server.stop();
    spoken.push(said('serve', server));
    expect(spoken.map(({ text }) => text).join('\n')).toContain('"msg":"submission_sending"');
    expectQuiet(spoken, [testSecret, wrongSecret, 'hush-client-secret', key]);
    // The file that comes back is the caller's own and holds what they wrote.
    expect(readFileSync(path.join(town.directory, 'quiet.csv.errors.csv'), 'utf8')).toContain('hush13q');
  },
  testMs,
);

it(
  'writes none to the log of a server that pays with the embedded database, and hears of it by webhooks',
  async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'purser-quiet-'));
    seedDataDirectory(path.join(directory, 'data'));
    // The sandbox is told the port before the server has one: it cannot be any.
    const env = {
      PURSER_DATA_DIR: path.join(directory, 'data'),
      LOG_LEVEL: 'trace',
      PORT: String(await freePort()),
    };
    const purser = (...args: string[]) => startProcess(['src/main/purser.ts', ...args], { env });
    try {
      await using server = purser('serve');
      await server.line(/^API at http/, startMsMax);
      const csv = path.join(directory, 'quiet.csv');
      writeFileSync(csv, file());
      await using pay = purser('pay', csv, '--cycle', '1', '--yes', '--skip-invalid', '--wait', '1');
      await server.line(/"msg":"provider_event"/, startMsMax);
      await pay.ended;
      await server.stop();
      const secret = readFileSync(path.join(directory, 'data', 'secret'), 'utf8').trim();
      const key = /pk_[\w-]+/.exec(server.stdout)?.[0] ?? 'no key was shown';
      expectQuiet([said('pay', pay), said('serve', server)], [secret, key]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
  testMs,
);

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

/** The database is there, with its secret. */
async function first(town: Town): Promise<void> {
  await using migrate = town.run(['migrate']);
  expect((await migrate.ended).code).toBe(0);
}

/** A key of its own: shown once on stdout, which is what that command is for. */
async function keyOf(town: Town): Promise<string> {
  await using create = town.run(['key', 'create', '--name', 'quiet', '--role', 'owner', '--json']);
  await create.ended;
  return /pk_[\w-]+/.exec(create.stdout)?.[0] ?? '';
}

function expectQuiet(spoken: readonly Said[], secrets: readonly string[]): void {
  const found = spoken.flatMap(({ name, text }) => {
    const lines = text.split('\n').filter((line) => !line.startsWith('API key (owner), shown this once: '));
    return lines
      .filter((line) => /hush\d+q/.test(line) || secrets.some((secret) => line.includes(secret)))
      .map((line) => `${name}: ${line.slice(0, 300)}`);
  });
  expect(found).toEqual([]);
}
