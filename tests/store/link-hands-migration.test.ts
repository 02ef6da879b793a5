import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { useLink } from '../../src/store/portal-links.ts';
import { useSession } from '../../src/store/portal-sessions.ts';
import { onBoth } from './engines.ts';

onBoth((engine) => {
  it('takes links and sessions from before it, which nobody else holds, and only hands that it knows', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await sql`drop table portal_link_hand`.execute(db);
    await sql`delete from migration where name = '0032-link-hands.sql'`.execute(db);
    await sql`insert into payee (public_id, external_id, name, created_at, updated_at)
      values ('py_1', 'u1', 'Ana', now(), now())`.execute(db);
    await sql`insert into portal_link (payee_id, kind, token_hash, created_at, expires_at)
      select id, 'made', token, now(), now() + interval '10 minutes' from payee, unnest(array['used', 'open']) token`.execute(
      db,
    );
    await sql`insert into portal_session (public_id, payee_id, link_id, token_hash, created_at, last_seen_at, expires_at)
      select 'ps_1', payee_id, id, 's1', now(), now(), now() + interval '1 day' from portal_link where token_hash = 'used'`.execute(
      db,
    );
    expect(await migrate(db)).toEqual(['0032-link-hands.sql']);
    expect(await useSession(db, 's1', new Date())).toMatchObject({ publicId: 'ps_1', through: [] });
    expect(await useLink(db, 'open', new Date())).toMatchObject({ payeePublicId: 'py_1', through: [] });
    const hand = (kind: string, how: string) =>
      sql`insert into portal_link_hand (link_id, kind, id, name, how)
        select id, ${kind}, 'pe_1', 'Olga', ${how} from portal_link where token_hash = 'open'`.execute(db);
    await expect(hand('payee', 'made')).rejects.toThrow(/check/);
    await expect(hand('person', 'guessed')).rejects.toThrow(/check/);
    await hand('person', 'made');
    await expect(hand('person', 'read')).rejects.toThrow(/unique/);
  });
});
