import type pg from 'pg';
import { startTrivialServer, type TrivialServer } from './http.ts';
import { type Load, type Probe, rate, withClients } from './load.ts';
import { tpcb } from './tpcb.ts';

/** Rows of one `unnest` insert. */
const rowsPerInsert = 1000;
/** Rows taken by one claim. */
const rowsPerClaim = 100;
/** Rows that wait to be claimed: more than can be claimed in the time on a fast machine. */
const rowsToClaimPerSecond = 300_000;
const insertConnections = 2;
const claimConnections = 2;
const httpConnections = 32;

/** What an insert in sets can do at best: entries with a primary key and an index by account. */
const unnestInsert: Probe = {
  name: 'unnest insert',
  unit: 'rows/s',
  measure: async ({ url, seconds }) => {
    await execute(
      url,
      `create table entry (id bigint generated always as identity primary key, account bigint not null, amount bigint not null);
       create index on entry (account, id)`,
    );
    const text = 'insert into entry (account, amount) select * from unnest($1::bigint[], $2::bigint[])';
    return await withClients(url, insertConnections, async (clients) =>
      rate(clients, seconds, async (client) => {
        const accounts = Array.from({ length: rowsPerInsert }, () => Math.floor(Math.random() * 100_000));
        await client.query({ name: 'insert', text, values: [accounts, accounts] });
        return rowsPerInsert;
      }),
    );
  },
};

/** What a claim can do at best: the first rows that nobody holds, marked and returned. */
const bareClaim: Probe = {
  name: 'bare claim',
  unit: 'rows/s',
  measure: async ({ url, seconds }) => {
    await execute(
      url,
      `create table work (id bigint primary key, state int not null, payload text not null) with (fillfactor = 70);
       insert into work select n, 0, 'payload ' || n from generate_series(1, ${Math.ceil(rowsToClaimPerSecond * seconds)}) n;
       create index on work (id) where state = 0;
       vacuum analyze work`,
    );
    const text = `update work set state = 1 where id = any(array(
      select id from work where state = 0 order by id limit ${rowsPerClaim} for update skip locked)) returning id, payload`;
    return await withClients(url, claimConnections, async (clients) =>
      rate(clients, seconds, async (client) => (await client.query({ name: 'claim', text })).rows.length),
    );
  },
};

/** What a POST costs before anybody does anything with it. */
const bareHttp: Probe = {
  name: 'bare HTTP POST',
  unit: 'requests/s',
  measure: async ({ seconds }) => {
    await using server = await startTrivialServer(httpConnections);
    const slots = Array.from({ length: httpConnections }, () => server);
    return await rate(slots, seconds, async (slot) => {
      await slot.post('{"amount":1250,"currency":"USD"}');
      return 1;
    });
  },
};

/** How most systems pay: one transaction and one call to the provider per payout, one after the other. */
const naiveLoop: Probe = {
  name: 'naive loop',
  unit: 'payouts/s',
  measure: async ({ url, seconds }) => {
    await execute(
      url,
      `create table payout (id bigint generated always as identity primary key, payee text not null, amount bigint not null, key text not null unique);
       create table balance (account text primary key, amount bigint not null);
       create table entry (id bigint generated always as identity primary key, payout_id bigint not null references payout, account text not null, amount bigint not null);
       insert into balance values ('float', 1000000000000)`,
    );
    await using server = await startTrivialServer(1);
    let next = 0;
    return await withClients(url, 1, async (clients) =>
      rate(clients, seconds, async (client) => {
        next += 1;
        await payOne(client, server, next);
        return 1;
      }),
    );
  },
};

async function payOne(client: pg.Client, server: TrivialServer, n: number): Promise<void> {
  const [payee, amount] = [`payee-${n}`, 1250];
  await client.query('begin');
  const insert = 'insert into payout (payee, amount, key) values ($1, $2, $3) returning id';
  const { rows } = await client.query<{ id: string }>(insert, [payee, amount, `key-${n}`]);
  const id = rows[0]?.id;
  await client.query("select amount from balance where account = 'float' for update");
  await client.query("update balance set amount = amount - $1 where account = 'float'", [amount]);
  const entry = 'insert into entry (payout_id, account, amount) values ($1, $2, $3)';
  await client.query(entry, [id, 'float', -amount]);
  await client.query(entry, [id, payee, amount]);
  await client.query('commit');
  await server.post(JSON.stringify({ payee, amount, currency: 'USD' }));
}

async function execute(url: string, statements: string): Promise<void> {
  await withClients(url, 1, async ([client]) => {
    // One by one: VACUUM does not run among others.
    for (const statement of statements.split(';')) await client?.query(statement);
  });
}

/** Every base probe, in the order of the report. */
export const probes: readonly Probe[] = [tpcb, unnestInsert, bareClaim, bareHttp, naiveLoop];

export interface ProbeResult {
  readonly name: string;
  readonly ratePerSecond: number;
}

/** Measures one probe in an empty database. */
export async function measureProbe(probe: Probe, load: Load): Promise<ProbeResult> {
  return { name: probe.name, ratePerSecond: await probe.measure(load) };
}
