import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useFilters } from '../../app/filters.ts';
import { count, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { BatchItem } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { bucketColors, type Bucket, bucketNamed, buckets, type Counts } from './buckets.ts';
import { Dot } from './outcome-bar.tsx';

const pageSize = 50;

interface ItemsProps {
  readonly batchId: string;
  readonly counts: Counts | undefined;
  readonly total: number;
}

/** Everybody of a batch; which outcome is shown stands in the address. */
export function Items({ batchId, counts, total }: ItemsProps) {
  const { t } = useTranslation('batches');
  const [filters] = useFilters();
  const status = bucketNamed(filters['items']);
  const found = useInfiniteQuery({
    queryKey: ['batches', batchId, 'items', status],
    queryFn: ({ pageParam, signal }) =>
      api.get('/payout-batches/{batchId}/items', {
        params: { batchId },
        query: { status, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const rows = found.data?.pages.flatMap((page) => page.data);
  return (
    <Stack gap="sm" component="section" aria-label={t('items.title')}>
      <Title order={2}>{t('items.title')}</Title>
      {counts === undefined ? (
        <Skeleton h={36} maw={480} />
      ) : (
        <Choice counts={counts} total={total} now={status} />
      )}
      {found.error !== null && <TroubleNote error={found.error} onRetry={() => void found.refetch()} />}
      <ItemTable rows={rows} />
      <MoreButton list={found}>{t('items.more')}</MoreButton>
    </Stack>
  );
}

function Choice({ counts, total, now }: { counts: Counts; total: number; now: Bucket | 'all' }) {
  const { t } = useTranslation('batches');
  const [, change] = useFilters();
  const offered = buckets.filter((bucket) => counts[bucket] > 0 || bucket === now);
  return (
    <Group component="fieldset" gap="xs" m={0} p={0} bd={0} aria-label={t('items.filter')}>
      {(['all', ...offered] as const).map((bucket) => (
        <Button
          key={bucket}
          size="compact-md"
          variant={bucket === now ? 'light' : 'default'}
          aria-pressed={bucket === now}
          onClick={() => change({ items: bucket === 'all' ? '' : bucket })}
        >
          {bucket !== 'all' && <Dot color={bucketColors[bucket]} />}
          {t('items.choice', {
            what: t(`bucket.${bucket}`),
            n: count(bucket === 'all' ? total : counts[bucket]),
          })}
        </Button>
      ))}
    </Group>
  );
}

function ItemTable({ rows }: { readonly rows: readonly BatchItem[] | undefined }) {
  const { t } = useTranslation('batches');
  return (
    <DataTable
      caption={t('items.title')}
      rows={rows}
      idOf={({ itemReference }) => itemReference}
      empty={<Text c="dimmed">{t('items.none')}</Text>}
      columns={itemColumns(t)}
    />
  );
}

/** What became of it, why, what to do, and where its payout is now. */
function ItemOutcome({ item }: { readonly item: BatchItem }) {
  const { t } = useTranslation('batches');
  const since = item.paidSince;
  return (
    <div>
      <Text component="span" fw={item.status === 'success' ? 400 : 600}>
        <Dot color={bucketColors[item.status]} />
        {t(`bucket.${item.status}`)}
      </Text>
      {item.reason !== null && (
        <Text size="sm" c="dimmed" maw={420}>
          {`${item.reason.message} ${item.reason.fix}`}
        </Text>
      )}
      {since !== null && (
        <Text size="sm">{t('items.since', { status: t(`since.${since.payoutStatus}`) })}</Text>
      )}
    </div>
  );
}

function itemColumns(t: TFunction): Column<BatchItem>[] {
  return [
    {
      key: 'payee',
      head: t('items.payee'),
      cell: (item) => (
        <div>
          <Anchor component={Link} to={`/payouts/${item.payoutId}`} fw={600}>
            {item.payeeName}
          </Anchor>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {item.destination}
          </Text>
        </div>
      ),
    },
    { key: 'status', head: t('items.status'), wide: true, cell: (item) => <ItemOutcome item={item} /> },
    { key: 'reference', head: t('items.reference'), cell: (item) => item.reference },
    {
      key: 'amount',
      head: t('items.amount'),
      end: true,
      cell: (item) => <Money>{money(item.amount, item.currency)}</Money>,
    },
  ];
}
