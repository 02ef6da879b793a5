import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordReading } from '../../src/actions/float.ts';
import { claimRun, runPage } from '../../src/actions/schedule-runs.ts';
import { claimAccount } from '../../src/store/float.ts';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { asPayee, dayMs, differences, request, sell, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { post, see, process, approve, approved, alerts } = tools(() => house);

it('payees see nothing of the inside', async () => {
  const a = await approved('p1', 'bank');
  await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
  await post('hold', { payoutIds: [a], reason: 'SECRETHOLD' });
  await post('release', { payoutIds: [a] });
  await post('mark-paid', { payoutId: a, paymentReferenceId: 'REF', paymentNotes: 'SECRETNOTE' });
  await post('unpay', { payoutId: a, reason: 'SECRETUNPAY' });
  const texts = [(await asPayee(house, 'p1')('GET', `/payouts/${a}`)).text];
  await post('cancel', { payoutIds: [a], reason: 'SECRETCANCEL' });
  const b = await request(house, 'p1');
  await post('decline', { payoutIds: [b], reason: 'SECRETDECLINE' });
  const c = await request(house, 'p1');
  await house.ask('POST', '/api/admin/earnings/reverse', { earnings: [{ sourceType: 'ticket', externalId: 'p1-T1', reason: 'SECRETREVERSE' }] });
  await house.ask('POST', '/api/admin/payees/p1/hold', { reason: 'SECRETPAYEE' });
  for (const path of [`/payouts/${a}`, `/payouts/${b}`, `/payouts/${c}`, '/payouts', '/balance', '/profile', '/payout-methods', '/schedule', `/payouts/${a}/statement`, `/payouts/${a}/statement.csv`])
    texts.push((await asPayee(house, 'p1')('GET', path)).text);
  const all = texts.join('\n');
  console.log([...new Set(all.match(/SECRET\w+|he_\w+|approver key|owner key|"cli"/g) ?? [])]);
  console.log(texts[0]);
  await sell(house, 'p2', 6);
  for (const path of [`/payouts/${a}`, `/payouts/${a}/statement`, `/payouts/${a}/statement.csv`]) {
    const got = await asPayee(house, 'p2')('GET', path);
    expect(got.status).toBe(404);
  }
});

const pace = { everyMs: 300_000, gapMs: 5_000 };
it('a scheduled sending that the float refuses is told to somebody', async () => {
  await house.ask('PATCH', '/api/admin/settings', { sendApprovedOnSchedule: true });
  await claimRun(house.deps);
  const id = await approved('s1');
  house.clock.ms += 7 * dayMs;
  const asks = (await claimAccount(house.db, 'paypal', house.deps.now(), pace)) ?? 0n;
  console.log('asks', asks);
  console.log(await recordReading(house.deps, { provider: 'paypal', asks, at: house.deps.now() }, [{ currency: 'USD', available: 100n, pending: 0n }]));
  console.log('manual', (await process()).body['code']);
  const due = await claimRun(house.deps);
  for (let i = 0; i < 5; i += 1) {
    const page = await runPage(house.deps, house.deps.providers.all, 100);
    if (!page || page.finished) break;
  }
  console.log('due', due, (await see(id))['status'], await alerts(), (await house.ask('GET', '/api/admin/schedule')).text.slice(0, 900));
});

it('a clock that jumped a year ahead and back does not stop the schedule', async () => {
  house.clock.ms += 7 * dayMs;
  console.log('normal', await claimRun(house.deps));
  while ((await runPage(house.deps, house.deps.providers.all, 100))?.finished === false);
  house.clock.ms += 365 * dayMs;
  console.log('jumped', await claimRun(house.deps));
  while ((await runPage(house.deps, house.deps.providers.all, 100))?.finished === false);
  house.clock.ms -= 365 * dayMs;
  let made = 0;
  for (let week = 0; week < 8; week += 1) {
    house.clock.ms += 7 * dayMs;
    if (await claimRun(house.deps)) made += 1;
  }
  expect.soft(made).toBeGreaterThan(0);
  console.log('runs in 8 weeks after the clock came back', made, (await house.ask('GET', '/api/admin/schedule')).text.slice(0, 300), await differences(house));
  await settle(house);
  void approve;
});
