import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

onBoth((engine) => {
  it('lets payees who are there already choose a language and a time zone, and keeps out what is neither', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await stageOn(db, winners(2));
    await sql`alter table payee drop column language, drop column timezone`.execute(db);
    await sql`delete from migration where name = '0023-payee-preferences.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0023-payee-preferences.sql']);
    const chosen = () => all(db, sql`select language, timezone from payee order by id`);
    expect(await chosen()).toEqual([
      { language: null, timezone: null },
      { language: null, timezone: null },
    ]);
    await sql`update payee set language = 'ht', timezone = 'America/Port-au-Prince' where external_id = 'user0'`.execute(
      db,
    );
    expect(await chosen()).toContainEqual({ language: 'ht', timezone: 'America/Port-au-Prince' });
    await expect(sql`update payee set language = 'xx'`.execute(db)).rejects.toThrow(/check constraint/);
    await expect(sql`update payee set timezone = ''`.execute(db)).rejects.toThrow(/check constraint/);
  });
});
