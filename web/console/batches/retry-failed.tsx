import { type ButtonProps, Checkbox, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { count, moneyList } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { TriedBefore } from '../../client/types.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';
import { SaidSettled } from './said-settled.tsx';
import { retryPreviewQuery } from './batch-query.ts';
import { countOf, totalsOf } from './tried-before.ts';
import { TriedNote } from './tried-note.tsx';

interface RetryFailedProps extends Pick<ButtonProps, 'variant' | 'size'> {
  readonly batchId: string;
  /** How many failed, and minor units by currency: said until it is known what a retry takes. */
  readonly failed: number;
  readonly totals: Readonly<Record<string, number | string>>;
  /** Why it cannot be done now, beside what the role says; null: it can. */
  readonly reason: string | null;
  readonly onStarted: (batchId: string) => void;
}

/** What failed in a batch, as a new batch. Asked twice, the server answers with the same one. */
export function RetryFailed({ batchId, failed, totals, reason, onStarted, ...looks }: RetryFailedProps) {
  const { t } = useTranslation(['batches', 'again']);
  const [opened, dialog] = useDisclosure(false);
  const [accepts, setAccepts] = useState(false);
  const mayPay = useMay('operate');
  const [leaveOut, setLeaveOut] = useState(true);
  const { data } = useQuery({ ...retryPreviewQuery(batchId), enabled: opened });
  const tried = data?.triedBefore;
  const said =
    tried === undefined
      ? { count: failed, n: count(failed), total: moneyList(totals) }
      : saidOf(leaveOut ? tried.filter((one) => !one.unmended) : tried);
  const label = t('retry.confirm', said);
  const retry = useDeed(
    (asked: { acceptShortfall: boolean; leaveOutUnmended: boolean }, idempotencyKey) =>
      api.post('/payout-batches/{batchId}/retry-failed', {
        params: { batchId },
        body: asked,
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
        disabled={tried === undefined || said.count === 0}
        onConfirm={() => retry.mutate({ acceptShortfall: accepts, leaveOutUnmended: leaveOut })}
      >
        <Text>{t('retry.lead', said)}</Text>
        {tried === undefined ? (
          <Skeleton h={80} aria-label={t('again:looking')} />
        ) : (
          <TriedNote
            of="batch"
            tried={tried}
            leaveOut={leaveOut}
            onChange={setLeaveOut}
            whole={countOf(tried)}
          />
        )}
        <SaidSettled of="batch" said={data?.settled ?? []} />
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

/** How many are retried and what that comes to. */
function saidOf(tried: readonly TriedBefore[]) {
  const many = countOf(tried);
  return { count: many, n: count(many), total: moneyList(totalsOf(tried)) };
}
