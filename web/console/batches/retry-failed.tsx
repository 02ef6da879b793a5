import { type ButtonProps, Checkbox, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { count, moneyList } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { bucketTotals, type Counts } from './buckets.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';

interface RetryFailedProps extends Pick<ButtonProps, 'variant' | 'size'> {
  readonly batchId: string;
  readonly counts: Counts;
  /** Why it cannot be done now, beside what the role says; null: it can. */
  readonly reason: string | null;
  readonly onStarted: (batchId: string) => void;
}

/** What failed in a batch, as a new batch. Asked twice, the server answers with the same one. */
export function RetryFailed({ batchId, counts, reason, onStarted, ...looks }: RetryFailedProps) {
  const { t } = useTranslation('batches');
  const [opened, dialog] = useDisclosure(false);
  const [accepts, setAccepts] = useState(false);
  const mayPay = useMay('operate');
  const total = moneyList(bucketTotals(counts, 'failed'));
  const label = t('retry.confirm', { count: counts.failed, n: count(counts.failed), total });
  const retry = useDeed(
    (acceptShortfall: boolean, idempotencyKey) =>
      api.post('/payout-batches/{batchId}/retry-failed', {
        params: { batchId },
        body: { acceptShortfall },
        idempotencyKey,
      }),
    {
      what: () => label,
      onDone: (started) => {
        dialog.close();
        tell(
          started.replayed
            ? t('retry.replayed', { id: started.batchId })
            : t('retry.started', { count: started.totalItems }),
        );
        onStarted(started.batchId);
      },
    },
  );
  return (
    <>
      <ReasonedButton
        below
        {...looks}
        reason={mayPay ? reason : t('noRight')}
        onClick={() => {
          retry.reset();
          dialog.open();
        }}
      >
        {t('retry.button')}
      </ReasonedButton>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title={t('retry.title')}
        confirm={label}
        cancel={t('close')}
        pending={retry.isPending}
        onConfirm={() => retry.mutate(accepts)}
      >
        <Text>{t('retry.lead', { count: counts.failed, n: count(counts.failed), total })}</Text>
        <Text c="dimmed" size="sm">
          {t('retry.safe')}
        </Text>
        {isProblem(retry.error, 'insufficient_float') && (
          <Checkbox
            label={t('retry.accept')}
            checked={accepts}
            onChange={(event) => setAccepts(event.currentTarget.checked)}
          />
        )}
        {retry.error !== null && <TroubleNote error={retry.error} />}
      </Confirm>
    </>
  );
}
