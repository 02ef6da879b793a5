import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../../src/core/actor.ts';
import type { TestBench } from '../../src/api/test-bench.ts';
import { routes } from '../../src/api/routes.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('names a parameter that a call does not know, and those it does', async () => {
  const got = await house.ask('GET', '/api/admin/payouts/export.csv?state=failed&cycleId=18');
  expect(got).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  expect(got.body['errors']).toEqual([
    {
      path: 'state',
      message: 'is not a parameter of this call; there is status, payeeId, cycleId',
    },
  ]);
  const none = await house.ask('GET', '/api/admin/float/nothing?a=1');
  expect(none.status).toBe(404);
  expect((await house.ask('GET', '/api/admin/status?verbose=1')).body['errors']).toEqual([
    { path: 'verbose', message: 'is not a parameter of this call; this call takes none' },
  ]);
});

it('refuses an unknown parameter on every route, before anything is done', async () => {
  const caller = {
    actor: systemActor,
    name: 'nobody',
    role: 'owner' as const,
    scope: null,
    payeeId: null,
    session: null,
  };
  // Nothing of the bench is called: the parameters are looked at first.
  const deps = { ...house.deps, testBench: {} as TestBench };
  for (const route of routes) {
    const call = {
      params: {},
      query: { Status: 'failed' },
      body: undefined,
      caller,
      cookie: undefined,
      lastEventId: undefined,
      language: 'en' as const,
    };
    const got = await route.run(deps, call, () => {
      throw new Error(`${route.method} ${route.path} went on`);
    });
    expect(got, `${route.method} ${route.path}`).toMatchObject({ code: 'invalid_request' });
    expect(JSON.stringify(got)).toContain('"path":"Status"');
  }
});
