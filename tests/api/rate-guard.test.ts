import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const hourMs = 60 * 60_000;
const agoIso = (ms: number) => new Date(house.clock.ms - ms).toISOString();

describe('a rate far from the last one of its pair', () => {
  const post = async (rates: unknown[], more: Record<string, unknown> = {}) =>
    (await house.ask('POST', '/api/admin/fx-rates', { rates, ...more })).body['results'] as {
      status: string;
      message: string | null;
      jump: unknown;
    }[];
  const of = (rate: string, hoursAgo: number) => ({
    from: 'GBP',
    to: 'USD',
    rate,
    at: agoIso(hoursAgo * hourMs),
    source: 'ECB',
  });

  it('is refused with old, new and by how much, whatever its place in the call, and entered when the jump is accepted', async () => {
    // Not in the order of their times: each is compared with the one before it.
    const first = await post([of('1.44', 7), of('1.2', 8), of('0.0132', 6), of('12', 5), of('1.2', 4)]);
    expect(first.map(({ status }) => status)).toEqual(['created', 'created', 'jump', 'jump', 'created']);
    expect(first[2]).toMatchObject({
      jump: { last: '1.44', at: agoIso(7 * hourMs), percent: '-99.08' },
      message: expect.stringMatching(
        /^It is 99\.08 % below the last rate of the pair, 1\.44 of \d+ Nov 2026/,
      ),
    });
    expect(first[3]?.message).toMatch(/733\.33 % above .* It was not entered\./);
    expect((await post([of('1.45', 3)]))[0]).toMatchObject({ status: 'jump' });
    const accepted = await post([of('1.45', 3)], { acceptJump: true });
    expect(accepted[0]).toMatchObject({ status: 'created', jump: { last: '1.2', percent: '20.83' } });
    const { body } = await house.ask('GET', '/api/admin/audit-events?event=fx_rates.entered&limit=1');
    expect(body.data[0]).toMatchObject({ after: { acceptedJumps: ['GBP USD 1.45 after 1.2 (20.83 %)'] } });
    await house.ask('PATCH', '/api/admin/settings', { fxRateJumpBps: 5000 });
    expect((await post([of('2', 2), of('0.9', 1)])).map(({ status }) => status)).toEqual(['created', 'jump']);
    await house.ask('PATCH', '/api/admin/settings', { fxRateJumpBps: 2000 });
    const { body: listed } = await house.ask('GET', '/api/admin/fx-rates?from=GBP&to=USD');
    expect(listed.data.map(({ rate }) => rate)).toEqual(['2', '1.45', '1.2', '1.2', '1.44']);
  });

  it('is compared with the other direction where it is the first, and with the next one where it is the oldest', async () => {
    const at = agoIso(2 * hourMs);
    const inr = (from: string, to: string, rate: string, hoursAgo: number) => {
      return { from, to, rate, at: agoIso(hoursAgo * hourMs), source: 'RBI' };
    };
    expect(await post([{ ...inr('INR', 'USD', '0.0125', 2), at }])).toMatchObject([{ status: 'created' }]);
    // The pair turned around, now and before the other direction was known.
    for (const hoursAgo of [1, 9]) {
      expect((await post([inr('USD', 'INR', '0.0125', hoursAgo)]))[0]).toMatchObject({
        status: 'jump',
        jump: { last: '80', at, percent: '-99.98' },
        message: expect.stringMatching(/99\.98 % below the rate of the other direction turned around, 80 of/),
      });
    }
    expect(await post([inr('USD', 'INR', '81', 1)])).toMatchObject([{ status: 'created', jump: null }]);
    const older = await post([inr('USD', 'INR', '8.1', 5), inr('USD', 'INR', '80.5', 4)]);
    expect(older).toMatchObject([
      { status: 'jump', jump: { last: '81', at: agoIso(hourMs), percent: '-90' } },
      { status: 'created' },
    ]);
    expect(older[0]?.message).toContain('90 % below the next rate of the pair, 81 of');
    // Both directions in one call.
    const both = await post([
      { ...inr('MXN', 'USD', '0.05', 3), at },
      { ...inr('USD', 'MXN', '0.05', 3), at },
    ]);
    expect(both.map(({ status }) => status)).toEqual(['created', 'jump']);
  });

  it('is found where small steps within a day add up to it, until somebody accepts that', async () => {
    const cad = (rate: string, hoursAgo: number) => {
      return { from: 'CAD', to: 'USD', rate, at: agoIso(hoursAgo * hourMs), source: 'BoC' };
    };
    const told = await post([cad('1', 30), cad('1.15', 5), cad('1.3', 4), cad('1.19', 3)]);
    expect(told.map(({ status }) => status)).toEqual(['created', 'created', 'jump', 'created']);
    expect(told[2]).toMatchObject({ jump: { last: '1', at: agoIso(30 * hourMs), percent: '30' } });
    expect(told[2]?.message).toContain('30 % above the rate that held a day before, 1 of');
    expect(await post([cad('1.3', 2)], { acceptJump: true })).toMatchObject([{ status: 'created' }]);
    expect(await post([cad('1.31', 1)])).toMatchObject([{ status: 'created', jump: null }]);
  });
});
