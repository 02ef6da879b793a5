import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queueMail } from '../../src/actions/mail.ts';
import { runOnce } from '../../src/engine/mail.ts';
import { runRound } from '../../src/engine/service.ts';
import { createMailer } from '../../src/notify/smtp.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { all, openPostgres, transaction } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import type { SmtpServer } from '../support/smtp-server.ts';
import { startSmtp } from '../support/smtp-server.ts';
import type { World } from '../support/world.ts';
import { makeWorld } from '../support/world.ts';

const minuteMs = 60_000;
const link = 'https://pay.example.com/portal/sign-in?token=secret';
let smtp: SmtpServer;
let world: World;
let on: World & { mailer: ReturnType<typeof createMailer> };

const mailerFor = (url: string) => createMailer({ url, from: 'Purser <payouts@pay.example.com>' });

beforeEach(async () => {
  smtp = await startSmtp();
  world = await makeWorld();
  on = { ...world, mailer: mailerFor(smtp.url) };
});
afterEach(async () => {
  await world.close();
  await smtp[Symbol.asyncDispose]();
});

async function queue(to: string, expiresInMs: number | null = 15 * minuteMs, ctx: World = world) {
  const expiresAt = expiresInMs === null ? null : new Date(ctx.now().getTime() + expiresInMs);
  const mail = {
    to,
    kind: 'portal_link',
    subject: 'Zoë’s link',
    text: link,
    html: `<p>${link}</p>`,
    expiresAt,
  };
  return transaction(ctx.db, (tx) => queueMail(tx, ctx, mail));
}

async function rows(db: Db = world.db) {
  return all(
    db,
    sql<{ state: string; body: string | null; tries: number; error: string | null }>`select case
        when sent_at is not null then 'sent' when given_up_at is not null then 'given up' else 'waiting' end as state,
      body_text as body, tries, last_error as error from mail order by id`,
  );
}
const alerts = async () =>
  (await openAlertsList(world.db, 10)).map((alert) => `${alert.kind} ${alert.subject}`);

describe('sending', () => {
  it('hands a mail to the server as it is, and erases its body', async () => {
    const id = await queue('ana@example.com');
    expect(await runRound(on, { batchId: null })).toBe(1);
    expect(smtp.received).toMatchObject([{ from: 'payouts@pay.example.com', to: ['ana@example.com'] }]);
    expect(smtp.received[0]?.data).toContain(`Message-ID: <${id}@pay.example.com>`);
    expect(smtp.received[0]?.data).toContain(link);
    expect(await rows()).toEqual([{ state: 'sent', body: null, tries: 1, error: null }]);
    expect(await runOnce(on)).toBe(0);
    expect(smtp.received).toHaveLength(1);
  });

  it('logs ids, never an address or a link', async () => {
    await queue('ana@example.com');
    smtp.judge = () => '451 try later ana@example.com';
    await runOnce(on);
    smtp.judge = () => undefined;
    world.advance(minuteMs);
    await runOnce(on);
    expect(world.logged.map(({ event }) => event)).toEqual(['mail_failed', 'mail_sent']);
    expect(JSON.stringify(world.logged)).not.toMatch(/ana@|token/);
    expect(JSON.stringify(await rows())).not.toContain('ana@');
  });

  it('leaves mails in the outbox without a mail server', async () => {
    await queue('ana@example.com');
    expect(await runOnce(world)).toBe(0);
    expect(await rows()).toEqual([{ state: 'waiting', body: link, tries: 0, error: null }]);
    expect(await alerts()).toEqual([]);
  });

  it('is undone with the deed it tells of', async () => {
    const failing = transaction(world.db, async (tx) => {
      const words = { subject: 's', text: 't', html: 'h', expiresAt: null };
      await queueMail(tx, world, { ...words, to: 'ana@example.com', kind: 'test' });
      throw new Error('the deed failed');
    });
    await expect(failing).rejects.toThrow('the deed failed');
    expect(await rows()).toEqual([]);
  });

  it.each([
    'ana@example.com, bo@example.com',
    'ana@example.com\r\nBcc: bo@example.com',
    'Ana <a@b.c>',
    'ana',
    '',
  ])('never takes %j as one address', async (to) => {
    await expect(queue(to)).rejects.toThrow(RangeError);
  });
});

