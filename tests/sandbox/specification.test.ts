import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { firstItem, item, openSandbox, readSpec, type Client } from './support.ts';

const openapi = readSpec('paypal/payments_payouts_batch_v1.json');
const behaviour = readSpec('paypal/payouts-behaviour.json') as BehaviourTable | null;
type Names = Record<string, string>;

interface BehaviourTable {
  readonly create_simulation: { positive: Names; negative: Names; http_status_observed: Names };
  readonly get_batch_simulation: { positive: string; item_error_in_200_body: Names; batch_status: Names };
  readonly get_item_simulation: { positive: string; item_error: Names };
  readonly cancel_item_simulation: { positive: string; error: Names };
}

const noTable: BehaviourTable = {
  create_simulation: { positive: {}, negative: {}, http_status_observed: {} },
  get_batch_simulation: { positive: '', item_error_in_200_body: {}, batch_status: {} },
  get_item_simulation: { positive: '', item_error: {} },
  cancel_item_simulation: { positive: '', error: {} },
};

const payouts = '/v1/payments/payouts';
const single = '/v1/payments/payouts-item';

function schemaOf(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(openapi ?? {}, 'payouts');
  return ajv.compile({ $ref: `payouts#/components/schemas/${name}` });
}

function expectShape(name: string, body: object): void {
  const validate = schemaOf(name);
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

describe.skipIf(openapi === null)('answers keep to the published OpenAPI file (skipped without it)', () => {
  test('create, batch and item, for every outcome the file knows', async () => {
    const client = await openSandbox({ settleMs: 0 });
    const words = ['', '+failed', '+unclaimed', '+returned', '+onhold', '+blocked', '+reversed', '+refunded'];
    const sent = words.map((word) => item(`a${word}@example.com`, `r${word}`));
    const created = await client.create(sent, {
      sender_batch_id: 's',
      email_subject: 'x',
      email_message: 'y',
    });
    expectShape('payout', created.body);
    for (const seconds of [0, 60]) {
      await client.advance(seconds);
      const { body } = await client.call('GET', `${payouts}/${client.batchId(created)}?total_required=true`);
      expectShape('payout_batch', body);
      for (const entry of body.items) {
        expectShape('payout_item-2', (await client.call('GET', `${single}/${entry.payout_item_id}`)).body);
      }
    }
  });

  test('requests that the sandbox takes are requests that the file allows', () => {
    expectShape('create_payout_request', { sender_batch_header: {}, items: [item('a@example.com', 'r')] });
    const validate = schemaOf('create_payout_request');
    expect(validate({ sender_batch_header: {}, items: [] })).toBe(false);
  });

  test('every refusal has the published envelope', async () => {
    const client = await openSandbox();
    const header = { sender_batch_id: 'twice' };
    await client.create([item('a@example.com')], header);
    const refusals = [
      await client.create([item('a@example.com')], header),
      await client.create([item('nobody')]),
      await client.call('POST', payouts, '{'),
      await client.call('GET', `${payouts}/NONE`),
      await client.call('GET', `${payouts}/NONE`, undefined, { authorization: 'none' }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBeGreaterThanOrEqual(400);
      expectShape('error', body);
    }
  });
});

async function createWith(client: Client, note: string): Promise<string> {
  const answer = await client.create([{ ...item('a@example.com'), note }]);
  return `${answer.status} ${answer.body.name ?? ''}`.trim();
}

describe.skipIf(behaviour === null)('every documented test value works (skipped without the table)', () => {
  const table = behaviour ?? noTable;

  test('in the note of the first item of a create', async () => {
    const client = await openSandbox();
    const { positive, http_status_observed: statuses, ...rest } = table.create_simulation;
    const negative: Names = { ...rest.negative, ERRPYO013: 'VALIDATION_ERROR' };
    for (const [note, name] of Object.entries(negative)) {
      const heard = await createWith(client, note);
      expect(heard).toMatch(new RegExp(`^${statuses[note] ?? '[45]\\d\\d'} ${name}$`));
      expect(await createWith(client, note.toLowerCase())).toBe('201');
    }
    for (const note of Object.keys(positive)) {
      expect(await createWith(client, note)).toBe('201');
    }
  });

  test('as the id of a batch', async () => {
    const client = await openSandbox();
    const simulation = table.get_batch_simulation;
    for (const [id, name] of Object.entries(simulation.item_error_in_200_body)) {
      const { status, body } = await client.call('GET', `${payouts}/${id}`);
      expect([id, status, firstItem(body).errors?.name]).toEqual([id, 200, name]);
      expectShape('payout_batch', body);
    }
    for (const [id, name] of Object.entries(simulation.batch_status)) {
      expect((await client.call('GET', `${payouts}/${id}`)).body.batch_header.batch_status).toBe(name);
    }
    const positive = await client.call('GET', `${payouts}/${simulation.positive}`);
    expect(firstItem(positive.body).transaction_status).toBe('SUCCESS');
  });

  test('as the id of an item', async () => {
    const client = await openSandbox();
    const simulation = table.get_item_simulation;
    for (const [id, name] of Object.entries(simulation.item_error)) {
      const { status, body } = await client.call('GET', `${single}/${id}`);
      expect([id, status, body.errors?.name]).toEqual([id, 200, name]);
      expectShape('payout_item-2', body);
    }
    const positive = await client.call('GET', `${single}/${simulation.positive}`);
    expect(positive.body.transaction_status).toBe('SUCCESS');
  });

  test('as the id of an item to cancel', async () => {
    const client = await openSandbox();
    const simulation = table.cancel_item_simulation;
    for (const [id, name] of Object.entries(simulation.error)) {
      const { status, body } = await client.call('POST', `${single}/${id}/cancel`, {});
      expect([id, body.name]).toEqual([id, name]);
      expect(status).toBeGreaterThanOrEqual(400);
    }
    const positive = await client.call('POST', `${single}/${simulation.positive}/cancel`, {});
    expect([positive.status, positive.body.transaction_status]).toEqual([200, 'RETURNED']);
  });
});
