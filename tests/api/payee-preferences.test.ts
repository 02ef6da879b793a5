import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('what a payee chooses of what is written to them', () => {
  it('is kept, taken back with null, put on record, and used for words and times in their mails', async () => {
    const payoutMethod = { type: 'paypal', destination: 'ana@example.com' };
    const ana = { externalId: 'ana', name: 'Ana', email: 'ana@example.com', payoutMethod };
    await house.ask('POST', '/api/admin/payees', ana);
    const { ask } = await signIn(house, 'ana');
    expect((await ask('GET', '/profile')).body).toMatchObject({ language: null, timezone: null });
    const chosen = { language: 'ht', timezone: 'America/Port-au-Prince' };
    expect(await ask('PATCH', '/profile', chosen)).toMatchObject({
      status: 200,
      body: { name: 'Ana', ...chosen },
    });
    expect((await ask('GET', '/profile')).body).toMatchObject(chosen);
    await ask('POST', '/payout-methods', { type: 'paypal', destination: 'ana2@example.com' });
    const { body: outbox } = await house.ask('GET', '/api/admin/outbox');
    const told = outbox.data.find((mail) => mail['kind'] === 'method_changed');
    const { body: mail } = await house.ask('GET', `/api/admin/outbox/${String(told?.['id'])}`);
    expect(mail['subject']).toBe('Mwayen peman ou a chanje');
    expect(mail['text']).toContain('yo pa peye anyen sou li anvan lendi 23 novanm 2026, 07:00 UTC−5.');
    expect(mail['text']).toMatch(/Se pa t mwen:\n.*&lang=ht\n/);
    expect(mail['html']).toContain('<html lang="ht">');
    expect((await ask('PATCH', '/profile', { language: null })).body).toMatchObject({
      ...chosen,
      language: null,
    });
    for (const wrong of [{ language: 'xx' }, { timezone: 'Mars/Olympus' }, {}])
      expect((await ask('PATCH', '/profile', wrong)).status).toBe(422);
    const { body } = await house.ask('GET', '/api/admin/audit-events?event=payee.changed');
    expect(body.data[1]).toMatchObject({
      actor: { kind: 'payee' },
      before: { language: null },
      after: chosen,
    });
  });
});
