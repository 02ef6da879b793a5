import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operatorMoment } from '../../src/core/when.ts';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// A payout failed, its payee has another method now, and that one cools off: the page of the payout, the dry run of its cycle
// and the portal say who moves next, when that changes and what then, each in its words, and never two different things.

const dayMs = 24 * 60 * 60 * 1000;
let house: House;
let id = '';
beforeAll(async () => {
  house = await openHouse();
  const payee = (name: string) => ({
    name,
    payoutMethod: { type: 'paypal', destination: `${name}@example.com` },
  });
  await seed(
    house,
    'may',
    ['dan', 'eve'].map((name, at) => winner('may', at, { payeeExternalId: name, payee: payee(name) })),
  );
  await start(house, 'may');
  await settle(house, () => 'failed');
  const { body } = await house.ask('GET', '/api/admin/payouts?payeeId=dan');
  id = String(body.data[0]?.['id']);
});
afterAll(() => house.close());

/** What the three places say, in one language. */
async function said(language: 'en' | 'fr') {
  const headers = { 'accept-language': language };
  const page = await house.ask('GET', `/api/admin/payouts/${id}`, undefined, { headers });
  const run = { cycleId: 'may', only: { sourceType: 'winner', references: ['may-sel0'] } };
  const dryRun = await house.ask('POST', '/api/admin/payout-batches/preview', run, { headers });
  const { cookie } = await signIn(house, 'dan');
  const own = await house.ask('GET', `/api/payee/payouts/${id}`, undefined, {
    key: null,
    headers: { ...headers, cookie },
  });
  expect([page.status, dryRun.status, own.status]).toEqual([200, 200, 200]);
  const [leftOut] = dryRun.body['notEligible'] as Record<string, unknown>[];
  return { page: page.body, leftOut, eligible: dryRun.body['eligibleCount'], own: own.body };
}

const change = (destination: string, type = 'paypal') =>
  house.ask('POST', '/api/admin/payees/dan/payout-methods', { type, destination, use: 'default' });

it('waits for the payee before they have done anything, wherever it is asked', async () => {
  const { page, own } = await said('en');
  expect([page['waitingOn'], own['waitingOn']]).toEqual(['payee', 'you']);
});

it('waits for the clock until the cool-off ends, in all three places and both languages', async () => {
  expect((await change('dan.new@example.com')).status).toBe(201);
  const until = new Date(house.clock.ms + 3 * dayMs);
  const then = {
    en: [
      /Then it is yours: retry it, or pay its cycle again/,
      /Then it is yours: pay this cycle again/,
      /Then it is the turn of the platform, which pays this again/,
    ],
    fr: [
      /Ensuite, c’est à vous : réessayez-le, ou payez de nouveau son cycle/,
      /Ensuite, c’est à vous : payez de nouveau ce cycle/,
      /Ensuite, c’est à la plateforme, qui paie de nouveau/,
    ],
  } as const;
  for (const language of ['en', 'fr'] as const) {
    const { page, leftOut, own } = await said(language);
    expect(leftOut).toMatchObject({ reason: 'method_cooling_off', freesAt: until.toISOString() });
    expect([page['waitingOn'], leftOut?.['waitingOn'], own['waitingOn']]).toEqual([
      'clock',
      'clock',
      'clock',
    ]);
    const words = [page['nextStep'], leftOut?.['fix'], own['nextStep']].map(String);
    const at = operatorMoment(house.deps.calendar.zone, until, language);
    for (const [place, text] of words.entries()) {
      // A payee reads the day of the week, too.
      expect(text).toContain(place === 2 ? String(until.getUTCDate()) : at);
      expect(text).toMatch(
        language === 'en' ? /[Uu]ntil .*it is the clock['’]s turn/ : /Jusqu’au .*il faut attendre/,
      );
      expect(text).toMatch(then[language][place] ?? /never/);
    }
    // Nobody is told that it goes by itself, as nothing sends it.
    expect(words.join(' ')).not.toMatch(/next run pays it|Nothing to do|Rien à faire/);
  }
});

it('is the turn of the team when the cool-off is over, and the dry run pays it then', async () => {
  house.clock.ms += 3 * dayMs;
  const { page, leftOut, eligible, own } = await said('en');
  expect([page['waitingOn'], leftOut, eligible, own['waitingOn']]).toEqual(['you', undefined, 1, 'platform']);
});

it('waits for the payee again when their new method is one that no run pays', async () => {
  expect((await change('Cash at the desk', 'manual')).status).toBe(201);
  house.clock.ms += 3 * dayMs;
  const { page, leftOut, own } = await said('en');
  expect([page['waitingOn'], leftOut?.['waitingOn'], own['waitingOn']]).toEqual(['payee', 'payee', 'you']);
  expect(own['fix']).toMatchObject({ kind: 'details' });
});

it('is said the same of a refusal of the method itself, which was the team’s to mend', async () => {
  const payee = { name: 'Fay', payoutMethod: { type: 'paypal', destination: 'fay@example.com' } };
  await seed(house, 'june', [winner('june', 0, { payeeExternalId: 'fay', payee })]);
  await start(house, 'june');
  await settle(house, () => 'failed');
  const [payout] = (await house.ask('GET', '/api/admin/payouts?payeeId=fay')).body.data;
  const fay = String(payout?.['id']);
  await sql`update payout set reason_code = 'compliance_blocked' where public_id = ${fay}`.execute(house.db);
  await house.ask('POST', '/api/admin/payees/fay/payout-methods', {
    type: 'paypal',
    destination: 'fay.new@example.com',
    use: 'default',
  });
  const page = await house.ask('GET', `/api/admin/payouts/${fay}`);
  const { cookie } = await signIn(house, 'fay');
  const own = await house.ask('GET', `/api/payee/payouts/${fay}`, undefined, {
    key: null,
    headers: { cookie },
  });
  expect([page.body['waitingOn'], own.body['waitingOn']]).toEqual(['clock', 'clock']);
  expect(own.body['label']).toBe('Delayed');
});
