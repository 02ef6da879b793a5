import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionReader } from '../../src/api/deps.ts';
import { readPortalSession } from '../../src/auth/portal-session.ts';
import type { Engine } from '../store/engines.ts';
import { onBoth } from '../store/engines.ts';
import { asPayee, cookieOf, tokenOf, verify } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, sha256 } from './support.ts';
import { sell } from './tickets.ts';

// Whoever may hold the link by which a payee is signed in does what the payee does, and so does not approve it.

const hourMs = 60 * 60_000;

/** Believes the cookie `person=ID`: how the team signs in is tested where it is. */
const people: SessionReader = async (cookie, origin) => {
  const id = /person=(\w+)/.exec(cookie ?? '')?.[1];
  if (id === undefined) return null;
  return {
    actor: { kind: 'person', id: `pe_${id}`, name: id, ...origin },
    name: id,
    role: 'owner',
    scope: null,
    payeeId: null,
    session: { id: 'se_1', steppedUpAt: new Date(8.64e15) },
  };
};

/** Cookie of a person, or API key; null: the command line. */
type Who = { readonly person: string } | { readonly key: string } | null;
const olga = { person: 'Olga' };
const paul = { person: 'Paul' };

class Team {
  readonly house: House;
  #payees = 0;
  constructor(house: House) {
    this.house = house;
  }

  async ask(who: Who, method: string, path: string, body?: unknown) {
    const key = who && 'key' in who ? who.key : null;
    const headers = who && 'person' in who ? { cookie: `person=${who.person}` } : {};
    return this.house.ask(method, `/api/admin${path}`, body, who === null ? {} : { key, headers });
  }

  async keyOf(who: Who, name: string, role = 'operator'): Promise<{ key: string }> {
    const { body } = await this.ask(who, 'POST', '/api-keys', { name, role });
    return { key: String(body['key']) };
  }

  /** A payee with enough to ask for. */
  async payee(): Promise<string> {
    const payee = `payee${(this.#payees += 1)}`;
    await sell(this.house, payee, 6);
    return payee;
  }

  async opened(token: string) {
    const got = await verify(this.house, token);
    expect(got.status).toBe(200);
    return asPayee(this.house, cookieOf(got.headers));
  }

  /** Signed in by a link that somebody makes. */
  async byLink(who: Who, payee: string) {
    return this.opened(tokenOf((await this.ask(who, 'POST', `/payees/${payee}/portal-link`)).body['url']));
  }

  /** Signed in by a link that comes by mail; the mail is read by `who`, or by nobody of the team. */
  async byMail(who: Who | 'nobody', email: string) {
    await this.house.ask('POST', '/api/payee/sign-in', { email }, { key: null });
    if (who === 'nobody') return this.opened(await tokenInMail(this.house));
    const { body } = await this.ask(who, 'GET', '/outbox');
    const id = String(body.data.find(({ kind }) => kind === 'portal_link')?.['id']);
    return this.opened(tokenOf((await this.ask(who, 'GET', `/outbox/${id}`)).body['text']));
  }

  async approve(who: Who, ...payoutIds: string[]) {
    return (await this.ask(who, 'POST', '/payouts/approve', { payoutIds })).body;
  }

  /** What the queue says to `who` of this payout. */
  async looked(who: Who, id: string) {
    const { body } = await this.ask(who, 'GET', '/approvals/waiting?limit=500');
    const approval = body.data.find((row) => row['id'] === id)?.['approval'];
    return approval as { notByYou: unknown; warnings: string[] };
  }
}

type Ask = ReturnType<typeof asPayee>;
const request = async (ask: Ask): Promise<string> =>
  String((await ask('POST', '/request-payout', {})).body['id']);

/** As the mail server has it: the mail that was queued last. */
async function tokenInMail(house: House): Promise<string> {
  const { sql } = await import('kysely');
  const { rows } = await sql<{ text: string }>`select body_text as text from mail where kind = 'portal_link'
    order by id desc limit 1`.execute(house.db);
  return tokenOf(rows[0]?.text);
}

