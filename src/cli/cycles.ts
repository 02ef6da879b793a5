import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes } from './command.ts';
import { totalsText } from './progress.ts';

interface CycleView {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly eligibleCount: number;
  readonly eligibleTotals: Readonly<Record<string, number>>;
  readonly activeBatchId: string | null;
  readonly lastCompletedBatchId: string | null;
}

/** `purser cycles`: who can be paid, what is being paid, what was paid last. */
export const cycles: Command = {
  name: 'cycles',
  usage: '',
  summary: 'Lists cycles with who is eligible, the active batch and the last one.',
  options: {},
  help: [],
  positionals: { min: 0, max: 0 },
  run: (io, values) =>
    withApi(io, async (api) => {
      const { data } = await call<{ data: CycleView[] }>(api, 'GET', '/api/admin/cycles?limit=100');
      if (values['json']) io.out(JSON.stringify(data));
      else if (data.length === 0) io.out('No cycles yet. purser pay FILE --cycle ID makes one.');
      else {
        for (const cycle of data) {
          const eligible =
            cycle.eligibleCount === 0
              ? 'nobody eligible'
              : `${cycle.eligibleCount} eligible, ${totalsText(cycle.eligibleTotals)}`;
          const active = cycle.activeBatchId === null ? '' : `, being paid: ${cycle.activeBatchId}`;
          const last =
            cycle.lastCompletedBatchId === null ? '' : `, last batch ${cycle.lastCompletedBatchId}`;
          io.out(`${cycle.id}  ${cycle.name}  ${cycle.status}: ${eligible}${active}${last}`);
        }
      }
      return exitCodes.ok;
    }),
};
