import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../client/types.ts';

const colors = {
  you: 'orange',
  approver: 'orange',
  payee: 'grape',
  provider: 'sea',
  clock: 'gray',
  nobody: 'gray',
} as const;

/** Whose turn it is. */
export function WaitingBadge({ waitingOn }: { readonly waitingOn: Payout['waitingOn'] }) {
  const { t } = useTranslation('payouts');
  return (
    <Badge color={colors[waitingOn]} variant="light" tt="none" fw={600} miw="max-content">
      {t(`waiting.${waitingOn}`)}
    </Badge>
  );
}
