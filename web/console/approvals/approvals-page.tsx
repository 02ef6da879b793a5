import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PayApproved } from './pay-approved.tsx';
import { QueueHead } from './queue-head.tsx';
import { useWaiting } from './queue-query.ts';
import { Queue } from './queue.tsx';

/** What waits for a yes or a no. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const waiting = useWaiting();
  const { data, error, refetch } = waiting;
  const rows = data?.pages.flatMap((page) => page.data);
  return (
    <>
      <PageHead
        title={t('approvals')}
        lead={t('lead')}
        actions={
          <Button component={Link} to="/approvals/by-hand" variant="default">
            {t('byHand')}
          </Button>
        }
      />
      <PayApproved />
      <QueueHead />
      {error !== null && rows === undefined && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {rows === undefined && error === null && <Skeleton h={240} />}
      {rows !== undefined && (
        <Queue rows={rows} empty={<Empty title={t('empty')}>{t('emptyWords')}</Empty>} />
      )}
      <MoreButton list={waiting}>{t('more')}</MoreButton>
    </>
  );
}
