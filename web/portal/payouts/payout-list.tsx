import { Paper } from '@mantine/core';
import type { OwnPayout } from '../../client/types.ts';
import { PayoutRow } from './payout-row.tsx';

export function PayoutList({
  payouts,
  name,
}: {
  readonly payouts: readonly OwnPayout[];
  /** Read by screen readers as the name of the list. */
  readonly name: string;
}) {
  return (
    <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
      <ul className="portal-list" aria-label={name}>
        {payouts.map((payout) => (
          <li key={payout.id}>
            <PayoutRow payout={payout} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}
