import { describe, expect, test } from 'vitest';
import { connect, firstItem, item, openSandbox, type Client } from './support.ts';

const settleSeconds = 10;

async function statusOf(
  client: Client,
  batchId: string,
): Promise<{ status: string; error: string | undefined }> {
  const { body } = await client.call('GET', `/v1/payments/payouts/${batchId}`);
  const first = firstItem(body);
  return { status: first.transaction_status, error: first.errors?.name };
}

describe('the word after + in the receiver', () => {
  test.each([
    ['', 'SUCCESS', undefined, 'SUCCESS'],
    ['+failed', 'FAILED', 'RECEIVER_ACCOUNT_LOCKED', 'FAILED'],
    ['+unclaimed', 'UNCLAIMED', 'RECEIVER_UNREGISTERED', 'UNCLAIMED'],
    ['+returned', 'UNCLAIMED', 'RECEIVER_UNREGISTERED', 'RETURNED'],
    ['+onhold', 'ONHOLD', 'REGULATORY_PENDING', 'ONHOLD'],
    ['+blocked', 'BLOCKED', 'REGULATORY_BLOCKED', 'BLOCKED'],
    ['+reversed', 'SUCCESS', undefined, 'REVERSED'],
    ['+refunded', 'SUCCESS', undefined, 'REFUNDED'],
    ['+denied', 'DENIED', 'RISK_DECLINE', 'DENIED'],
  ])('%s: pending, then %s (%s), in the end %s', async (word, first, error, last) => {
    const client = await openSandbox({ settleMs: settleSeconds * 1000 });
    const mail = client.batchId(await client.create([item(`ann${word}@example.com`)]));
    const account = client.batchId(
      await client.create([{ ...item(`ABC123${word}`), recipient_type: 'PAYPAL_ID' }]),
    );
    for (const batch of [mail, account]) expect((await statusOf(client, batch)).status).toBe('PENDING');
    await client.advance(settleSeconds + 1);
    for (const batch of [mail, account])
      expect(await statusOf(client, batch)).toEqual({ status: first, error });
    await client.advance(settleSeconds * 3);
    for (const batch of [mail, account]) expect((await statusOf(client, batch)).status).toBe(last);
  });

  test('+slow stays pending ten times longer, holds its batch open, and goes with other words', async () => {
    const client = await openSandbox({ settleMs: settleSeconds * 1000 });
    const batch = client.batchId(
      await client.create([item('ann+slow+failed@example.com'), item('b@example.com')]),
    );
    await client.advance(settleSeconds * 9);
    const { body } = await client.call('GET', `/v1/payments/payouts/${batch}`);
    expect(body.batch_header.batch_status).toBe('PROCESSING');
    expect(body.items.map((entry) => entry.transaction_status)).toEqual(['PENDING', 'SUCCESS']);
    await client.advance(settleSeconds * 2);
    expect((await statusOf(client, batch)).status).toBe('FAILED');
  });

  test('an unclaimed payout goes back after 30 days', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const batch = client.batchId(await client.create([item('ann+unclaimed@example.com')]));
    await client.advance(29 * 86_400);
    expect((await statusOf(await connect(client.url), batch)).status).toBe('UNCLAIMED');
    await client.advance(2 * 86_400);
    expect((await statusOf(await connect(client.url), batch)).status).toBe('RETURNED');
  });

  test('other words and phone numbers mean nothing', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const phone = { ...item('+15551234567'), recipient_type: 'PHONE' };
    for (const receiver of [item('ann+news@example.com'), item('ann@failed.example.com'), phone]) {
      const batch = client.batchId(await client.create([receiver]));
      expect((await statusOf(client, batch)).status).toBe('SUCCESS');
    }
  });
});
