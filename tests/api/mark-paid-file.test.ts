import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, decline } from '../../src/cli/approvals.ts';
import { httpClient } from '../../src/cli/client.ts';
import type { Command } from '../../src/cli/command.ts';
import { runCommand } from '../../src/cli/command.ts';
import { markPaid } from '../../src/cli/mark-paid.ts';
import { transferReference } from '../../src/core/hand-transfer.ts';
import { one } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { differences, request, sell, ticketHouse } from './tickets.ts';

let house: House;
let folder = '';
beforeAll(async () => {
  house = await ticketHouse();
  folder = mkdtempSync(path.join(tmpdir(), 'purser-paid-'));
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;

let people = 0;
/** A payout of 54.00 that waits for approval. */
async function asked(type = 'bank'): Promise<string> {
  const payee = `file${(people += 1)}`;
  const payoutMethod = { type, destination: `${payee}@example.com` };
  await sell(house, payee, 6, { payee: { name: payee, payoutMethod } });
  return request(house, payee);
}
async function approved(type = 'bank'): Promise<string> {
  const id = await asked(type);
  await post('approve', { payoutIds: [id] }, house.keys.approver);
  return id;
}
/** Everything that a change would change. */
async function everything() {
  return one(
    house.db,
    sql`select (select count(*) from audit_event) as events, (select count(*) from entry) as entries,
      (select sum(version) from payout) as versions`,
  );
}

describe('marking paid by file', () => {
  it('judges every row by itself, and the same file again changes nothing', async () => {
    const [good, byReference, conflict, cheap, euro, held, sent, back] = [
      await approved(),
      await approved(),
      await approved(),
      await approved(),
      await approved(),
      await approved(),
      await approved('paypal'),
      await approved(),
    ];
    const waiting = await asked();
    await post('mark-paid', { payoutId: conflict, paymentReferenceId: 'OTHER' });
    await post('hold', { payoutIds: [held], reason: 'look' });
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await post('mark-paid', { payoutId: back, paymentReferenceId: 'B-8' });
    await post('unpay', { payoutId: back, reason: 'account closed' });
    const csv = `﻿Payout ID;Amount;Currency;Payment reference;Payment date\r
${good};54.00;USD;B-1;2026-11-19\r
${transferReference(byReference).toLowerCase()};54;usd;'=B-2;\r
${conflict};54.00;USD;B-3;\r
${cheap};53.00;USD;B-4;\r
${euro};54.00;EUR;B-5;\r
${held};54.00;USD;B-6;\r
${sent};54.00;USD;B-7;\r
${back};54.00;USD;B-8;\r
${waiting};54.00;USD;B-9;\r
po_none;54.00;USD;B-10;\r
${good};54.00;USD;B-11;\r
${cheap};54,00;USD;B-12;\r
${euro};54.00;USD;;\r
${held};54.00;USD;B-13;2027-01-01\r
`;
    const got = await post('mark-paid-file', { csv }, house.keys.approver);
    expect(got.status).toBe(200);
    const results = (body: typeof got.body) =>
      (body['results'] as { result: string }[]).map((one) => one.result);
    const rest = [
      'conflict',
      'amount_differs',
      'currency_differs',
      'on_hold',
      'sent_automatically',
      'came_back',
      'not_approved',
      'not_found',
      'duplicate_in_file',
      'invalid',
      'invalid',
      'invalid',
    ];
    expect(results(got.body)).toEqual(['paid', 'paid', ...rest]);
    expect(got.body).toMatchObject({ counts: { paid: 2, invalid: 3, already_paid: 0 } });
    expect((got.body['results'] as unknown[])[3]).toMatchObject({
      line: 5,
      expectedAmount: 5400,
      message: expect.stringContaining('54.00 USD was approved, the row says 53.00 USD'),
    });
    expect(await see(good)).toMatchObject({
      status: 'completed',
      paidByHand: { paymentReferenceId: 'B-1', paymentDate: '2026-11-19' },
    });
    expect(await see(byReference)).toMatchObject({ paidByHand: { paymentReferenceId: '=B-2' } });
    for (const id of [cheap, euro, held]) expect(await see(id)).toMatchObject({ status: 'approved' });
    const before = await everything();
    const again = await post('mark-paid-file', { csv }, house.keys.approver);
    expect(results(again.body)).toEqual(['already_paid', 'already_paid', ...rest]);
    expect(await everything()).toEqual(before);
    expect(await differences(house)).toEqual([]);
  });

  it('takes rows as JSON too, in minor units, and refuses what is no list of payments', async () => {
    const id = await approved();
    const row = { payoutId: id, amount: 5400, currency: 'USD', paymentReferenceId: 'J-1' };
    const got = await post('mark-paid-file', { rows: [{ ...row, amount: '54.00' }, row] });
    expect(got.body).toMatchObject({
      results: [
        { index: 0, result: 'invalid' },
        { index: 1, result: 'paid' },
      ],
    });
    for (const body of [
      {},
      { rows: [row], csv: 'x' },
      { csv: 'a,b\n1,2\n' },
      { csv: 'payout_id,amount,currency,payment_reference\n"x' },
    ])
      expect((await post('mark-paid-file', body)).status).toBe(422);
    const many = `payout_id,amount,currency,payment_reference\n${'po_x,1.00,USD,R\n'.repeat(5001)}`;
    expect((await post('mark-paid-file', { csv: many })).text).toContain('5000');
  });
});

/** Runs a command and answers its exit code and what it said on each side. */
async function run(command: Command, ...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    interactive: false,
    signal: new AbortController().signal,
    nowMs: () => house.clock.ms,
    ask: () => Promise.resolve(''),
    connect: () => Promise.resolve(httpClient(house.url, house.keys.owner)),
  };
  return { code: await runCommand(io, command, args), out: out.join('\n'), err: err.join('\n') };
}

describe('the commands', () => {
  it('approve and decline answer per payout, and fail when one was refused', async () => {
    const [one, two, three] = [await asked(), await asked(), await asked()];
    expect(await run(approve, one, two, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${two}  approved`),
    });
    const mixed = await run(approve, one, three, '--yes');
    expect(mixed).toMatchObject({ code: 1, out: expect.stringMatching(/not approved: .*owner key/) });
    expect(await run(approve, one, '--yes')).toMatchObject({ code: 1 });
    expect((await run(decline, two)).code).toBe(2);
    const declined = await run(decline, two, '--reason', 'wrong account', '--json');
    expect(JSON.parse(declined.out)).toMatchObject({ done: 1, refused: 0 });
    expect((await run(approve, one, two, '--hash', 'x')).code).toBe(2);
  });

  it('mark-paid marks one, or a file; what does not fit is named with its line and needs a decision', async () => {
    const [one, two, three] = [await approved(), await approved(), await approved()];
    expect((await run(markPaid, one)).code).toBe(2);
    expect(
      await run(markPaid, transferReference(one), '--reference', 'C-1', '--date', '2026-11-20'),
    ).toMatchObject({
      code: 0,
      out: `${one}  Paid by hand, reference C-1`,
    });
    const file = path.join(folder, 'paid.csv');
    const header = 'payout_id,amount,currency,payment_reference\n';
    writeFileSync(file, `${header}${two},54.00,USD,C-2\n${one},54.00,USD,C-1\n`);
    expect(await run(markPaid, '--file', file)).toMatchObject({
      code: 0,
      out: '1 marked as paid, 1 were before, 0 need a decision.',
    });
    writeFileSync(file, `${header}${two},54.00,USD,C-2\nx\n${three},1.00,USD,C-3\n`);
    const mixed = await run(markPaid, '--file', file);
    expect(mixed.code).toBe(3);
    expect(mixed.out).toMatch(
      /^line 3 .*invalid.*\nline 4 .*amount_differs.*\n0 marked as paid, 1 were before, 2 need/,
    );
    const json = await run(markPaid, '--file', file, '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      counts: { already_paid: 1, invalid: 1, amount_differs: 1 },
    });
    expect(await run(markPaid, '--file', path.join(folder, 'none.csv'))).toMatchObject({ code: 3 });
  });
});
