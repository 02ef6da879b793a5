import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';
import { momentIn, operatorMoment } from '../../src/core/when.ts';
import { differences, sell } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ limits: { posts: 1_000_000, requests: 1_000_000, signIns: 1_000_000 } });
});
afterAll(() => house.close());

const hourMs = 60 * 60_000;
const admin = async (method: string, path: string, body?: unknown) =>
  house.ask(method, `/api/admin${path}`, body);
const see = async (id: string) => (await admin('GET', `/payouts/${id}`)).body;
const paypal = (name: string, use = 'default') => ({
  type: 'paypal',
  destination: `${name}@example.com`,
  use,
});

/** What the engine paid to, in order. */
async function paidTo(): Promise<string[]> {
  const paid: string[] = [];
  await settle(house, (destination) => {
    paid.push(destination);
    return 'completed';
  });
  return paid;
}

/** An organizer with 54.00 USD, signed in, whose method is `{name}@example.com`. */
async function organizer(name: string) {
  await sell(house, name, 6);
  return (await signIn(house, name)).ask;
}

/** Their request, approved; its id. */
async function approvedOf(ask: Awaited<ReturnType<typeof organizer>>): Promise<string> {
  const id = String((await ask('POST', '/request-payout', {})).body['id']);
  await approve(id);
  return id;
}

async function approve(id: string): Promise<void> {
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
}

describe('the first method of a payee', () => {
  it('is theirs at once and usable at once; what is typed wrong is refused with the field', async () => {
    await sell(house, 'first', 6, { payee: { name: 'First', email: 'first@example.com' } });
    const { ask } = await signIn(house, 'first');
    expect(
      await ask('POST', '/payout-methods', { type: 'bank', accountHolder: 'F', iban: 'DE00' }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'iban', message: expect.stringContaining('check digits') }] },
    });
    const added = await ask('POST', '/payout-methods', {
      type: 'moncash',
      destination: '3700 1234',
      use: 'none',
    });
    expect(added).toMatchObject({
      status: 201,
      body: { isDefault: true, status: 'ready', usableFrom: null, destination: '+5***34' },
    });
    const reveal = await admin('POST', '/payees/first/reveal-method');
    expect(reveal.body).toMatchObject({ type: 'moncash', destination: '+50937001234' });
  });
});

