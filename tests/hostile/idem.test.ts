import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import type { House } from '../api/support.ts';
import { asPayee, sell, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { approved } = tools(() => house);

it('no POST hangs or falls over with an Idempotency-Key', async () => {
  await sell(house, 'i1', 3);
  const po = await approved('i2', 'bank');
  await house.ask('POST', '/api/admin/cycles', { id: 'c1' });
  const bodies: Record<string, unknown> = {
    'payouts/retry': { payoutIds: [po] },
    'quote': { payeeId: 'i1' },
  };
  const out: string[] = [];
  for (const route of routes.filter(({ method }) => method === 'POST')) {
    const full = route.path.startsWith('/api') ? route.path : `/api/admin${route.path}`;
    const path = full.replace(':rowId', 'lr_1').replace(':methodId', 'pm_1').replaceAll(/:\w+/g, full.includes('payees') ? 'i1' : full.includes('cycles') ? 'c1' : po);
    for (const body of [
      { payeeId: 'i1', payoutIds: [po], payoutId: po, reason: 'x', cycleId: 'c1', until: null, method: 'bank', currency: 'USD', paymentReferenceId: 'R', csv: 'payout_id,amount,currency,payment_reference\n', name: 'n', role: 'viewer', email: 'x@example.com', ...(bodies[path] as object) },
      {},
      { payoutIds: [po] },
      { payeeId: 'i1' },
      { payeeId: 'i1', currency: 'USD' },
      { cycleId: 'c1' },
      { payoutIds: [po], reason: 'x' },
      { reason: 'x' },
      { method: 'bank' },
      { payoutId: po, paymentReferenceId: 'R' },
      { name: 'k', role: 'viewer' },
      { rates: [{ from: 'USD', to: 'EUR', rate: '0.9', at: '2026-11-20T11:00:00Z', source: 'x' }] },
      { type: 'paypal', destination: 'new@example.com' },
      { email: 'invite@example.com', role: 'viewer', name: 'Iv' },
    ]) {
      const started = Date.now();
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), 8000);
      const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': `k-${path}-${JSON.stringify(body).length}`, 'sec-fetch-site': 'same-origin' };
      if (full.startsWith('/api/payee')) headers['cookie'] = 'payee=i1';
      else headers['authorization'] = `Bearer trusted-token-of-the-command-line`;
      try {
        const got = await fetch(house.url + path, { method: 'POST', headers, body: JSON.stringify(body), signal: controller.signal });
        const text = await got.text();
        if (got.status >= 500) out.push(`${path} ${JSON.stringify(body)} -> ${got.status} ${text.slice(0, 200)}`);
        if (got.status < 300) console.log(path, got.status, Date.now() - started);
      } catch (error) {
        out.push(`${path} ${JSON.stringify(body)} HUNG ${String(error)}`);
      } finally {
        clearTimeout(timer);
      }
    }
  }
  console.log(out.join('\n'), house.logged.filter(({ level }) => level === 'error').map((l) => JSON.stringify(l)).slice(0, 5));
  expect(out).toEqual([]);
  void asPayee;
}, 240_000);
