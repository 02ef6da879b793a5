import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { count } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { BatchProgress } from '../../client/types.ts';
import { isOver } from './batch-query.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';

/** Takes back what is proven unsent; what has left travels on. */
export function CancelBatch({ batch }: { readonly batch: BatchProgress }) {
  const { t } = useTranslation('batches');
  const [opened, dialog] = useDisclosure(false);
  const mayPay = useMay('operate');
  const cancel = useDeed(
    (_: null, idempotencyKey) =>
      api.post('/payout-batches/{batchId}/cancel', { params: { batchId: batch.id }, idempotencyKey }),
    {
      what: () => t('cancel.confirm'),
      onDone: ({ cancelled, stillOnTheWay }) => {
        dialog.close();
        const message = t('cancel.done', { cancelled: count(cancelled), onTheWay: count(stillOnTheWay) });
        tell(message);
      },
    },
  );
  if (isOver(batch)) return null;
  return (
    <>
      <ReasonedButton
        below
        variant="default"
        reason={mayPay ? null : t('noRight')}
        onClick={() => {
          cancel.reset();
          dialog.open();
        }}
      >
        {t('cancel.button')}
      </ReasonedButton>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title={t('cancel.title')}
        confirm={t('cancel.confirm')}
        danger
        cancel={t('close')}
        pending={cancel.isPending}
        onConfirm={() => cancel.mutate(null)}
      >
        <Text>{t('cancel.lead')}</Text>
        {batch.submissions.some(({ status }) => status === 'sending') && (
          <Text mt="sm">{t('cancel.awaited')}</Text>
        )}
        {cancel.error !== null && <TroubleNote error={cancel.error} />}
      </Confirm>
    </>
  );
}
