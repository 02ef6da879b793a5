import { readPayFile } from '../wire/pay-file.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { ensureCycle, importEarnings } from './import-earnings.ts';
import { importLegacy } from './import-legacy.ts';
import { importRates } from './import-rates.ts';
import { saveErrors } from './pay-check.ts';

/** `purser import payees|earnings|legacy|rates FILE`: record without paying. */
export const importFile: Command = {
  name: 'import',
  usage:
    'payees|earnings|legacy|rates FILE [--cycle ID] [--source winner] [--skip-invalid] [--dry-run] [--accept-jump]',
  summary:
    'Records payees, payees and what they earned, payouts that an earlier system sent, or exchange rates, from a CSV file. Pays nobody.',
  options: {
    cycle: { type: 'string' },
    source: { type: 'string' },
    'skip-invalid': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    'accept-jump': { type: 'boolean' },
  },
  help: [
    '--cycle ID        with earnings: the cycle they belong to; with legacy: the cycle that was paid',
    '--dry-run         with legacy: say what would be matched, and write nothing',
    '--source TYPE     with earnings: what the references name, default winner',
    '--accept-jump     with rates: enter also what is far from the last rate of its pair',
    '--skip-invalid    leave bad rows out and record the others',
  ],
  positionals: { min: 2, max: 2 },
  run: (io, values, [what = '', file = '']) => {
    const cycle = text(values, 'cycle');
    if (what === 'legacy') {
      const options = { file, cycle, dryRun: values['dry-run'] === true, json: values['json'] === true };
      return withApi(io, (api) => importLegacy(io, api, options), true);
    }
    if (what === 'rates') return importRates(io, file, values);
    if (what !== 'payees' && what !== 'earnings') {
      io.err(
        `purser import ${what} is not known; use payees, earnings, legacy or rates. Nothing was recorded.`,
      );
      return Promise.resolve(exitCodes.usage);
    }
    if (what === 'earnings' && cycle === null) {
      io.err('Say which cycle the earnings belong to: --cycle ID. Nothing was recorded.');
      return Promise.resolve(exitCodes.usage);
    }
    return withApi(io, (api) => run(io, api, { file, cycle, values }), true);
  },
};

async function run(
  io: Io,
  api: ApiClient,
  input: { file: string; cycle: string | null; values: Values },
): Promise<number> {
  const { file, cycle, values } = input;
  const checked = await readPayFile(file);
  if (!checked.ok) {
    io.err(`${checked.issue.message} ${checked.issue.howToFix} Nothing was recorded.`);
    return exitCodes.decision;
  }
  const skipInvalid = values['skip-invalid'] === true;
  if (checked.summary.badRows > 0) {
    await saveErrors(io, file);
    if (!skipInvalid) {
      io.err('Nothing was recorded. Correct the file, or add --skip-invalid.');
      return exitCodes.decision;
    }
  }
  if (cycle === null) return importPayees(io, api, file, values['json'] === true);
  await ensureCycle(api, cycle);
  const options = {
    file,
    cycle,
    source: text(values, 'source') ?? 'winner',
    skipInvalid,
    json: values['json'] === true,
  };
  const imported = await importEarnings(io, api, options, checked.summary);
  if (imported === null) return exitCodes.decision;
  const { created, unchanged } = imported;
  io.out(
    values['json']
      ? JSON.stringify({ created, unchanged })
      : `${created} earnings recorded, ${unchanged} were known. Nobody was paid.`,
  );
  return exitCodes.ok;
}

async function importPayees(io: Io, api: ApiClient, file: string, json: boolean): Promise<number> {
  const seen = new Set<string>();
  await readPayFile(file, {
    onBatch: async ({ rows }) => {
      const payees = rows
        .filter((row) => !seen.has(row.payeeExternalId))
        .map((row) => ({
          externalId: row.payeeExternalId,
          ...(row.name === null ? {} : { name: row.name }),
          ...(row.email === null ? {} : { email: row.email }),
          ...(row.destination === null
            ? {}
            : {
                payoutMethod: {
                  type: row.method,
                  kind: row.destination.kind,
                  destination: row.destination.value,
                },
              }),
        }));
      for (const payee of payees) seen.add(payee.externalId);
      const distinct = [...new Map(payees.map((payee) => [payee.externalId, payee])).values()];
      if (distinct.length > 0) await call(api, 'POST', '/api/admin/payees/bulk', { payees: distinct });
    },
  });
  io.out(json ? JSON.stringify({ payees: seen.size }) : `${seen.size} payees recorded. Nobody was paid.`);
  return exitCodes.ok;
}
