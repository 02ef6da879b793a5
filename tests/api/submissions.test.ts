import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

const dayMs = 24 * 3_600_000;
const evidence = 'Searched the activity report for the key: nothing.';
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A submission of one item whose answer was lost; its id. */
async function lost(cycle: string): Promise<string> {
  await seed(house, cycle, [winner(cycle, 1)]);
  await start(house, cycle);
  await settle(house, undefined, { kind: 'unknown', cause: 'answer lost', retryAfterMs: null });
  const { body } = await house.ask('GET', '/api/admin/status');
  const unknown = body['unknownSubmissions'] as { id: string; waitingOn: string }[];
  return unknown.at(-1)?.id ?? '';
}

const path = (id: string) => `/api/admin/submissions/${id}`;
const resolve = async (id: string, body: unknown, key?: string) =>
  house.ask('POST', `${path(id)}/resolve`, body, key === undefined ? {} : { key });

describe('a submission', () => {
  it('says whether a person may decide, and from when', async () => {
    const id = await lost('early');
    const { status, body } = await house.ask('GET', path(id), undefined, { key: house.keys.viewer });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: 'unknown', resolvable: false, resolutions: [] });
    expect(body['notResolvable']).toMatchObject({
      reason: expect.stringMatching(/still asks by itself/),
      resolvableAt: expect.stringMatching(/^2026-12-20T11/),
    });
    const refused = await resolve(id, { outcome: 'not_sent', evidence });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'not_resolvable',
        detail: expect.stringMatching(/still asks by itself .* Nothing was changed\.$/),
        resolvableAt: expect.stringMatching(/^2026-12-20T11/),
      },
    });
  });

  it('is found by its provider key too, and one that is not there is a 404', async () => {
    const { body } = await house.ask('GET', path(await lost('bykey')));
    expect((await house.ask('GET', path(String(body['providerKey'])))).body['id']).toBe(body['id']);
    expect(await house.ask('GET', path('su_none'))).toMatchObject({
      status: 404,
      body: { code: 'submission_not_found' },
    });
  });
});

describe('POST /submissions/:id/resolve', () => {
  it('takes the word of an approver, shows it, and answers the same word with the first one', async () => {
    const id = await lost('late');
    house.clock.ms += 31 * dayMs;
    const said = { outcome: 'not_sent', evidence };
    const got = await resolve(id, said, house.keys.approver);
    expect(got).toMatchObject({
      status: 202,
      body: {
        submissionId: id,
        replayed: false,
        resolution: { outcome: 'not_sent', by: 'approver key', result: null },
      },
    });
    expect((await resolve(id, said)).body).toMatchObject({ replayed: true });
    expect(await resolve(id, { outcome: 'sent', providerBatchId: 'PB1' })).toMatchObject({
      status: 409,
      body: { code: 'not_resolvable', reason: expect.stringMatching(/^approver key has said "not_sent"/) },
    });
    expect((await house.ask('GET', path(id))).body['resolutions']).toMatchObject([
      { evidence, result: null },
    ]);
    const { rows } = await sql<{
      event: string;
      actor: string;
    }>`select event, actor_name as actor from audit_event
      where event like 'submission.%'`.execute(house.db);
    expect(rows).toEqual([{ event: 'submission.resolve_asked', actor: 'approver key' }]);
  });

  it('hears one of many who speak at once', async () => {
    const id = await lost('crowd');
    house.clock.ms += 31 * dayMs;
    const words = ['PB1', 'PB2', 'PB3', 'PB4'].map((providerBatchId) => ({
      outcome: 'sent',
      providerBatchId,
    }));
    const answers = await Promise.all(
      [...words, { outcome: 'not_sent', evidence }].map((said) => resolve(id, said)),
    );
    expect(answers.map((got) => got.status).toSorted((a, b) => a - b)).toEqual([202, 409, 409, 409, 409]);
  });

  it.each([
    [{}],
    [{ outcome: 'paid' }],
    [{ outcome: 'sent' }],
    [{ outcome: 'sent', providerBatchId: '../oauth2/token' }],
    [{ outcome: 'not_sent' }],
    [{ outcome: 'not_sent', evidence: 'looked' }],
    [{ outcome: 'not_sent', evidence: `  looked${' '.repeat(40)}` }],
    [{ outcome: 'not_sent', evidence, providerBatchId: 'PB1' }],
  ])('refuses %o with 422', async (body) => {
    expect((await resolve('su_none', body)).status).toBe(422);
  });
});
