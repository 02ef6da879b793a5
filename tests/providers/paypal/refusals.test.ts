import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCreate } from '../../../src/providers/paypal/outcome.ts';
import { frozen, nowMs, provider, refusal, scriptedPaypal, sent } from './scripted.ts';
import { needsSpecs, recordings, specsAbsent } from './specs.ts';

const original = 'https://api-m.sandbox.paypal.com/v1/payments/payouts/86VAGPKAJ74YL';
const used = 'Batch with given sender_batch_id already exists';

describe('trap 5, same key, other body: a used key is a duplicate to compare, never an acceptance or a refusal', () => {
  const field = 'SENDER_BATCH_ID';
  const link = (href: string) => [{ href, rel: 'self', method: 'GET' }];
  test.each([
    ['with a link in the detail', [{ field, location: 'body', issue: used, link: link(original) }], {}],
    ['with links in the detail', [{ field, issue: used, links: link(original) }], {}],
    ['with a link that is no list', [{ field, issue: used, link: link(original)[0] }], {}],
    ['with a link at the top', [{ field, issue: used }], { links: link(original) }],
    ['with a relative link', [{ field, issue: used, link: link('/v1/payments/payouts/86VAGPKAJ74YL') }], {}],
    ['with a query behind the id', [{ field, issue: used, link: link(`${original}?page=1`) }], {}],
    ['with nothing but a link', [], { links: link(original) }],
  ])('%s the original is named', async (_, details, more) => {
    const outcome = await sent(refusal(400, 'USER_BUSINESS_ERROR', details, more));
    expect(outcome).toMatchObject({ kind: 'duplicate', providerBatchId: '86VAGPKAJ74YL' });
  });

  test.each([
    ['the recorded one of 2014', 'USER_BUSINESS_ERROR', [{ field, issue: 'Duplicate batch request' }]],
    ['the recorded one of today, without a link', 'USER_BUSINESS_ERROR', [{ field, issue: used }]],
    ['a field path', 'USER_BUSINESS_ERROR', [{ field: 'sender_batch_header.sender_batch_id', issue: 'no' }]],
    ['another name with the same words', 'VALIDATION_ERROR', [{ field, issue: used }]],
    [
      'a link to something else',
      'USER_BUSINESS_ERROR',
      [{ field, issue: used, link: link('https://api-m.paypal.com/v1/payments/payouts-item/ITEM123') }],
    ],
    [
      'links to two batches',
      'USER_BUSINESS_ERROR',
      [{ field, issue: used, link: [...link(original), ...link(`${original}X`)] }],
    ],
  ])('without a usable link nothing is named: %s', async (_, name, details) => {
    const outcome = await sent(refusal(400, name, details));
    expect(outcome).toMatchObject({ kind: 'duplicate', providerBatchId: null });
  });

  test.skipIf(specsAbsent)(needsSpecs('recorded answers to create calls are understood'), async () => {
    const creates = recordings().filter(
      ({ request }) => request.method === 'POST' && /\/payouts\/\?/.test(request.url),
    );
    const outcomes = await Promise.all(
      creates.map(async ({ response }) => {
        const header = response.body as {
          batch_header?: { sender_batch_header: { sender_batch_id: string } };
        };
        const providerKey = header.batch_header?.sender_batch_header.sender_batch_id ?? 'tduplicate';
        const paypal = await scriptedPaypal({ status: response.status, body: response.body });
        return provider(paypal.base).send({ ...frozen, providerKey });
      }),
    );
    const kinds = creates.map(({ response }, index) => [response.status, outcomes[index]?.kind]);
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.filter(([status, kind]) => status === 201 && kind !== 'accepted')).toEqual([]);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted', 'duplicate', 'rejected']));
  });
});

