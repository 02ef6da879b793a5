import { Group, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { Cycle, Preview } from '../../client/types.ts';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { useWhyNot } from './why-not.ts';

interface PayButtonProps {
  readonly cycle: Cycle;
  /** Undefined while it is on its way. */
  readonly preview: Preview | undefined;
  /** Whom a run could pay, as far as that is known without the preview. */
  readonly known: number;
  /** The dialog is open: what it was opened with stays. */
  readonly isAsking: boolean;
  readonly onAsk: (preview: Preview) => void;
}

/** Pays everybody who can be paid, after one more look; none when there is nobody. */
export function PayButton({ cycle, preview, known, isAsking, onAsk }: PayButtonProps) {
  const { t } = useTranslation('cycles');
  const reason = useWhyNot(cycle);
  if (!isAsking && preview === undefined && reason === null) return <Skeleton h={44} w={180} />;
  const n = preview?.eligibleCount ?? known;
  if (!isAsking && n === 0) return null;
  return (
    <Group>
      <ReasonedButton
        below
        size="md"
        reason={reason}
        onClick={() => {
          if (preview !== undefined) onAsk(preview);
        }}
      >
        {t('pay.button', { count: n, n: count(n) })}
      </ReasonedButton>
    </Group>
  );
}
