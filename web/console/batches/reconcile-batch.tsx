import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';

/** Has every item compared with the provider, soon. */
export function ReconcileBatch({ batchId }: { readonly batchId: string }) {
  const { t } = useTranslation('batches');
  const mayPay = useMay('operate');
  const ask = useDeed(
    (_: null, idempotencyKey) =>
      api.post('/payout-batches/{batchId}/reconcile', { params: { batchId }, idempotencyKey }),
    { onDone: () => tell(t('reconcile.asked')) },
  );
  return (
    <>
      <ReasonedButton
        below
        variant="default"
        loading={ask.isPending}
        reason={mayPay ? null : t('noRight')}
        onClick={() => ask.mutate(null)}
      >
        {t('reconcile.button')}
      </ReasonedButton>
      {ask.error !== null && <TroubleNote error={ask.error} />}
    </>
  );
}