describe('a method that a payee changes', () => {
  it('serves 72 hours, in which what was approved is on hold until then, and nothing goes to it', async () => {
    const ask = await organizer('waits');
    const id = await approvedOf(ask);
    const usableFrom = new Date(house.clock.ms + 72 * hourMs).toISOString();
    const added = await ask('POST', '/payout-methods', paypal('waits-new'));
    expect(added.body).toMatchObject({ isDefault: true, status: 'cooling_off', usableFrom });
    expect(await see(id)).toMatchObject({
      status: 'pending_approval',
      nextStep: expect.stringContaining(operatorMoment(house.deps.calendar.zone, new Date(usableFrom))),
    });
    await approve(id);
    expect(await see(id)).toMatchObject({
      label: `On hold until ${operatorMoment(house.deps.calendar.zone, new Date(usableFrom))}: the payout method changed`,
      nextStep: expect.stringContaining('Nobody placed this hold, so nobody releases it'),
      waitingOn: 'clock',
      approval: { hold: { until: usableFrom } },
    });
    expect((await ask('GET', `/payouts/${id}`)).body).toMatchObject({
      label: `On hold until ${momentIn({ language: 'en', zone: house.deps.calendar.zone }, new Date(usableFrom))}`,
    });
    const early = await admin('POST', '/payout-batches/process-approved', {});
    expect(early).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
    const byHand = { payoutId: id, paymentReferenceId: 'R1' };
    expect((await admin('POST', '/payouts/mark-paid', byHand)).body).toMatchObject({
      code: 'payout_on_hold',
      until: usableFrom,
    });
    house.clock.ms += 72 * hourMs;
    expect(await see(id)).toMatchObject({ label: 'Approved' });
    expect((await admin('POST', '/payout-batches/process-approved', {})).status).toBe(202);
    expect(await paidTo()).toEqual(['waits-new@example.com']);
  });

  it('leaves the earlier one in reserve, and going back to it needs no new wait', async () => {
    const ask = await organizer('back');
    await ask('POST', '/payout-methods', paypal('back-new'));
    const { data } = (await ask('GET', '/payout-methods')).body;
    expect(data).toMatchObject([
      { destination: 'b***@example.com', isDefault: true, status: 'cooling_off' },
      { isBackup: true, status: 'ready' },
    ]);
    const chosen = await ask('POST', `/payout-methods/${String(data[1]?.['id'])}/default`);
    expect(chosen.body).toMatchObject({ isDefault: true, status: 'ready' });
    await approvedOf(ask);
    await admin('POST', '/payout-batches/process-approved', {});
    expect(await paidTo()).toEqual(['back@example.com']);
  });

  it('added early as a backup serves its time there, and then becomes the default without a new one', async () => {
    const ask = await organizer('early');
    const { body } = await ask('POST', '/payout-methods', paypal('early-new', 'backup'));
    expect(body).toMatchObject({ isDefault: false, isBackup: true, status: 'cooling_off' });
    house.clock.ms += 72 * hourMs;
    const ready = await signIn(house, 'early');
    const chosen = await ready.ask('POST', `/payout-methods/${String(body['id'])}/default`);
    expect(chosen.body).toMatchObject({ isDefault: true, status: 'ready' });
    expect((await admin('GET', '/payees/early/payout-methods')).body.data).toMatchObject([
      { isDefault: true },
      { isBackup: true },
    ]);
  });

  it('is taken out of use and not deleted, comes back with a new wait, and is never another payee’s to touch', async () => {
    const ask = await organizer('out');
    const { body } = await ask('POST', '/payout-methods', paypal('out-new', 'backup'));
    const path = `/payout-methods/${String(body['id'])}`;
    const { ask: other } = await signIn(house, 'early');
    for (const [method, at] of [
      ['DELETE', path],
      ['POST', `${path}/default`],
      ['POST', `${path}/backup`],
    ] as const)
      expect(await other(method, at)).toMatchObject({ status: 404, body: { code: 'method_not_found' } });
    expect((await ask('DELETE', path)).status).toBe(204);
    house.clock.ms += 100 * hourMs;
    const { ask: again } = await signIn(house, 'out');
    const back = await again('POST', '/payout-methods', paypal('out-new', 'none'));
    expect(back.body).toMatchObject({ id: body['id'], status: 'cooling_off', isBackup: false });
    const used = (await again('GET', '/payout-methods')).body.data[0]?.['id'];
    expect(await again('DELETE', `/payout-methods/${String(used)}`)).toMatchObject({
      status: 409,
      body: { code: 'method_is_default' },
    });
  });
});

describe('a method that the team changes', () => {
  it('waits like the payee’s own, as long as the setting says', async () => {
    await sell(house, 'team', 6);
    await admin('PATCH', '/settings', { methodCoolOffHours: 24 });
    const until = new Date(house.clock.ms + 24 * hourMs).toISOString();
    expect((await admin('POST', '/payees/team/payout-methods', paypal('team-new'))).body).toMatchObject({
      usableFrom: until,
    });
    await admin('PATCH', '/settings', { methodCoolOffHours: 0 });
    const path = '/payees/team/payout-methods';
    expect((await admin('POST', path, paypal('team-other'))).body).toMatchObject({ status: 'ready' });
    await admin('PATCH', '/settings', { methodCoolOffHours: 72 });
  });
});

