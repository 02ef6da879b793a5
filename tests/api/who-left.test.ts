import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
