import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { count, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Cycle } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Outcome } from '../status/last-runs.tsx';
import { namesItself } from './cycle-query.ts';
import { useFailedBefore } from './failed-before.ts';
import { NewCycle } from './new-cycle.tsx';

/** Each row asks for what became of its last run. */
const pageSize = 20;

/** Every cycle, the newest first: who waits to be paid, and what is under way. */
export function CyclesPage() {
  const { t } = useTranslation('cycles');
  const found = useInfiniteQuery({
    queryKey: ['cycles', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.get('/cycles', { query: { limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return (
    <Stack>
      <PageHead title={t('list.title')} lead={t('list.lead')} actions={<NewCycle />} />
      {found.error !== null && <TroubleNote error={found.error} onRetry={() => void found.refetch()} />}
      <CycleTable rows={found.data?.pages.flatMap((page) => page.data)} />
      <MoreButton list={found}>{t('history.more')}</MoreButton>
    </Stack>
  );
}

function CycleTable({ rows }: { readonly rows: readonly Cycle[] | undefined }) {
  const { t } = useTranslation('cycles');
  return (
    <DataTable
      caption={t('list.title')}
      rows={rows}
      idOf={({ id }) => id}
      empty={
        <Empty
          title={t('list.empty')}
          action={
            <Button component={Link} to="/import">
              {t('list.import')}
            </Button>
          }
        >
          {t('list.emptyWords')}
        </Empty>
      }
      columns={cycleColumns(t)}
    />
  );
}

/** What a cycle waits for, in a few words. */
function Now({ cycle }: { readonly cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const { activeBatchId, activeBatchStartedBy, eligibleCount, lastCompletedBatchId, status } = cycle;
  if (activeBatchId !== null) return <Text>{t('list.active', { by: activeBatchStartedBy })}</Text>;
  if (status === 'closed') return <Text c="dimmed">{t('list.closed')}</Text>;
  if (eligibleCount > 0) return <Ready cycle={cycle} />;
  return <Text c="dimmed">{t(lastCompletedBatchId === null ? 'list.nobody' : 'list.paid')}</Text>;
}

/** Whom a run would pay for the first time, and whom it would only try again. */
function Ready({ cycle }: { readonly cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const failed = useFailedBefore(cycle);
  const said = { count: failed, n: count(failed) };
  if (failed === 0) return <Text fw={600}>{t('list.ready')}</Text>;
  if (failed === cycle.eligibleCount) return <Text>{t('list.allFailed', said)}</Text>;
  return <Text fw={600}>{t('list.someFailed', said)}</Text>;
}

function cycleColumns(t: TFunction): Column<Cycle>[] {
  return [
    {
      key: 'name',
      head: t('list.cycle'),
      cell: (cycle) => (
        <div>
          <Anchor component={Link} to={`/cycles/${encodeURIComponent(cycle.id)}`} fw={600}>
            {cycle.name || t('cycle', { id: cycle.id })}
          </Anchor>
          {!namesItself(cycle) && (
            <Text c="dimmed" size="sm">
              {cycle.id}
            </Text>
          )}
        </div>
      ),
    },
    {
      key: 'last',
      head: t('ribbon.title'),
      wide: true,
      isMute: ({ lastCompletedBatchId }) => lastCompletedBatchId === null,
      cell: ({ lastCompletedBatchId }) =>
        lastCompletedBatchId !== null && <Outcome batchId={lastCompletedBatchId} />,
    },
    { key: 'now', head: t('list.now'), cell: (cycle) => <Now cycle={cycle} /> },
    {
      key: 'total',
      head: t('list.total'),
      end: true,
      cell: (cycle) =>
        Object.entries(cycle.eligibleTotals).map(([currency, total]) => (
          <div key={currency}>
            <Money>{money(total, currency)}</Money>
          </div>
        )),
    },
    { key: 'eligible', head: t('list.eligible'), end: true, cell: (cycle) => count(cycle.eligibleCount) },
  ];
}