describe('a refusal', () => {
  test('of malformed items names their positions and proves that no earlier call arrived', async () => {
    const outcome = await sent(
      refusal(400, 'VALIDATION_ERROR', [
        { field: 'items[3].receiver', issue: 'Invalid receiver ada@example.com' },
        { field: '/items/7/amount/value', issue: 'Value is invalid' },
        { field: 'items[3].note', issue: 'Too long' },
        { field: 'items.9.amount.currency', issue: 'Unknown' },
        { field: 'items', issue: 'SIZE_LIMIT_EXCEEDED' },
        { field: 'items[99999].receiver', issue: 'Beyond any batch' },
      ]),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      code: 'request_invalid',
      certainAfterLoss: true,
      bad: [
        { position: 3, code: 'receiver_invalid' },
        { position: 7, code: 'amount_not_allowed' },
        { position: 9, code: 'currency_not_supported' },
      ],
    });
  });

  test.each([
    [403, 'SENDER_RESTRICTED', 'sender_restricted'],
    [403, 'SENDER_EMAIL_UNCONFIRMED', 'sender_restricted'],
    [403, 'AUTHORIZATION_ERROR', 'not_authorized'],
    [403, 'REQUIRED_SCOPE_MISSING', 'not_authorized'],
    [422, 'INSUFFICIENT_FUNDS', 'insufficient_funds'],
    [400, 'NON_HOLDING_CURRENCY', 'currency_not_supported'],
    [400, 'INVALID_REQUEST', 'request_invalid'],
    [415, 'UNSUPPORTED_MEDIA_TYPE', 'request_invalid'],
    [400, 'A_NAME_OF_TOMORROW', 'request_invalid'],
  ])('by %i %s says why, but proves nothing about an earlier call', async (status, name, code) => {
    expect(await sent(refusal(status, name))).toMatchObject({
      kind: 'rejected',
      code,
      certainAfterLoss: false,
      bad: [],
    });
  });

  test('about the length of the key is not a duplicate', async () => {
    const details = [{ field: 'sender_batch_header.sender_batch_id', issue: 'Value exceeds max length' }];
    expect((await sent(refusal(400, 'VALIDATION_ERROR', details))).kind).toBe('rejected');
  });

  test('of an item that is twice in a batch is not about the key', async () => {
    const details = [{ field: 'items[3].sender_item_id', issue: 'Duplicate item in the batch' }];
    const outcome = await sent(refusal(400, 'VALIDATION_ERROR', details));
    expect(outcome).toMatchObject({ kind: 'rejected', bad: [{ position: 3 }] });
  });

  test('a business error about something else is a refusal', async () => {
    const details = [{ field: 'ITEMS', issue: 'Not possible' }];
    const outcome = await sent(refusal(400, 'USER_BUSINESS_ERROR', details));
    expect(outcome).toMatchObject({ kind: 'rejected', certainAfterLoss: false });
  });

  test('is never read from an answer outside the five refusal statuses, whatever its body says', () => {
    const names = fc.constantFrom(
      'VALIDATION_ERROR',
      'USER_BUSINESS_ERROR',
      'INSUFFICIENT_FUNDS',
      'NEW_NAME',
    );
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), names, fc.jsonValue(), (status, name, details) => {
        const body = Buffer.from(JSON.stringify({ name, message: 'm', details }));
        const answer = { kind: 'answer', status, headers: new Headers(), body } as const;
        const outcome = judgeCreate(answer, { providerKey: 'k', nowMs, secrets: [] });
        if (![400, 403, 404, 415, 422].includes(status)) expect(outcome.kind).not.toBe('rejected');
        expect(outcome.kind).not.toBe('accepted');
      }),
    );
  });

  test('carries neither address nor secret nor token in message and evidence', async () => {
    const issue =
      'Receiver ada@example.com, phone +1 (555) 010-0100, Bearer token-1, client-secret-1, ' + 'A'.repeat(60);
    const outcome = await sent(refusal(400, 'VALIDATION_ERROR', [{ field: 'items[0].receiver', issue }]));
    const text = JSON.stringify(outcome);
    expect(text).toContain('items[0].receiver');
    expect(text).toContain('90957fca61718');
    for (const secret of ['ada@', 'example.com', '555', 'token-1', 'client-secret-1', 'AAAAAAAA']) {
      expect(text).not.toContain(secret);
    }
  });

  test('has bounded evidence', async () => {
    const details = Array.from({ length: 2000 }, (_, at) => ({
      field: `items[${at}].note`,
      issue: 'x y '.repeat(500),
    }));
    const outcome = await sent(refusal(400, 'VALIDATION_ERROR', details));
    if (outcome.kind !== 'rejected') throw new Error(outcome.kind);
    expect(outcome.bad).toHaveLength(2000);
    expect(outcome.evidence.length).toBeLessThanOrEqual(500);
    expect(outcome.message.length).toBeLessThan(1500);
  });
});