describe('a mail that is not taken', () => {
  it('is tried again later and later, then given up with an alert', async () => {
    await queue('ana@example.com', null);
    smtp.judge = () => '450 mailbox busy';
    const waited: number[] = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      expect(await runOnce(on)).toBe(0);
      expect(await runOnce(on)).toBe(0);
      const [row] = await rows();
      expect(row).toMatchObject({ tries, state: tries < 6 ? 'waiting' : 'given up' });
      const [next] = await all(world.db, sql<{ at: Date }>`select next_try_at as at from mail`);
      const wait = (next?.at.getTime() ?? 0) - world.now().getTime();
      waited.push(wait / minuteMs);
      world.advance(wait);
    }
    expect(waited.slice(0, 5)).toEqual([1, 2, 10, 60, 240]);
    expect(await alerts()).toEqual([expect.stringMatching(/^mail_refused ml_/)]);
    expect((await rows())[0]).toMatchObject({ body: link, error: expect.stringContaining('450') });
  });

  it('for good is not tried again, and others go on', async () => {
    await queue('gone@example.com');
    await queue('ana@example.com');
    smtp.judge = (step, text) =>
      step === 'address' && text.startsWith('gone') ? '550 no such user' : undefined;
    expect(await runOnce(on)).toBe(1);
    expect((await rows()).map(({ state, tries }) => `${state} ${tries}`)).toEqual(['given up 1', 'sent 1']);
    expect(await alerts()).toEqual([expect.stringMatching(/^mail_refused ml_/)]);
    world.advance(minuteMs);
    expect(await runOnce(on)).toBe(0);
  });

  it('because the server is away keeps nobody knocking for a minute', async () => {
    for (let index = 0; index < 15; index += 1) await queue(`user${index}@example.com`);
    await smtp[Symbol.asyncDispose]();
    expect(await runOnce(on)).toBe(0);
    expect((await rows()).map(({ tries }) => tries).filter((tries) => tries === 1)).toHaveLength(10);
    expect(await runOnce(on)).toBe(0);
    expect((await rows()).filter(({ tries }) => tries === 0)).toHaveLength(5);
    smtp = await startSmtp();
    const back = { ...on, mailer: mailerFor(smtp.url) };
    world.advance(minuteMs);
    expect((await runOnce(back)) + (await runOnce(back))).toBe(15);
    expect(new Set(smtp.received.map((mail) => mail.to[0])).size).toBe(15);
  });

  it('in time is an alert, which closes with the next one that leaves', async () => {
    await queue('ana@example.com');
    smtp.judge = () => 'hang up';
    await runOnce(on);
    world.advance(15 * minuteMs);
    expect(await runOnce(on)).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'given up', body: null }]);
    expect(await alerts()).toEqual(['mail_not_sent smtp']);
    smtp.judge = () => undefined;
    await queue('bo@example.com');
    expect(await runOnce(on)).toBe(1);
    expect(await alerts()).toEqual([]);
    expect(smtp.received.map((mail) => mail.to[0])).toEqual(['bo@example.com']);
  });

  it('whose answer was lost goes out again: at least once, under the same Message-ID', async () => {
    const id = await queue('ana@example.com');
    smtp.judge = (step) => (step === 'mail' ? 'lose the answer' : undefined);
    await runOnce(on);
    smtp.judge = () => undefined;
    world.advance(2 * minuteMs);
    expect(await runOnce(on)).toBe(1);
    expect(smtp.received).toHaveLength(2);
    for (const mail of smtp.received) expect(mail.data).toContain(`<${id}@`);
  });
});

describe('a body', () => {
  it('is erased when it expires, sent or not, with a mail server or without', async () => {
    await queue('ana@example.com');
    await queue('keep@example.com', null);
    world.advance(15 * minuteMs);
    expect(await runOnce(world)).toBe(1);
    expect(await rows()).toMatchObject([
      { state: 'given up', body: null },
      { state: 'waiting', body: link },
    ]);
    expect(await alerts()).toEqual([]);
  });

  it('of a sent mail cannot be kept by mistake', async () => {
    await queue('ana@example.com');
    const kept = sql`update mail set sent_at = now()`.execute(world.db);
    await expect(kept).rejects.toThrow(/check/);
  });
});

describe('workers side by side on PostgreSQL', () => {
  it('send each mail once', async () => {
    await using database = await createDatabase(migratedTemplate);
    const first = openPostgres(database.url);
    const dbs = [first, openPostgres(database.url), openPostgres(database.url)];
    const workers = await Promise.all(dbs.map((db) => makeWorld({ db })));
    const [origin = world] = workers;
    for (let index = 0; index < 30; index += 1) await queue(`user${index}@example.com`, null, origin);
    const sent = await Promise.all(
      workers.map(async (worker) => {
        let count = 0;
        for (let round = 0; round < 5; round += 1) count += await runOnce({ ...worker, mailer: on.mailer });
        return count;
      }),
    );
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(smtp.received).toHaveLength(30);
    expect((await rows(first)).every((row) => row.state === 'sent' && row.tries === 1)).toBe(true);
    for (const db of dbs) await db.destroy();
  });
});
