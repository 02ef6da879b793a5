import { createReadStream } from 'node:fs';
import type { PaidRowResult } from '../core/hand-transfer.ts';
import { payoutNamed } from '../core/hand-transfer.ts';
import type { PaidLine } from '../wire/paid-file.ts';
import { paidRowsMax, readPaidFile } from '../wire/paid-file.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';

interface RowResult {
  readonly line: number | null;
  readonly payoutId: string | null;
  readonly result: PaidRowResult;
  readonly message: string;
}

const usage = 'PAYOUT --reference REFERENCE [--notes TEXT] [--date DAY] | --file FILE';

/** `purser mark-paid`: what was paid by hand, one by one or by a file of the bank. */
export const markPaid: Command = {
  name: 'mark-paid',
  usage,
  summary:
    'Writes down that approved payouts were paid by hand. Each row of a file is checked; nothing is sent.',
  options: {
    reference: { type: 'string' },
    notes: { type: 'string' },
    date: { type: 'string' },
    file: { type: 'string' },
  },
  help: [
    'PAYOUT            its id (po_…) or the reference of the transfer (PO…)',
    '--reference TEXT  what the bank or the operator calls the transfer',
    '--notes TEXT      anything worth knowing later',
    '--date DAY        when it was paid, as 2026-11-27',
    '--file FILE       a CSV file: payout_id,amount,currency,payment_reference,payment_date;',
    '                  run again it changes nothing',
  ],
  positionals: { min: 0, max: 1 },
  run: (io, values, [payout]) => {
    const file = text(values, 'file');
    const reference = text(values, 'reference');
    if (file !== null && payout === undefined && reference === null)
      return withApi(io, (api) => markFile(io, api, values, file));
    if (file === null && payout !== undefined && reference !== null)
      return withApi(io, (api) => markOne(io, api, values, payout, reference));
    io.err(`Usage: purser mark-paid ${usage}`);
    return Promise.resolve(exitCodes.usage);
  },
};

async function markOne(
  io: Io,
  api: ApiClient,
  values: Values,
  payout: string,
  reference: string,
): Promise<number> {
  const body = {
    payoutId: payoutNamed(payout),
    paymentReferenceId: reference,
    paymentNotes: text(values, 'notes'),
    paymentDate: text(values, 'date'),
  };
  const marked = await call<{ id: string; label: string }>(api, 'POST', '/api/admin/payouts/mark-paid', body);
  io.out(values['json'] ? JSON.stringify(marked) : `${marked.id}  ${marked.label}`);
  return exitCodes.ok;
}

/** Results that leave nothing to decide. */
const settled = new Set<PaidRowResult>(['paid', 'already_paid']);

async function markFile(io: Io, api: ApiClient, values: Values, file: string): Promise<number> {
  const read = await readFile(file);
  if (!read.ok) {
    io.err(`${read.message} Nothing was marked.`);
    return exitCodes.decision;
  }
  const results = read.lines.flatMap(({ line, problem }) =>
    problem === undefined ? [] : [bad(line, problem)],
  );
  const good = read.lines.flatMap(({ line, row }) => (row ? [{ line, row }] : []));
  for (let from = 0; from < good.length; from += paidRowsMax) {
    const part = good.slice(from, from + paidRowsMax);
    const rows = part.map(({ row }) => row);
    const path = '/api/admin/payouts/mark-paid-file';
    const answer = await call<{ results: RowResult[] }>(api, 'POST', path, { rows });
    results.push(...answer.results.map((one, index) => ({ ...one, line: part[index]?.line ?? null })));
  }
  return report(io, values, results);
}

function bad(line: number, problem: string): RowResult {
  return { line, payoutId: null, result: 'invalid', message: `${problem}. Nothing was changed.` };
}

function report(io: Io, values: Values, results: readonly RowResult[]): number {
  const counts: Partial<Record<PaidRowResult, number>> = {};
  for (const { result } of results) counts[result] = (counts[result] ?? 0) + 1;
  const open = results
    .filter(({ result }) => !settled.has(result))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (values['json']) io.out(JSON.stringify({ counts, needDecision: open }));
  else {
    for (const { line, payoutId, result, message } of open)
      io.out(`line ${line ?? '?'}  ${payoutId ?? '-'}  ${result}: ${message}`);
    const { paid = 0, already_paid: before = 0 } = counts;
    io.out(`${paid} marked as paid, ${before} were before, ${open.length} need a decision.`);
  }
  return open.length === 0 ? exitCodes.ok : exitCodes.decision;
}

type Read =
  | { readonly ok: true; readonly lines: readonly PaidLine[] }
  | { readonly ok: false; readonly message: string };

async function readFile(file: string): Promise<Read> {
  try {
    const read = await readPaidFile(createReadStream(file));
    return read.ok ? read : { ok: false, message: `${read.issue.message} ${read.issue.howToFix}` };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { ok: false, message: `There is no file ${file}.` };
    throw error;
  }
}
