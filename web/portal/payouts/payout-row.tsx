import { Stack, Text } from '@mantine/core';
import { money } from '../../app/format.ts';
import type { OwnPayout } from '../../client/types.ts';
import { PageLink, places } from '../page-link.tsx';
import { useWhen } from '../reader.ts';
import { StateBadge } from './state-badge.tsx';

/** One payout in a list; the whole row leads to it. */
export function PayoutRow({ payout }: { readonly payout: OwnPayout }) {
  const when = useWhen();
  return (
    <PageLink to={places.payout(payout.id)} className="portal-row">
      <Stack gap={2} miw={0}>
        <Text component="span" fw={600} className="amount">
          {money(payout.amount, payout.currency)}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {when.day(payout.completedAt ?? payout.createdAt)}
        </Text>
      </Stack>
      <StateBadge payout={payout} />
    </PageLink>
  );
}
