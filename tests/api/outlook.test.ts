import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvals } from '../../src/cli/approval-queue.ts';
import { approve } from '../../src/cli/approvals.ts';
import { why } from '../../src/cli/why.ts';
import { runAt } from './command-line.ts';
import { operatorMoment } from '../../src/core/when.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { asPayee, dayMs, request, sell, ticketHouse } from './tickets.ts';

// What a newcomer asks of a payee and of the queue of approvals, and what they hear.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const outlook = async (id: string) => (await house.ask('GET', `/api/admin/payees/${id}/outlook`)).body;
const asApprover = (path: string, body: unknown) =>
  house.ask('POST', `/api/admin/payouts/${path}`, body, { key: house.keys.approver });

describe('purser why PAYEE', () => {
  it('says that they can be paid, what is available and what is under way', async () => {
    await sell(house, 'ana', 7);
    expect(await outlook('ana')).toMatchObject({
      canBePaid: true,
      headline: 'ana can be paid: 63.00 USD is available.',
      blocks: [],
      balances: [
        {
          currency: 'USD',
          available: 6300,
          request: { possible: true, words: 'They can ask for 63.00 USD now.' },
        },
      ],
      underWay: [],
    });
    const id = await request(house, 'ana');
    const { code, said } = await runAt(house, why, ['ana']);
    expect(code).toBe(0);
    expect(said).toContain('63.00 USD reserved');
    expect(said).toContain('USD: a payout was asked for already');
    expect(said).toContain(`${id}  63.00 USD  Needs approval (waiting on: approver)`);
  });

  it('says everything that is in the way, and whose turn it is', async () => {
    await sell(house, 'ben', 1);
    const other = { type: 'paypal', destination: 'ben2@example.com' };
    await house.ask('POST', '/api/admin/payees/ben/payout-methods', other);
    await house.ask('POST', '/api/admin/payees/ben/hold', { reason: 'invoice missing' });
    const ends = new Date(house.clock.ms + 3 * dayMs).toISOString();
    const body = await outlook('ben');
    expect(body).toMatchObject({ canBePaid: false });
    expect(body['blocks']).toEqual([
      {
        kind: 'on_hold',
        words: 'On hold: invoice missing. Release the payee to pay them.',
        until: null,
        waitingOn: 'you',
      },
      {
        kind: 'cooling_off',
        words: `The payout method changed and is paid to only after its cool-off until ${operatorMoment(house.deps.calendar.zone, new Date(ends))}.`,
        until: ends,
        waitingOn: 'clock',
      },
    ]);
    const { said } = await runAt(house, why, ['ben']);
    expect(said).toMatch(/^ben cannot be paid now\. On hold: invoice missing/);
    expect(said).toContain(
      'They can ask for 9.00 USD, and the least request is 50.00 USD: 41.00 USD is missing.',
    );
    expect(said).not.toContain('nextAvailableAt');
  });

  it('says of nobody that there is neither a payout nor a payee', async () => {
    expect(await runAt(house, why, ['nobody'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no payout and no payee nobody.'),
    });
    await house.ask('POST', '/api/admin/payees', { externalId: 'empty' });
    expect((await outlook('empty'))['blocks']).toMatchObject([{ kind: 'no_method', waitingOn: 'payee' }]);
    expect((await runAt(house, why, ['empty', '--payee', '--json'])).said).toContain('"canBePaid":false');
  });
});

describe('what a failed payout holds', () => {
  it('is named as its own, and is neither available to a request nor under way', async () => {
    await seed(house, 'tied', [winner('tied', 1, { payeeExternalId: 'kwame' })]);
    const batch = await start(house, 'tied');
    await settle(house, () => 'failed');
    const words =
      '10.00 USD belongs to a payout that failed or came back; it is paid by retrying that payout, not by a new request.';
    const body = await outlook('kwame');
    expect(body).toMatchObject({
      canBePaid: false,
      blocks: [{ kind: 'account_not_ready', waitingOn: 'payee' }],
      balances: [{ available: 1000, inFailed: 1000, request: { possible: false } }],
    });
    const [balance] = body['balances'] as { request: { words: string } }[];
    expect(balance?.request.words).toMatch(
      /^Nothing is free for a new request, which is at least 50\.00 USD\. /,
    );
    expect(balance?.request.words).toContain(words);
    const own = asPayee(house, 'kwame');
    expect((await own('GET', '/balance')).body).toMatchObject({
      balances: [
        { inFailed: 1000, note: expect.stringMatching(/^10\.00 USD belongs to a payment that failed/) },
      ],
    });
    const no = (await own('POST', '/payout-quote', {})).body;
    expect(no).toMatchObject({ code: 'below_minimum', inFailed: { USD: 1000 } });
    expect(no['actionRequired']).toContain('not by a new request');
    await house.ask('POST', '/api/admin/payees/kwame/payout-methods', {
      type: 'paypal',
      destination: 'kwame2@example.com',
    });
    house.clock.ms += 4 * dayMs;
    expect(await outlook('kwame')).toMatchObject({
      canBePaid: true,
      headline: `User 1 can be paid, but nothing is free for a new request. ${words}`,
    });
    await house.ask('POST', `/api/admin/payout-batches/${batch}/retry-failed`);
    await settle(house, () => 'completed');
    expect((await own('GET', '/balance')).body).toMatchObject({ balances: [{ inFailed: 0, note: null }] });
  });
});

describe('purser approvals', () => {
  it('lists what waits with amounts, warnings and the hash of what is seen', async () => {
    const shared = { payoutMethod: { type: 'paypal', destination: 'ana@example.com' } };
    await sell(house, 'twin', 6, { payee: { name: 'Twin', ...shared } });
    const id = await request(house, 'twin');
    const { approval } = (await see(id)) as { approval?: { approvalHash: string } };
    const { said } = await runAt(house, approvals, []);
    expect(said).toContain(`${id}  54.00 USD  Twin (twin) to paypal a***@example.com`);
    expect(said).toContain('! 1 other payee is paid to the same account.');
    expect(said).toContain('! Nothing has arrived at this payout method before.');
    expect(said).toContain(`hash ${approval?.approvalHash}`);
    expect(said).toContain('2 payouts, 117.00 USD.');
  });
});

describe('purser approve', () => {
  const key = () => house.keys.approver;

  it('shows what it approves with its warnings, and approves nothing that nobody confirmed', async () => {
    await sell(house, 'shown', 6);
    const id = await request(house, 'shown');
    const alone = await runAt(house, approve, [id], { key: key() });
    expect(alone.code).toBe(3);
    expect(alone.said).toContain('54.00 USD  shown (shown) to paypal s***@example.com');
    expect(alone.said).toContain('There is 1 warning. Add --yes to approve.');
    const denied = await runAt(house, approve, [id], { key: key(), answer: 'no' });
    expect(denied).toMatchObject({ code: 3, said: expect.stringContaining('Nothing was approved.') });
    expect(await see(id)).toMatchObject({ status: 'pending_approval' });
    expect((await runAt(house, approve, [id], { key: key(), answer: 'yes' })).said).toContain(
      `${id}  approved`,
    );
    expect(await see(id)).toMatchObject({ status: 'approved' });
  });

  it('says of what was done before by whom and when, and keeps who approved after the payment', async () => {
    await sell(house, 'twice', 6);
    const id = await request(house, 'twice');
    await runAt(house, approve, [id, '--yes'], { key: key() });
    const at = new Date(house.clock.ms).toISOString();
    house.clock.ms += 60_000;
    const told = (moment: string) => operatorMoment('UTC', new Date(moment));
    const words = `This has been done already: approved by approver key on ${told(at)}. Nothing was changed.`;
    expect((await runAt(house, approve, [id, '--yes'], { key: key() })).said).toContain(words);
    await asApprover('mark-paid', { payoutId: id, paymentReferenceId: 'R-9' });
    const paidAt = new Date(house.clock.ms).toISOString();
    house.clock.ms += 60_000;
    const again = await asApprover('mark-paid', { payoutId: id, paymentReferenceId: 'R-10' });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_processed', doneAt: paidAt } });
    expect(again.body['userMessage']).toContain(`marked paid by approver key on ${told(paidAt)}`);
    expect((await asApprover('approve', { payoutIds: [id] })).body['userMessage']).toBe(words);
    expect(await see(id)).toMatchObject({
      status: 'completed',
      approval: { approvals: [{ by: 'approver key', at }], approversNeeded: 1 },
    });
  });

  it('keeps who approved while a provider pays, and asks anew for what waits again', async () => {
    await sell(house, 'sent', 6);
    const id = await request(house, 'sent');
    await runAt(house, approve, [id, '--yes'], { key: key() });
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await settle(house, () => 'failed');
    const failed = await see(id);
    expect(failed).toMatchObject({ status: 'failed', approval: { approvals: [{ by: 'approver key' }] } });
    await house.ask('POST', '/api/admin/payouts/resubmit', { payoutIds: [id] });
    expect(await see(id)).toMatchObject({ status: 'pending_approval', approval: { approvals: [] } });
  });
});

describe('what is set where nothing was set', () => {
  it('is shown: the least request of every currency', async () => {
    await house.ask('PATCH', '/api/admin/settings', { minimumPayout: { EUR: 700 } });
    const { body } = await house.ask('GET', '/api/admin/settings');
    expect(body['minimumPayout']).toEqual({ EUR: 700 });
    expect(body['minimumPayoutInEffect']).toMatchObject({ EUR: 700, USD: 5000, JPY: 50 });
  });

  it('is said to a payee below the minimum without a time that there is none for', async () => {
    await sell(house, 'low', 1);
    const { body } = await asPayee(house, 'low')('POST', '/request-payout', {});
    expect(body).toMatchObject({ code: 'below_minimum' });
    expect(body['nextAvailableAt']).toBeUndefined();
    expect(body['actionRequired']).not.toContain('nextAvailableAt');
    await sell(house, 'low', 1, { availableAt: new Date(house.clock.ms + dayMs).toISOString() }, 1);
    const later = await asPayee(house, 'low')('POST', '/request-payout', {});
    expect(later.body['nextAvailableAt']).toBeDefined();
  });
});
