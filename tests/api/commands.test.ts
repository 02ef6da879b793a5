import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batch, batches } from '../../src/cli/batches.ts';
import { httpClient } from '../../src/cli/client.ts';
import type { Command } from '../../src/cli/command.ts';
import { runCommand } from '../../src/cli/command.ts';
import { key } from '../../src/cli/keys.ts';
import { ledger } from '../../src/cli/ledger.ts';
import { payApproved } from '../../src/cli/pay-approved.ts';
import { outbox } from '../../src/cli/outbox.ts';
import { resolve } from '../../src/cli/resolve.ts';
import { operatorMoment } from '../../src/core/when.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// What commands say of what the API answers, over HTTP.

let house: House;
beforeAll(async () => {
  house = await openHouse();
  // The outbox holds what its own test writes.
  await house.ask('PATCH', '/api/admin/settings', { payeeMails: [] });
});
afterAll(() => house.close());

/** Runs a command and answers its exit code and all it said. */
async function run(command: Command, ...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const io = {
    out: say,
    err: say,
    interactive: false,
    signal: new AbortController().signal,
    nowMs: () => house.clock.ms,
    ask: () => Promise.resolve(''),
    connect: () => Promise.resolve(httpClient(house.url, house.keys.owner)),
  };
  const code = await runCommand(io, command, args);
  return { code, said: lines.join('\n') };
}

describe('purser batches', () => {
  it('says of each batch how many were paid, failed, are unclaimed and pending, and how much that is', async () => {
    await seed(house, 'one', [winner('one', 1)]);
    await start(house, 'one');
    await seed(house, 'many', [
      winner('many', 1),
      winner('many', 2, { currency: 'JPY', amount: 7 }),
      winner('many', 3),
      winner('many', 4),
    ]);
    await start(house, 'many');
    await settle(house, (destination) => {
      if (destination.startsWith('user3')) return 'failed';
      return destination.startsWith('user4') ? 'returned' : 'completed';
    });
    const { said } = await run(batches);
    expect(said).toMatch(/completed +1 item {2}cycle one/);
    expect(said).toMatch(/completed +4 items {2}cycle many/);
    expect(said.split('\n').map((line) => line.trim())).toEqual([
      expect.stringContaining('cycle many'),
      '2 arrived (7 JPY + 10.00 USD), 1 failed (10.00 USD), 0 unclaimed, 0 pending, 1 came back (10.00 USD)',
      expect.stringContaining('cycle one'),
      '1 arrived (10.00 USD), 0 failed, 0 unclaimed, 0 pending',
    ]);
    expect((await run(batches, '--cycle', 'one')).said).not.toContain('cycle many');
    // Days as people write them.
    const at = operatorMoment('UTC', new Date(house.clock.ms));
    expect(said).toContain(`cycle one  ${at.padStart(22)}  by `);
    expect(said).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });
});

describe('purser batch', () => {
  it('says why items failed, and what to do', async () => {
    const listed = await house.ask('GET', '/api/admin/payout-batches?cycleId=many');
    const [{ id } = { id: '' }] = listed.body as unknown as { id: string }[];
    const { said } = await run(batch, id);
    expect(said).toMatch(/^ {2}1 × \S.*\n {6}\S/m);
    expect(said).not.toContain('undefined');
  });
});

describe('purser key create', () => {
  it('makes a key of a scope and an end, and the list shows both', async () => {
    const made = await run(
      key,
      'create',
      '--name',
      'shop',
      '--scope',
      'earnings, payees',
      '--expires',
      '90d',
    );
    expect(made.code).toBe(0);
    const until = operatorMoment('UTC', new Date(house.clock.ms + 90 * 86_400_000));
    expect(made.said).toContain(`operator, only earnings payees, until ${until}`);
    expect((await run(key, 'list')).said).toMatch(
      /shop, only earnings payees, until \d+ \w+ 2027, \d\d:\d\d UTC, never used$/m,
    );
    house.clock.ms += 91 * 86_400_000;
    expect((await run(key, 'list')).said).toMatch(/shop, .* expired$/m);
    house.clock.ms -= 91 * 86_400_000;
  });

  it.each(['90', 'soon', '1y', '999999999d', '2026-13-01T00:00:00Z'])(
    'makes no key that ends %s',
    async (expires) => {
      const { code, said } = await run(key, 'create', '--expires', expires);
      expect(code).toBe(2);
      expect(said).toContain('No key was made.');
    },
  );
});

describe('purser resolve', () => {
  it.each([
    [['su_1']],
    [['su_1', '--not-sent']],
    [['su_1', '--sent', 'PB1', '--not-sent', '--evidence', 'x']],
  ])('asks for one answer: %o', async (args) => {
    expect((await run(resolve, ...args)).code).toBe(2);
  });

  it('says that there is no such submission', async () => {
    const { code, said } = await run(resolve, 'su_none', '--sent', 'PB1');
    expect(code).toBe(1);
    expect(said).toMatch(/^There is no such submission/);
  });
});

describe('purser key revoke', () => {
  it('says that there is no such key', async () => {
    const { code, said } = await run(key, 'revoke', 'ak_none');
    expect(code).toBe(1);
    expect(said).toMatch(/^There is no such key/);
  });
});

describe('purser ledger', () => {
  it('counts one difference as one', async () => {
    const { said } = await run(ledger, 'verify');
    expect(said).toMatch(/^The books are clean: \d+ rules, no difference\.$/);
  });
});

describe('purser outbox', () => {
  it('shows the links of mails that wait, to whoever sits at the machine', async () => {
    expect((await run(outbox)).said).toBe('The outbox is empty.');
    await house.ask('POST', '/api/admin/payees', { externalId: 'ana', email: 'ana@example.com' });
    await house.ask('POST', '/api/payee/sign-in', { email: 'ana@example.com' }, { key: null });
    const { code, said } = await run(outbox);
    expect(code).toBe(0);
    expect(said).toMatch(/waiting {2}ana@example\.com {2}Your sign-in link, ana\n {4}http\S+\?token=\S{43}$/);
    house.clock.ms += 15 * 60_000;
    expect((await run(outbox)).said).toMatch(/expired {2}a\*\*\*@example\.com {2}Your sign-in link, ana$/);
  });
});

describe('purser pay-approved', () => {
  it('pays nobody without --yes, and what is approved with it', async () => {
    expect(await run(payApproved)).toMatchObject({
      code: 3,
      said: expect.stringContaining('Nothing was paid'),
    });
    const none = await run(payApproved, '--yes', '--no-wait');
    expect(none).toMatchObject({ code: 1, said: expect.stringContaining('Nobody') });
    await seed(house, 'asked', [winner('asked', 9)]);
    const body = { payeeId: 'asked-user9', amount: 500, currency: 'USD' };
    const { body: made } = await house.ask('POST', '/api/admin/payouts', body);
    const approve = { payoutIds: [made['id']] };
    await house.ask('POST', '/api/admin/payouts/approve', approve, { key: house.keys.approver });
    expect((await run(payApproved, '--yes', '--no-wait')).code).toBe(0);
    const { body: payout } = await house.ask('GET', `/api/admin/payouts/${String(made['id'])}`);
    expect(payout).toMatchObject({ status: 'queued' });
    await settle(house);
  });
});
