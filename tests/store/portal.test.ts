import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { onBoth } from './engines.ts';

const insertPayee = sql`insert into payee (public_id, external_id, name, email, created_at, updated_at)
  values ('py_1', 'u1', 'Ana', 'Ana@example.com', now(), now())`;
const link = (values: string) =>
  sql.raw(`insert into portal_link (payee_id, kind, token_hash, for_email, created_at, expires_at)
    select id, ${values} from payee`);
const session = (token: string, id: string) =>
  sql.raw(`insert into portal_session (public_id, payee_id, link_id, token_hash, created_at, last_seen_at, expires_at)
    select '${id}', payee_id, id, '${token}', now(), now(), now() + interval '1 day' from portal_link limit 1`);
const soon = `now(), now() + interval '10 minutes'`;

onBoth((engine) => {
  it('refuses a second session of a link, a token kept twice, and a mailed link without its address', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await insertPayee.execute(db);
    await link(`'made', 'h1', null, ${soon}`).execute(db);
    await expect(link(`'made', 'h1', null, ${soon}`).execute(db)).rejects.toThrow(/unique/);
    await expect(link(`'mail', 'h2', null, ${soon}`).execute(db)).rejects.toThrow(/check/);
    await expect(link(`'other', 'h3', null, ${soon}`).execute(db)).rejects.toThrow(/check/);
    await expect(link(`'made', 'h4', null, now(), now()`).execute(db)).rejects.toThrow(/check/);
    await session('s1', 'ps_1').execute(db);
    await expect(session('s2', 'ps_2').execute(db)).rejects.toThrow(/unique/);
  });

  it('finds payees by address through an index, whatever the capitals', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await sql`insert into payee (public_id, external_id, name, email, created_at, updated_at)
      select 'py_' || n, 'u' || n, '', 'User' || n || '@example.com', now(), now()
      from generate_series(1, 5000) n`.execute(db);
    await sql`analyze payee`.execute(db);
    const { rows } = await sql<Record<string, string>>`explain select id from payee
      where lower(email) = lower('USER77@example.com')`.execute(db);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('payee_by_email');
  });
});
