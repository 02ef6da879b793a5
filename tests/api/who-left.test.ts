import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/actions/keys.ts';
import { goodPassword, withSessions } from '../auth/browser.ts';
import { onBoth } from '../store/engines.ts';
import type { House } from './support.ts';

// Whoever left the team, or whose key was revoked, comes back by nothing that was made before.

const people = '/api/admin/people';

onBoth((engine) => {
  let house: House;
  let opened: Awaited<ReturnType<typeof engine.open>>;
  beforeAll(async () => {
    opened = await engine.open();
    house = await withSessions({ db: opened.db });
  });
  afterAll(async () => {
    await house.close();
    await opened[Symbol.asyncDispose]();
  });

  async function invite(email: string, key = house.keys.owner) {
    const wish = { email, role: 'owner' };
    const { body } = await house.ask('POST', `${people}/invitations`, wish, { key });
    const token = new URL(String(body['link'])).searchParams.get('token') ?? '';
    return { id: String(body['id']), token };
  }
  const accept = (token: string) => {
    const body = { token, name: 'Eve', password: goodPassword };
    return house.ask('POST', '/api/people/accept-invitation', body, { key: null });
  };
  const patch = (who: string, body: unknown) => house.ask('PATCH', `${people}/${who}`, body);

  /** What the audit trail says of the end of an invitation, newest first. */
  async function endOf(id: string) {
    const { body } = await house.ask('GET', `/api/admin/audit-events?event=invitation.ended&limit=200`);
    return body.data.filter(({ subject }) => (subject as { id: string }).id === id).map(({ after }) => after);
  }

  describe('an open invitation', () => {
    it('ends when its address is added as a person, so that it brings nobody back who is removed', async () => {
      const { id, token } = await invite('fired@example.com');
      await house.ask('POST', people, { email: 'Fired@Example.com', role: 'viewer' });
      expect((await house.ask('GET', `${people}/invitations`)).body.data).toEqual([]);
      expect(await endOf(id)).toEqual([{ because: 'person_added' }]);
      await patch('fired@example.com', { status: 'removed' });
      expect(await accept(token)).toMatchObject({ status: 404, body: { code: 'invitation_not_found' } });
      const { body } = await house.ask('GET', people);
      expect(body.data).toContainEqual(
        expect.objectContaining({ email: 'fired@example.com', status: 'removed' }),
      );
    });

    it('ends when somebody takes its address, and when they are taken back or removed', async () => {
      const taken = await invite('taken@example.com');
      await house.ask('POST', people, { email: 'other@example.com', role: 'viewer' });
      await patch('other@example.com', { email: 'taken@example.com' });
      expect(await endOf(taken.id)).toEqual([{ because: 'person_changed' }]);
      await patch('taken@example.com', { status: 'removed' });
      const again = await invite('taken@example.com');
      await patch('taken@example.com', { status: 'active' });
      expect(await endOf(again.id)).toEqual([{ because: 'person_changed' }]);
      await patch('taken@example.com', { status: 'removed' });
      for (const { token } of [taken, again]) expect((await accept(token)).status).toBe(404);
    });

    it('that is replaced by another to the same address is on record as ended', async () => {
      const first = await invite('twice@example.com');
      const second = await invite('twice@example.com');
      expect(await endOf(first.id)).toEqual([{ because: 'invited_again' }]);
      expect((await accept(second.token)).status).toBe(201);
      expect(await endOf(second.id)).toEqual([]);
    });

    it('ends with the key that made it', async () => {
      const wish = { name: 'leaked', role: 'owner' };
      const { body } = await house.ask('POST', '/api/admin/api-keys', wish);
      const { id, token } = await invite('mallory@example.com', String(body['key']));
      const kept = await invite('friend@example.com');
      expect((await house.ask('DELETE', `/api/admin/api-keys/${String(body['id'])}`)).status).toBe(204);
      expect((await accept(token)).status).toBe(404);
      expect(await endOf(id)).toEqual([{ because: 'key_revoked' }]);
      expect((await accept(kept.token)).status).toBe(201);
    });
  });

  describe('keys of whoever leaves', () => {
    const works = async (key: string) =>
      (await house.ask('GET', '/api/admin/status', undefined, { key })).status === 200;

    /** An owner with a key, which made another one; one key of theirs is revoked already. */
    async function maker(name: string) {
      const made = await house.ask('POST', people, { email: `${name}@example.com`, role: 'owner' });
      const id = String(made.body['id']);
      const actor = { ...house.deps.actor, kind: 'person' as const, id, name };
      const newKey = (wish: string) => {
        const random = house.deps.newSecret();
        return createKey({ ...house.deps, actor }, { name: wish, role: 'owner', random });
      };
      const [own, gone] = [await newKey(`${name} shop`), await newKey(`${name} gone`)];
      await house.ask('DELETE', `/api/admin/api-keys/${gone.id}`);
      const wish = { name: `${name} deep`, role: 'operator' };
      const deep = (await house.ask('POST', '/api/admin/api-keys', wish, { key: own.key })).body;
      return { id, own, deep: { id: String(deep['id']), key: String(deep['key']) } };
    }

    it('are named, and nothing is changed until the caller says what becomes of them', async () => {
      const { id, own, deep } = await maker('lea');
      for (const change of [{ status: 'removed' }, { role: 'operator' }]) {
        const refused = await patch(id, change);
        expect(refused).toMatchObject({
          status: 409,
          body: { code: 'keys_undecided', keyCount: 2, keyIds: `${own.id} ${deep.id}` },
        });
        expect(refused.body['userMessage']).toContain('“lea shop”');
      }
      expect((await patch(id, { keys: 'keep' })).status).toBe(422);
      expect((await patch(id, { name: 'Lea' })).body).toMatchObject({ role: 'owner', status: 'active' });
      const { body } = await house.ask('GET', `/api/admin/api-keys?madeBy=${id}`);
      expect(body.data.map((key) => key['id'])).toEqual([deep.id, own.id]);
      expect(body.data.map((key) => key['madeBy'])).toEqual([
        { kind: 'key', id: own.id, name: 'lea shop' },
        { kind: 'person', id, name: 'lea' },
      ]);
    });

    it('end with them, with those they made and their invitations, when the caller says so', async () => {
      const { id, own, deep } = await maker('rob');
      const { id: invitation, token } = await invite('rob-friend@example.com', own.key);
      expect((await patch(id, { status: 'removed', keys: 'revoke' })).status).toBe(200);
      expect([await works(own.key), await works(deep.key)]).toEqual([false, false]);
      expect((await accept(token)).status).toBe(404);
      expect(await endOf(invitation)).toEqual([{ because: 'key_revoked' }]);
      const { body } = await house.ask('GET', '/api/admin/audit-events?event=person.changed');
      expect(body.data[0]).toMatchObject({ after: { status: 'removed', keysRevoked: [own.id, deep.id] } });
      const revoked = (await house.ask('GET', '/api/admin/audit-events?event=key.revoked&limit=2')).body.data;
      for (const event of revoked) expect(event).toMatchObject({ after: { because: 'maker_left' } });
    });

    it('go on when the caller says so, and are asked about again when a former owner is removed', async () => {
      const { id, own } = await maker('kim');
      expect((await patch(id, { role: 'viewer', keys: 'keep' })).body).toMatchObject({ role: 'viewer' });
      expect(await works(own.key)).toBe(true);
      expect((await patch(id, { status: 'removed' })).body).toMatchObject({ code: 'keys_undecided' });
      expect((await patch(id, { status: 'removed', keys: 'keep' })).status).toBe(200);
      expect(await works(own.key)).toBe(true);
      expect((await patch(id, { status: 'removed', keys: 'revoke' })).status).toBe(200);
      expect(await works(own.key)).toBe(false);
    });
  });
});
