import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all, one } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { onBoth } from './engines.ts';

onBoth((engine) => {
  it('brings an empty database up to date once', async () => {
    await using opened = await engine.open({ migrated: false });
    expect(await migrate(opened.db)).toContain('0001-init.sql');
    expect(await migrate(opened.db)).toEqual([]);
  });

  it('lets processes that start at once migrate once', async () => {
    await using opened = await engine.open({ migrated: false });
    const names = await Promise.all([opened.db, opened.again(), opened.again()].map((db) => migrate(db)));
    expect(names.filter((applied) => applied.length > 0)).toHaveLength(1);
  });

  it('refuses to go on when an applied migration was changed since', async () => {
    await using opened = await engine.open();
    await sql`update migration set hash = 'another' where name = '0001-init.sql'`.execute(opened.db);
    await expect(migrate(opened.db)).rejects.toThrow('0001-init.sql differs from the one that was applied');
  });

  it('refuses a database that a newer version has migrated', async () => {
    await using opened = await engine.open();
    await sql`insert into migration (name, hash) values ('9999-later.sql', 'x')`.execute(opened.db);
    await expect(migrate(opened.db)).rejects.toThrow('Run a newer Purser');
  });

  it('hands on every integer of 64 bits as the same bigint, alone, in arrays and in sums', async () => {
    await using opened = await engine.open({ migrated: false });
    const large = 9_223_372_036_854_775_807n;
    const row = await one(
      opened.db,
      sql<Record<string, unknown>>`select ${large}::bigint as one, 1::bigint as small, count(*) as counted,
        sum(x)::bigint as total, max(x) as most from unnest(${[large, -5n]}::bigint[]) x where x > 0`,
    );
    expect(row).toEqual({ one: large, small: 1n, counted: 1n, total: large, most: large });
  });

  it('says the same of times, flags and nothing', async () => {
    await using opened = await engine.open({ migrated: false });
    const at = new Date(Date.UTC(2026, 1, 28, 23, 59, 59, 123));
    const rows = await all(
      opened.db,
      sql`select ${at}::timestamptz as at, true as flag, null as nothing, 7::int as n`,
    );
    expect(rows).toEqual([{ at, flag: true, nothing: null, n: 7 }]);
  });
});