describe('a run', () => {
  it('leaves out who is on hold or cooling off, says why and until when, and takes them when the clock has freed them', async () => {
    await seed(
      house,
      'run',
      [1, 2, 3].map((number) => winner('run', number)),
    );
    await admin('POST', '/payees/run-user1/payout-methods', paypal('run-new'));
    const until = new Date(house.clock.ms + 10 * hourMs).toISOString();
    const held = await admin('POST', '/payees/run-user2/hold', { reason: 'asks who they are', until });
    expect(held.body).toMatchObject({ hold: { reason: 'asks who they are', until } });
    const { body } = await admin('POST', '/payout-batches/preview', { cycleId: 'run' });
    expect(body['eligibleCount']).toBe(1);
    expect(body['notEligible']).toMatchObject([
      {
        reason: 'method_cooling_off',
        count: 1,
        freesAt: new Date(house.clock.ms + 72 * hourMs).toISOString(),
      },
      { reason: 'payee_on_hold', count: 1, freesAt: until },
    ]);
    await start(house, 'run');
    expect(await paidTo()).toEqual(['user3@example.com']);
    house.clock.ms += 72 * hourMs;
    await start(house, 'run');
    expect((await paidTo()).toSorted()).toEqual(['run-new@example.com', 'user2@example.com']);
    expect(await differences(house)).toEqual([]);
  });

  it('pays an address that a file changed at once, and its preview counts it as changed', async () => {
    await seed(house, 'one', [winner('one', 1, { payeeExternalId: 'moves' })]);
    await start(house, 'one');
    await settle(house);
    const payee = { name: 'M', payoutMethod: { type: 'paypal', destination: 'moved@example.com' } };
    await seed(house, 'two', [winner('two', 1, { payeeExternalId: 'moves', payee })]);
    const { body } = await admin('POST', '/payout-batches/preview', { cycleId: 'two', details: true });
    expect(body).toMatchObject({ eligibleCount: 1, changedMethods: 1, sharedAccounts: 0 });
    await start(house, 'two');
    expect(await paidTo()).toEqual(['moved@example.com']);
  });

  it('is told before a file is paid whose addresses are not those on record', async () => {
    const row = (externalId: string, destination: string) => ({
      externalId,
      payoutMethod: { type: 'paypal', destination },
    });
    const payees = [
      row('moves', 'MOVED@example.com'),
      row('run-user3', 'x@example.com'),
      row('nobody', 'y@example.com'),
    ];
    const { body } = await admin('POST', '/payees/compare-methods', { payees });
    expect(body).toEqual({ known: 1, changed: 1, added: 1 });
  });

  it('shows accounts that several payees share, to the team and to no payee', async () => {
    const same = {
      name: 'S',
      email: 'own@example.com',
      payoutMethod: { type: 'paypal', destination: 'Same@example.com' },
    };
    await seed(house, 'shared', [winner('shared', 1, { payee: same })]);
    const ask = await organizer('sharer');
    await ask('POST', '/payout-methods', { type: 'paypal', destination: 'same@example.com' });
    const { body } = await admin('POST', '/payout-batches/preview', { cycleId: 'shared', details: true });
    expect(body).toMatchObject({ sharedAccounts: 1 });
    const alerts = (await admin('GET', '/alerts')).body.data.filter(
      ({ kind, message }) => kind === 'shared_account' && String(message).includes('S***@'),
    );
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.['message']).toMatch(/^For information: 2 payees .* py_\w+, py_\w+/);
    const id = await approvedOf(ask);
    expect(await see(id)).toMatchObject({
      approval: {
        warnings: [
          '1 other payee is paid to the same account.',
          'Nothing has arrived at this payout method before.',
        ],
      },
    });
    expect((await admin('GET', '/payees/sharer/payout-methods')).body.data[0]).toMatchObject({
      sharedAccount: true,
    });
    expect((await ask('GET', '/payout-methods')).text).not.toContain('shared');
  });
});

describe('a hold', () => {
  it('of a payee keeps an approved payout back and says why, until somebody releases it', async () => {
    const ask = await organizer('kept');
    const id = await approvedOf(ask);
    await admin('POST', '/payees/kept/hold', { reason: 'court order 7' });
    expect(await see(id)).toMatchObject({ label: 'On hold: court order 7', waitingOn: 'you' });
    const own = await ask('GET', `/payouts/${id}`);
    expect(own.body).toMatchObject({ label: 'On hold', waitingOn: 'platform' });
    expect(own.text).not.toContain('court');
    expect((await admin('POST', '/payees/kept/release')).body).toMatchObject({ hold: null });
    expect(await admin('POST', '/payees/kept/release')).toMatchObject({
      body: { code: 'payee_not_on_hold' },
    });
    expect(await see(id)).toMatchObject({ label: 'Approved' });
  });

  it('of a payout that is over by the clock is no hold any more', async () => {
    const id = await approvedOf(await organizer('over'));
    const until = new Date(house.clock.ms + hourMs).toISOString();
    await admin('POST', '/payouts/hold', { payoutIds: [id], reason: 'one hour', until });
    expect(await see(id)).toMatchObject({
      label: `On hold until ${operatorMoment(house.deps.calendar.zone, new Date(until))}: one hour`,
    });
    house.clock.ms += hourMs;
    expect(await see(id)).toMatchObject({ label: 'Approved', approval: { hold: null } });
  });
});
