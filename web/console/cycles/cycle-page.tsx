import { Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Cycle } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { LeftOutFiles } from '../import/left-out-files.tsx';
import { ActiveNote } from './active-note.tsx';
import {
  cycleQuery,
  isBusy,
  isRunProvider,
  namesItself,
  previewQuery,
  type RunProvider,
} from './cycle-query.ts';
import { DryRun } from './dry-run.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { PayPanel } from './pay-panel.tsx';
import { ProgressDialog } from './progress-dialog.tsx';
import { useFollowing } from './progress.ts';
import { Ribbon } from './ribbon.tsx';

/** One cycle: who can be paid, the run, what became of it. */
export function CyclePage() {
  const { t } = useTranslation(['cycles', 'batches']);
  const { cycleId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(cycleQuery(cycleId));
  if (data !== undefined) return <CycleView cycle={data} />;
  return (
    <>
      <PageHead title={t('cycle', { id: cycleId })} />
      {error === null ? <Skeleton h={240} /> : <TroubleNote error={error} onRetry={() => void refetch()} />}
    </>
  );
}

function CycleView({ cycle }: { readonly cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const [filters, change] = useFilters();
  const following = useFollowing(cycle);
  const provider = providerOf(cycle, filters['provider']);
  const [leaveOut, setLeaveOut] = useState(true);
  // In mid-run it would change every second, and be asked for as often.
  const preview = useQuery({ ...previewQuery(cycle.id, provider, leaveOut), enabled: !isBusy(cycle) });
  const showHistory = () => change({ history: 'open' });
  const current = preview.isPlaceholderData || isBusy(cycle) ? undefined : preview.data;
  return (
    <Stack gap="lg">
      <PageHead
        title={cycle.name || t('cycle', { id: cycle.id })}
        lead={t(namesItself(cycle) ? `state.${cycle.status}` : `lead.${cycle.status}`, { id: cycle.id })}
        actions={
          cycle.lastCompletedBatchId === null && (
            <Button variant="default" onClick={showHistory}>
              {t('history.button')}
            </Button>
          )
        }
      />
      <ActiveNote cycle={cycle} onShow={following.open} />
      <Ribbon cycle={cycle} onStarted={following.open} onHistory={showHistory} />
      <PayPanel
        cycle={cycle}
        provider={provider}
        preview={current}
        tried={isBusy(cycle) ? [] : (preview.data?.triedBefore ?? [])}
        leaveOut={leaveOut}
        onLeaveOut={setLeaveOut}
        onPreview={async () => (await preview.refetch()).data}
        onStarted={following.open}
      />
      <DryRun preview={preview} paused={isBusy(cycle)} />
      <LeftOutFiles cycleId={cycle.id} />
      <ProgressDialog following={following} />
      <HistoryDrawer
        cycle={cycle}
        opened={filters['history'] === 'open'}
        onClose={() => change({ history: '' })}
        onStarted={(batchId) => {
          change({ history: '' });
          following.open(batchId);
        }}
      />
    </Stack>
  );
}

/** The provider of the address, else the first with somebody to pay. */
function providerOf(cycle: Cycle, wanted: string | undefined): RunProvider {
  const offered = cycle.eligibleByProvider.map(({ provider }) => provider);
  const first = offered.find((provider) => isRunProvider(provider));
  if (isRunProvider(wanted) && (offered.includes(wanted) || first === undefined)) return wanted;
  return first ?? 'paypal';
}
