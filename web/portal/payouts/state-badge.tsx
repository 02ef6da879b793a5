import { Badge } from '@mantine/core';
import type { OwnPayout } from '../../client/types.ts';
import { colorOf } from './look.ts';

/** The state in the words of the API. */
export function StateBadge({
  payout,
  size = 'md',
}: {
  readonly payout: Pick<OwnPayout, 'status' | 'waitingOn' | 'label'>;
  readonly size?: 'md' | 'lg';
}) {
  return (
    <Badge
      className={size === 'lg' ? 'portal-badge portal-badge-wide' : 'portal-badge'}
      color={colorOf(payout)}
      variant="light"
      size={size}
    >
      {payout.label}
    </Badge>
  );
}
