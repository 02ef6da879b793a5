import { afterAll, beforeAll, expect, it } from 'vitest';
import { tools } from './contrary.ts';
import type { House } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());
const { approve } = tools(() => house);

it('writes no CSV whose cells a spreadsheet would run', async () => {
  const payoutMethod = { type: 'manual', destination: '+cmd|calc' };
  const payee = { name: '=HYPERLINK("http://x","y")', email: 'ev@example.com', payoutMethod };
  await sell(house, 'ev', 6, { sourceType: 'ticket', note: '@SUM(1)', payee });
  const id = await request(house, 'ev');
  const texts = [
    (await house.ask('GET', '/api/admin/payouts/export.csv')).text,
    (await house.ask('GET', `/api/admin/payouts/${id}/statement.csv`)).text,
    (await asPayee(house, 'ev')('GET', `/payouts/${id}/statement.csv`)).text,
  ];
  await approve(id);
  texts.push((await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'manual' })).text);
  const row = {
    line: 2,
    status: '=cmd()',
    amount: '1.00',
    currency: 'USD',
    reference: '@evil',
    receiver: '-1+1',
  };
  const imports = '/api/admin/imports/legacy-payouts';
  const { body } = await house.ask('POST', imports, { name: '=1+1', rows: [row] });
  texts.push((await house.ask('GET', `${imports}/${String(body['importId'])}/not-matched.csv`)).text);
  const cells = texts.flatMap((text) => text.split('\n').slice(1)).flatMap((line) => line.split(','));
  expect(cells.filter((cell) => /^"?[=+@\t-]/.test(cell))).toEqual([]);
});
