import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Batch } from '../../client/types.ts';

const colors: Readonly<Record<Batch['status'], string>> = {
  preparing: 'sea',
  processing: 'sea',
  completed: 'teal',
  cancelled: 'gray',
  failed: 'red',
};

/** How a batch stands, in a word. `resting`: only its provider can move it. */
export function BatchBadge({
  status,
  resting = false,
}: {
  readonly status: Batch['status'];
  readonly resting?: boolean;
}) {
  const { t } = useTranslation('batches');
  const key = resting && status === 'processing' ? 'resting' : status;
  return (
    <Badge variant="dot" color={colors[status]} tt="none" fw={500}>
      {t(`status.${key}`)}
    </Badge>
  );
}
