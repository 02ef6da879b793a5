import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { count } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { BatchProgress } from '../../client/types.ts';
import { isOver } from './batch-query.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ReasonButton } from './reason-button.tsx';
import { tell } from './tell.ts';

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
      <ReasonButton
        variant="default"
        reason={mayPay ? null : t('noRight')}
        onClick={() => {
          cancel.reset();
          dialog.open();
        }}
      >
        {t('cancel.button')}
      </ReasonButton>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('cancel.title')}
        confirm={t('cancel.confirm')}
        color="red"
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(null)}
      >
        <Text>{t('cancel.lead')}</Text>
      </ConfirmDialog>
    </>
  );
}