async function open(engine: Engine): Promise<Team & AsyncDisposable> {
  const opened = await engine.open();
  const { db } = opened;
  const box: { house?: House } = {};
  const now = () => new Date(box.house?.clock.ms ?? 0);
  const portal = readPortalSession({ db, hash: sha256, now, publicUrl: 'http://127.0.0.1:3000' });
  const house = await openHouse({ db, sessions: [people, portal] });
  box.house = house;
  const close = async () => {
    await house.close();
    await opened[Symbol.asyncDispose]();
  };
  return Object.assign(new Team(house), { [Symbol.asyncDispose]: close });
}

onBoth((engine) => {
  let team: Team & AsyncDisposable;
  beforeAll(async () => {
    team = await open(engine);
  });
  afterAll(() => team[Symbol.asyncDispose]());

  describe('a link to the portal that somebody of the team makes', () => {
    it('keeps its maker and their keys from approving what is asked for by it; others may', async () => {
      const id = await request(await team.byLink(olga, await team.payee()));
      const hers = await team.keyOf(olga, 'hers', 'approver');
      const no = await team.approve(olga, id);
      expect(no).toMatchObject({
        code: 'own_request',
        userMessage: expect.stringContaining('through a portal link that you made'),
        actionRequired: expect.stringContaining('somebody else'),
      });
      expect(await team.approve(hers, id)).toMatchObject({ code: 'own_request' });
      expect(await team.approve(paul, id)).toMatchObject({ done: 1 });
    });

    it('is told in the trail, on the timeline, and to whoever looks at the queue', async () => {
      const payee = await team.payee();
      const id = await request(await team.byLink(olga, payee));
      const trail = await team.ask(null, 'GET', `/audit-events?event=payout.requested&subjectId=${id}`);
      expect(trail.body.data).toMatchObject([{ after: { through: { 'person pe_Olga': 'made Olga' } } }]);
      const shown = await team.ask(null, 'GET', `/payouts/${id}`);
      expect(shown.body['timeline']).toMatchObject([
        { event: 'create', detail: null },
        { event: 'request', detail: 'through a portal link that Olga made' },
      ]);
      expect(await team.looked(olga, id)).toMatchObject({
        notByYou: { code: 'own_request', byLink: true, message: expect.stringContaining('you made') },
      });
      expect(await team.looked(paul, id)).toMatchObject({
        notByYou: null,
        warnings: expect.arrayContaining(['Asked for through a portal link that Olga made.']),
      });
    });

    it('keeps its maker from approving what was sent elsewhere by it', async () => {
      const payee = await team.payee();
      const id = await request(await team.byMail('nobody', `${payee}@example.com`));
      const ask = await team.byLink(olga, payee);
      expect(
        (await ask('POST', '/payout-methods', { type: 'paypal', destination: 'o@example.com' })).status,
      ).toBe(201);
      expect(await team.looked(olga, id)).toMatchObject({ notByYou: { code: 'own_redirect', byLink: true } });
      expect(await team.approve(olga, id)).toMatchObject({
        code: 'own_redirect',
        userMessage: expect.stringContaining('through a portal link that you made'),
      });
      expect(await team.approve(paul, id)).toMatchObject({ done: 1 });
    });

    it('counts at the command line too, and a second approver is not its maker', async () => {
      await team.ask(paul, 'PATCH', '/settings', { secondApproverAbove: { USD: 100 } });
      const id = await request(await team.byLink(null, await team.payee()));
      expect(await team.approve(null, id)).toMatchObject({ code: 'own_request' });
      expect(await team.approve(olga, id)).toMatchObject({ results: [{ status: 'pending_approval' }] });
      expect(await team.looked(olga, id)).toMatchObject({
        notByYou: { code: 'approved_once', byLink: false },
      });
      expect(await team.approve(null, id)).toMatchObject({ code: 'own_request' });
      expect(await team.approve(paul, id)).toMatchObject({ results: [{ status: 'approved' }] });
      await team.ask(paul, 'PATCH', '/settings', { secondApproverAbove: {} });
    });

    it('stops nothing else that is approved in the same call', async () => {
      const own = await request(await team.byLink(olga, await team.payee()));
      const payee = await team.payee();
      const free = await request(await team.byMail('nobody', `${payee}@example.com`));
      expect(await team.approve(olga, own, free)).toMatchObject({
        done: 1,
        refused: 1,
        results: [
          { code: 'own_request', message: expect.stringContaining('portal link') },
          { result: 'done' },
        ],
      });
    });
  });

  describe('a link that a key makes', () => {
    it('counts as the key, and as whoever made the key while that is new', async () => {
      const key = await team.keyOf(olga, 'Platform');
      const young = await request(await team.byLink(key, await team.payee()));
      expect(await team.approve(olga, young)).toMatchObject({
        code: 'own_request',
        userMessage: expect.stringContaining('less than 72 hours before'),
      });
      expect(await team.approve(paul, young)).toMatchObject({ done: 1 });
      team.house.clock.ms += 72 * hourMs;
      const old = await request(await team.byLink(key, await team.payee()));
      expect(await team.approve(olga, old)).toMatchObject({ done: 1 });
    });

    it('is approved by no key that made it, and by no key which that one made', async () => {
      const platform = await team.keyOf(null, 'Everything', 'owner');
      const made = await team.keyOf(platform, 'Approver', 'approver');
      const other = await team.keyOf(null, 'Other', 'approver');
      const id = await request(await team.byLink(platform, await team.payee()));
      expect(await team.approve(platform, id)).toMatchObject({ code: 'own_request' });
      expect(await team.approve(made, id)).toMatchObject({ code: 'own_request' });
      expect(await team.approve(other, id)).toMatchObject({ done: 1 });
    });
  });

  describe('a link that a payee asks for by mail', () => {
    it('is nobody else’s, and anybody approves what is asked for by it', async () => {
      const payee = await team.payee();
      const id = await request(await team.byMail('nobody', `${payee}@example.com`));
      expect(await team.approve(olga, id)).toMatchObject({ done: 1 });
    });

    it('is also whose who read the mail before it was used', async () => {
      const payee = await team.payee();
      const id = await request(await team.byMail(olga, `${payee}@example.com`));
      expect(await team.approve(olga, id)).toMatchObject({
        code: 'own_request',
        userMessage: expect.stringContaining('in a mail that you read'),
      });
      expect(await team.approve(paul, id)).toMatchObject({ done: 1 });
    });

    it.each(['one', 'a set'])(
      'is also whose who set the address a short while ago, in a call about %s',
      async (how) => {
        const payee = await team.payee();
        const email = `olga.${payee}@example.com`;
        const other = await team.payee();
        const set = [
          { externalId: payee, email },
          { externalId: other, name: 'Other' },
        ];
        if (how === 'one') await team.ask(olga, 'PATCH', `/payees/${payee}`, { email });
        else await team.ask(olga, 'POST', '/payees/bulk', { payees: set });
        const id = await request(await team.byMail('nobody', email));
        expect(await team.approve(olga, id)).toMatchObject({
          code: 'own_request',
          userMessage: expect.stringContaining('an address that you had set'),
        });
        const decline = { payoutIds: [id], reason: 'asked too early' };
        expect((await team.ask(paul, 'POST', '/payouts/decline', decline)).body).toMatchObject({ done: 1 });
        team.house.clock.ms += 72 * hourMs;
        const later = await request(await team.byMail('nobody', email));
        expect(await team.approve(olga, later)).toMatchObject({ done: 1 });
      },
    );
  });
});
