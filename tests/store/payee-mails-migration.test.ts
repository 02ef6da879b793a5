import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { queueMail } from '../../src/actions/mail.ts';
import { tellPayees } from '../../src/actions/payee-mails.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import { all, transaction } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { payOk } from '../engine/harness.ts';
import { makeWorld, winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

onBoth((engine) => {
  it('takes an outbox that has mails, and lets nobody tell one occasion twice, also at once', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    await payOk(world);
    await sql`alter table mail drop column once_key`.execute(db);
    const words = { kind: 'portal_link', subject: 'Link', text: 'link', html: 'link', expiresAt: null };
    for (const to of ['a@example.com', 'b@example.com'])
      await sql`insert into mail (public_id, kind, address, subject, body_text, body_html, created_at, next_try_at)
        values (${world.newId('ml')}, ${words.kind}, ${to}, 'Link', 'link', 'link', now(), now())`.execute(
        db,
      );
    await sql`delete from migration where name = '0018-payee-mails.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0018-payee-mails.sql']);
    await transaction(db, (tx) => queueMail(tx, world, { ...words, to: 'a@example.com' }));
    await changeSettings(world, { payeeMails: ['failed'] });
    const payouts = await all(db, sql<{ id: bigint }>`select id from payout order by id`);
    const news = payouts.map(({ id }) => ({
      payoutId: id,
      from: 'sending' as const,
      to: 'failed' as const,
      occasion: 'a1',
      reasonCode: 'receiver_locked',
    }));
    const tell = async (n: number) => {
      const other = await makeWorld({ db: opened.again(), clock: world.clock, worker: `w${n}` });
      await transaction(other.db, (tx) => tellPayees(tx, other, n % 2 ? news : news.toReversed()));
    };
    await Promise.all([1, 2, 3, 4].map((n) => tell(n)));
    const rows = await all(
      db,
      sql<{ kind: string; n: number }>`select kind, count(*)::int as n from mail group by kind order by kind`,
    );
    expect(rows).toEqual([
      { kind: 'payout_failed', n: payouts.length },
      { kind: 'portal_link', n: 3 },
    ]);
  });
});
