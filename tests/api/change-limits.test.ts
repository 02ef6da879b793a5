import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';
import { sell } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ limits: { signIns: 1_000_000 } });
});
afterAll(() => house.close());

const dayMs = 24 * 60 * 60_000;
const paypal = (destination: string, use = 'default') => ({ type: 'paypal', destination, use });
const add = '/payout-methods';

/** Mails about changes: whom they went to, what about, and their text. */
async function told() {
  const { data } = (await house.ask('GET', '/api/admin/outbox?limit=500')).body;
  const mails = [];
  for (const { id, kind } of data) {
    if (kind !== 'method_changed') continue;
    const { body } = await house.ask('GET', `/api/admin/outbox/${String(id)}`);
    mails.push({
      to: String(body['to']),
      subject: String(body['subject']),
      text: String(body['text']),
      html: String(body['html']),
    });
  }
  return mails;
}

/** How many mails about changes there are. */
async function count(): Promise<number> {
  const { data } = (await house.ask('GET', '/api/admin/outbox?limit=500')).body;
  return data.filter(({ kind }) => kind === 'method_changed').length;
}

describe('a payee who changes how they are paid', () => {
  it('is heard ten times a day, and is told when again; the platform is not counted', async () => {
    await sell(house, 'busy', 1);
    const { ask } = await signIn(house, 'busy');
    for (let times = 0; times < 10; times += 1) {
      const added = await ask('POST', add, paypal(`busy-${times}@stranger.example`, 'none'));
      expect(added.status).toBe(201);
      expect((await ask('DELETE', `${add}/${String(added.body['id'])}`)).status).toBe(204);
    }
    const before = await count();
    const refused = await ask('POST', add, paypal('busy-11@stranger.example', 'none'));
    expect(refused.body).toMatchObject({
      status: 429,
      code: 'too_many_changes',
      until: '2026-11-21T00:00:00.000Z',
    });
    expect(refused.headers.get('retry-after')).toBe(String(12 * 60 * 60));
    expect(await count()).toBe(before);
    const path = '/api/admin/payees/busy/payout-methods';
    const byTeam = await house.ask('POST', path, paypal('busy-12@stranger.example'));
    expect(byTeam.status).toBe(201);
    const { data } = (await ask('GET', add)).body;
    const backup = data.find(({ isBackup }) => isBackup);
    const other = `${add}/${String(backup?.['id'])}/default`;
    expect((await ask('POST', other)).body).toMatchObject({ code: 'too_many_changes' });
    house.clock.ms += dayMs;
    const { ask: again } = await signIn(house, 'busy');
    expect((await again('POST', other)).status).toBe(200);
  });

  it('reaches a stranger five times a day, whoever names them; the address on record hears of each', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const before = await count();
    for (const name of names) {
      await sell(house, name, 1);
      const { ask } = await signIn(house, name);
      expect((await ask('POST', add, paypal('Victim@stranger.example'))).status).toBe(201);
    }
    const mails = (await told()).slice(0, -before || undefined).map(({ to }) => to.toLowerCase());
    expect(mails.filter((to) => to === 'victim@stranger.example')).toHaveLength(5);
    for (const name of names) expect(mails.filter((to) => to === `${name}@example.com`)).toHaveLength(1);
    const { data } = (await house.ask('GET', '/api/admin/audit-events?event=payee.told_of_change')).body;
    expect(data[0]).toMatchObject({ after: { mails: 1, leftOut: 1 } });
  });

  it('cannot spend what tells another payee that the address on record, or the mailbox they are paid at, was left', async () => {
    await sell(house, 'owner', 1);
    await sell(house, 'mailbox', 1);
    expect((await house.ask('PATCH', '/api/admin/payees/mailbox', { email: null })).status).toBe(200);
    await sell(house, 'spender', 1);
    const { ask } = await signIn(house, 'spender');
    for (const name of ['owner', 'mailbox'])
      for (let times = 0; times < 5; times += 1) {
        const added = await ask('POST', add, paypal(`${name}@example.com`, 'none'));
        expect((await ask('DELETE', `${add}/${String(added.body['id'])}`)).status).toBe(204);
      }
    for (const name of ['owner', 'mailbox']) {
      const before = await count();
      const email = `${name}-thief@example.net`;
      expect((await house.ask('PATCH', `/api/admin/payees/${name}`, { email })).status).toBe(200);
      const mails = (await told()).slice(0, -before || undefined);
      const hello = Object.fromEntries(mails.map(({ to, text }) => [to, text.split('\n')[0]]));
      // Nobody knows of a new address, or of one that was never on record, that the payee reads it.
      expect(hello).toEqual({
        [`${name}@example.com`]: name === 'owner' ? 'Hello owner,' : 'Hello,',
        [email]: 'Hello,',
      });
    }
  });

  it('keeps the name that the platform recorded, whatever it is, and takes no such name of their own', async () => {
    await sell(house, 'given', 1);
    const { ask } = await signIn(house, 'given');
    for (const name of ['Tickets.example', 'Long '.repeat(30).trim()]) {
      expect((await ask('PATCH', '/profile', { name })).body).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: 'name' }],
      });
      await house.ask('PATCH', '/api/admin/payees/given', { name });
      expect((await ask('PATCH', '/profile', { name, language: 'fr' })).body).toMatchObject({ name });
    }
  });

  it('puts no words of their own before strangers', async () => {
    await sell(house, 'poet', 1);
    const { ask } = await signIn(house, 'poet');
    for (const name of ['Unlock at https://evil.example/x', 'www.evil', 'See evil.example', 'x'.repeat(101)])
      expect((await ask('PATCH', '/profile', { name })).status).toBe(422);
    for (const name of ['J.R. Smith', 'Dr. Ana López', 'M.Durand', 'Jean-Marie St. Pierre', 'Locked Account'])
      expect((await ask('PATCH', '/profile', { name })).status).toBe(200);
    await ask('POST', add, paypal('reader@stranger.example'));
    const mails = await told();
    const stranger = mails.find(({ to }) => to === 'reader@stranger.example');
    expect(stranger?.text).toMatch(/^Hello,\n/);
    expect(`${stranger?.text}${stranger?.html}`).not.toContain('Locked Account');
    expect(mails.find(({ to }) => to === 'poet@example.com')?.text).toMatch(/^Hello Locked Account,\n/);
  });
});

describe('the mail about a method', () => {
  it.each([
    [
      'default',
      'Your payout method was changed',
      'Your payouts are set to go here: PayPal n***@example.net.',
    ],
    ['backup', 'A payout method was added', 'as a backup: PayPal n***@example.net. Nothing is paid to it'],
    ['none', 'A payout method was added', 'was added: PayPal n***@example.net. Nothing is paid to it'],
  ])('that becomes %s says what it is for', async (use, subject, words) => {
    await sell(house, `for-${use}`, 1);
    const { ask } = await signIn(house, `for-${use}`);
    await ask('POST', add, paypal(`new-${use}@example.net`, use));
    const mail = (await told()).find(({ to }) => to === `for-${use}@example.com`);
    expect(mail?.subject).toBe(subject);
    expect(mail?.text).toContain(words);
    expect(mail?.text.includes('before')).toBe(use === 'default');
    if (use !== 'default') expect(mail?.text).not.toContain('set to go here');
  });
});
