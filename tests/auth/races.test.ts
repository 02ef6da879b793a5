import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changePerson, createPerson } from '../../src/actions/people.ts';
import { People } from '../../src/auth/people.ts';
import { accountRule, signInKey } from '../../src/core/guesses.ts';
import type { Db } from '../../src/store/db.ts';
import { one, openPostgres } from '../../src/store/db.ts';
import { takeGuess } from '../../src/store/people-guesses.ts';
import type { House } from '../api/support.ts';
import { onBoth } from '../store/engines.ts';
import { createDatabase } from '../support/postgres.ts';
import { makeWorld, sha256 } from '../support/world.ts';
import { addPerson, Browser, goodPassword, signedIn, withSessions } from './browser.ts';

onBoth((engine) => {
  it('leaves one owner when two remove each other at the same moment', async () => {
    await using opened = await engine.open();
    const [a, b] = [await makeWorld({ db: opened.db }), await makeWorld({ db: opened.again() })];
    for (let round = 0; round < 5; round += 1) {
      const ids = await Promise.all(
        [`a${round}`, `b${round}`].map(async (name) => {
          const person = { email: `${name}@example.com`, name, role: 'owner' as const, passwordHash: 'x' };
          const made = await createPerson(a, person);
          return made.ok ? made.value.id : '';
        }),
      );
      await sql`update person set status = 'removed' where not (id = any(${ids}::text[]))`.execute(opened.db);
      const [first = '', second = ''] = ids;
      const done = await Promise.all([
        changePerson(a, first, { status: 'removed' }),
        changePerson(b, second, { role: 'viewer' }),
      ]);
      expect(done.filter((outcome) => outcome.ok)).toHaveLength(1);
      expect(done.find((outcome) => !outcome.ok)).toMatchObject({ code: 'last_owner' });
      expect(await owners(opened.db)).toBe(1);
    }
  });

  it('hears five guesses of two hundred that come at once from two servers', async () => {
    await using opened = await engine.open();
    const dbs = [opened.db, opened.again()];
    const key = signInKey(sha256, 'Ana@example.com');
    const now = new Date();
    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        takeGuess(dbs[index % 2] ?? opened.db, key, accountRule, now),
      ),
    );
    expect(taken.filter((one) => 'failures' in one)).toHaveLength(3);
    for (const wait of [2_000, 6_000]) {
      const later = new Date(now.getTime() + wait);
      const more = await Promise.all(dbs.map((db) => takeGuess(db, key, accountRule, later)));
      expect(more.filter((one) => 'failures' in one)).toHaveLength(1);
    }
    const locked = await takeGuess(opened.db, key, accountRule, new Date(now.getTime() + 14 * 60_000));
    expect(locked).toEqual({ waitUntil: new Date(now.getTime() + 6_000 + 15 * 60_000) });
  });
});

it('locks on every server what was guessed at one, and knows its sessions there', async () => {
  await using database = await createDatabase();
  const here = await withSessions({ db: openPostgres(database.url) });
  const there = await withSessions(elsewhere(here, openPostgres(database.url)));
  await addPerson(here, 'ana@example.com');
  const inside = await signedIn(here, 'ana@example.com');
  for (let tries = 0; tries < 5; tries += 1) {
    await new Browser(here.url).signIn('ana@example.com', 'wrong password of mine');
    here.clock.ms += 5_000;
  }
  there.clock.ms = here.clock.ms;
  const got = await new Browser(there.url).signIn('ana@example.com', goodPassword);
  expect(got).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
  const moved = new Browser(there.url);
  for (const [name, value] of inside.cookies) moved.cookies.set(name, value);
  expect((await moved.get('/api/me')).status).toBe(200);
  await inside.post('/api/auth/sign-out');
  expect((await moved.get('/api/me')).status).toBe(401);
  await Promise.all([here.close(), there.close()]);
});

/** What a second server has of its own; the secret is the same. */
function elsewhere(house: House, db: Db): Parameters<typeof withSessions>[0] {
  const newId = (prefix: string) => `${prefix}_${randomUUID()}`;
  const now = () => house.deps.now();
  const secret = 'trusted-token-of-the-command-line';
  return { db, newId, people: new People({ db, newId, now, secret, publicUrl: 'http://localhost:3000' }) };
}

async function owners(db: Db): Promise<number> {
  const row = await one(
    db,
    sql<{ n: number }>`select count(*)::int as n from person where role = 'owner' and status = 'active'`,
  );
  return row?.n ?? 0;
}
