import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, tokenOf } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';
import { sell } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ limits: { signIns: 1_000_000 } });
});
afterAll(() => house.close());

const admin = async (method: string, path: string, body?: unknown) =>
  house.ask(method, `/api/admin${path}`, body);
const press = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${house.url}/portal/not-me`, { method: 'POST', headers, body: new URLSearchParams({ token }) });

/** Mails about changes, newest first: whom they went to and the token of their link. */
async function told() {
  const { data } = (await admin('GET', '/outbox?limit=500')).body;
  const mails = [];
  for (const { id, kind } of data) {
    if (kind !== 'method_changed') continue;
    const { body } = await admin('GET', `/outbox/${String(id)}`);
    mails.push({ to: body['to'], text: String(body['text']), token: tokenOf(body['text']) });
  }
  return mails;
}

/** A payee who is signed in, whose method somebody changed; the mails that told it. */
async function changed(name: string) {
  await sell(house, name, 6);
  const { ask } = await signIn(house, name);
  const known = (await told()).length;
  await ask('POST', '/payout-methods', { type: 'paypal', destination: `${name}-thief@example.net` });
  const mails = await told();
  return { ask, mails: mails.slice(0, mails.length - known) };
}

describe('a change of how a payee is paid', () => {
  it('is told to the old and the new contact, each with a link of their own', async () => {
    const { mails } = await changed('ana');
    expect(mails.map(({ to }) => String(to)).toSorted()).toEqual([
      'ana-thief@example.net',
      'ana@example.com',
    ]);
    expect(new Set(mails.map(({ token }) => token)).size).toBe(2);
    expect(mails[0]?.text).toContain('PayPal a***@example.net');
    expect(mails[0]?.text).toContain('nothing is paid to it before Mon 23 Nov 2026, 12:00 UTC');
  });

  it('by a record of the platform is told, too, and so is another address of mail', async () => {
    await sell(house, 'rec', 1);
    await admin('PATCH', '/payees/rec', { email: 'rec-new@example.com' });
    const after = (await told()).slice(0, 2);
    expect(after.map(({ to }) => String(to)).toSorted()).toEqual(['rec-new@example.com', 'rec@example.com']);
    expect(after[0]?.text).toContain('e-mail address');
  });
});

describe('the link "this was not me"', () => {
  it('shows a page with one button and changes nothing by being opened', async () => {
    const { mails, ask } = await changed('opens');
    for (let times = 0; times < 2; times += 1) {
      const page = await fetch(`${house.url}/portal/not-me?token=${mails[0]?.token}`);
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html.match(/<button/g)).toHaveLength(1);
      expect(html).not.toContain('opens');
    }
    expect((await ask('GET', '/profile')).status).toBe(200);
    expect((await admin('GET', '/payees/opens')).body).toMatchObject({ hold: null });
  });

  it('freezes method and payee without signing in, ends the sessions, and opens an alert; once', async () => {
    const { mails, ask } = await changed('frozen');
    const id = String((await ask('POST', '/request-payout', {})).body['id']);
    const token = mails[0]?.token ?? '';
    expect((await press(token, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await press(token)).status).toBe(200);
    expect((await press(token)).status).toBe(401);
    expect((await ask('GET', '/profile')).status).toBe(401);
    expect((await admin('GET', '/payees/frozen')).body).toMatchObject({
      hold: { reason: 'the payee says the change was not theirs', until: null },
      payoutMethod: { frozen: true },
    });
    const { data } = (await admin('GET', '/alerts')).body;
    expect(data).toContainEqual(
      expect.objectContaining({
        kind: 'change_disputed',
        message: expect.stringContaining('Nothing of theirs'),
      }),
    );
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
    expect((await admin('POST', '/payout-batches/process-approved', {})).status).toBe(409);
    const { body } = await admin('GET', `/audit-events?event=payee.change_disputed`);
    expect(body.data[0]).toMatchObject({
      actor: { kind: 'payee', name: 'frozen' },
      after: { sessionsEnded: 1 },
    });
  });

  it('leaves frozen what is frozen until the team releases payee and method, also after the cool-off', async () => {
    house.clock.ms += 100 * 60 * 60_000;
    await admin('POST', '/payees/frozen/release');
    const { data } = (await admin('GET', '/payees/frozen/payout-methods')).body;
    expect(data).toMatchObject([
      { isDefault: true, status: 'frozen' },
      { isBackup: true, status: 'ready' },
    ]);
    expect((await admin('POST', '/payout-batches/process-approved', {})).status).toBe(409);
    const id = String(data[0]?.['id']);
    await admin('POST', `/payees/frozen/payout-methods/${String(data[1]?.['id'])}/default`);
    const path = `/payees/frozen/payout-methods/${id}`;
    expect((await admin('POST', `${path}/default`)).body).toMatchObject({ code: 'method_frozen' });
    expect((await admin('POST', `${path}/release`)).body).toMatchObject({ status: 'ready' });
    expect(
      (await admin('GET', '/alerts')).body.data.filter(({ kind }) => kind === 'change_disputed'),
    ).toEqual([]);
  });

  it('ends with the freeze that the team releases, so that no stock of links freezes again and again', async () => {
    const { ask, mails } = await changed('stock');
    for (const destination of ['stock-2@example.net', 'stock-3@example.net'])
      await ask('POST', '/payout-methods', { type: 'paypal', destination });
    const all = [...(await told()).slice(0, 7), ...mails].map(({ token }) => token);
    const links = [...new Set(all)];
    await admin('POST', '/payees/stock/hold', { reason: 'papers are missing' });
    await admin('POST', '/payees/stock/release');
    expect((await press(links[0] ?? '')).status, 'a hold of the team takes no link').toBe(200);
    expect((await admin('POST', '/payees/stock/release')).status).toBe(200);
    expect(links.length).toBeGreaterThan(4);
    for (const token of links) expect((await press(token)).status).toBe(401);
    expect((await admin('GET', '/payees/stock')).body).toMatchObject({ hold: null });
    const { body } = await admin('GET', '/audit-events?event=payee.released');
    expect(body.data[0]).toMatchObject({ after: { linksEnded: links.length - 1 } });

    await admin('POST', '/payees/stock/payout-methods', { type: 'paypal', destination: 'new@example.net' });
    const [fresh] = await told();
    expect((await press(fresh?.token ?? '')).status, 'a new change has links of its own').toBe(200);
  });

  it('ends when the team retires or releases its method, not when a session of the payee retires it', async () => {
    const linkOf = async (ask: Awaited<ReturnType<typeof signIn>>['ask'], destination: string) => {
      const added = await ask('POST', '/payout-methods', { type: 'paypal', destination, use: 'none' });
      return { id: String(added.body['id']), tokens: (await told()).slice(0, 2).map(({ token }) => token) };
    };
    const { ask } = await changed('retires');
    const byTeam = await linkOf(ask, 'retires-team@example.net');
    const bySelf = await linkOf(ask, 'retires-self@example.net');
    await admin('DELETE', `/payees/retires/payout-methods/${byTeam.id}`);
    await ask('DELETE', `/payout-methods/${bySelf.id}`);
    for (const token of byTeam.tokens) expect((await press(token)).status).toBe(401);
    expect((await admin('GET', '/payees/retires')).body).toMatchObject({ hold: null });
    expect((await press(bySelf.tokens[0] ?? '')).status).toBe(200);
    expect((await ask('GET', '/profile')).status).toBe(401);
  });

  it('that is old, made up or missing changes nothing', async () => {
    const { mails } = await changed('late');
    house.clock.ms += 31 * 24 * 60 * 60_000;
    for (const token of [mails[0]?.token ?? '', 'A'.repeat(43), ''])
      expect((await press(token)).status).toBe(401);
    expect((await admin('GET', '/payees/late')).body).toMatchObject({ hold: null });
  });
});
