import { describe, expect, test } from 'vitest';
import { reasonCodes } from '../../../src/core/reasons.ts';
import { meaningOfCode } from '../../../src/providers/stripe/errors.ts';
import { page, refusal, replayed, sent, transfer } from './scripted.ts';
import type { Scripted } from './scripted.ts';

describe('a definitive refusal moved nothing and sticks to its key', () => {
  test.each([
    ['balance_insufficient', 'insufficient_funds', 'temporary', true],
    ['insufficient_funds', 'insufficient_funds', 'temporary', true],
    ['amount_too_large', 'amount_not_allowed', 'permanent', true],
    ['parameter_unknown', 'request_invalid', 'permanent', true],
    ['transfers_not_allowed', 'sender_restricted', 'permanent', false],
    ['not_allowed_on_standard_account', 'receiver_account_invalid', 'permanent', false],
    ['insufficient_capabilities_for_transfer', 'receiver_not_enabled', 'permanent', false],
    ['account_closed', 'receiver_account_invalid', 'permanent', false],
  ])(
    '%s is %s, %s; by itself it proves an earlier lost call: %s',
    async (code, reason, persistence, proves) => {
      const outcome = await sent(refusal(400, code));
      expect(outcome).toMatchObject({
        kind: 'rejected',
        code: reason,
        persistence,
        certainAfterLoss: proves,
      });
      expect(JSON.stringify(outcome)).toContain('This call moved no money.');
      const again = await sent(refusal(400, code, {}, replayed));
      expect(again).toMatchObject({ kind: 'rejected', code: reason, certainAfterLoss: true });
    },
  );

  test('a missing destination is the payee’s account; a missing anything else is a request of ours', async () => {
    const destination = refusal(400, 'resource_missing', { param: 'destination' });
    expect(await sent(destination)).toMatchObject({ kind: 'rejected', code: 'receiver_account_invalid' });
    expect(await sent({ ...destination, status: 404 })).toMatchObject({ code: 'receiver_account_invalid' });
    const other = refusal(400, 'resource_missing', { param: 'source_transaction' });
    expect(await sent(other)).toMatchObject({ kind: 'rejected', code: 'request_invalid' });
  });

  test('a missing capability is known by its words when it has no code', async () => {
    const message =
      'Your destination account needs at least one of the following capabilities enabled: transfers';
    expect(await sent(refusal(400, null, { message }))).toMatchObject({ code: 'receiver_not_enabled' });
  });

  test('one of a code nobody knows proves nothing about an earlier lost call, unless Stripe replays it', async () => {
    const strange = { kind: 'rejected', code: 'request_invalid', persistence: 'unknown' };
    expect(await sent(refusal(400, 'code_of_tomorrow'))).toMatchObject({
      ...strange,
      certainAfterLoss: false,
    });
    const again = refusal(400, 'code_of_tomorrow', {}, replayed);
    expect(await sent(again)).toMatchObject({ ...strange, certainAfterLoss: true });
  });

  test('one that is decided before the key is looked at proves nothing about an earlier lost call', async () => {
    const outcome = await sent(refusal(403, 'account_invalid'));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      code: 'receiver_account_invalid',
      certainAfterLoss: false,
    });
  });

  test('its evidence is bounded and has no address, number or secret', async () => {
    const message = `ada@example.com sk_test_secret1 000123456789 ${'x '.repeat(2000)}`;
    const outcome = await sent(refusal(400, 'balance_insufficient', { message }));
    const text = JSON.stringify(outcome);
    expect(text).not.toMatch(/ada@|sk_test_secret1|000123456789/);
    expect(text.length).toBeLessThan(2500);
  });

  test('every word of the table is one people can read', () => {
    for (const code of ['account_frozen', 'no_account', 'declined', 'could_not_process', 'toString', '']) {
      expect(reasonCodes).toContain(meaningOfCode(code).reason);
    }
    expect(meaningOfCode('toString').persistence).toBe('unknown');
  });
});

describe('trap 5, same key, different body: never believed as "nothing moved"', () => {
  const otherParameters = refusal(400, null, { type: 'idempotency_error' });

  test('a transfer under our reference is handed on to be compared', async () => {
    const outcome = await sent(otherParameters, page([transfer({ id: 'tr_1Found' })]));
    expect(outcome).toMatchObject({ kind: 'duplicate', providerBatchId: 'tr_1Found' });
  });

  test.each([
    ['none', page([])],
    ['two', page([transfer({ id: 'tr_1A' }), transfer({ id: 'tr_1B' })])],
    ['no answer', { status: 500 }],
  ] as [string, Scripted][])('with %s under it, it is unknown', async (_, list) => {
    expect((await sent(otherParameters, list)).kind).toBe('unknown');
  });
});

describe('a stored failure comes back for a day, whatever had happened before', () => {
  const stored = refusal(500, null, { type: 'api_error' }, replayed);

  test('so the transfer is looked for, and compared when it is there', async () => {
    const outcome = await sent(stored, page([transfer({ id: 'tr_1Found' })]));
    expect(outcome).toMatchObject({ kind: 'duplicate', providerBatchId: 'tr_1Found' });
  });

  test('and stays unknown when it is not, as long as the key lives', async () => {
    const outcome = await sent(stored, page([]));
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(JSON.stringify(outcome)).toContain('no transfer under its reference now');
  });
});
