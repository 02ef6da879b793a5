import { Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import type { BatchProgress, BatchSummary } from '../../client/types.ts';
import { Money } from '../../ui/money.tsx';
import { isOver } from './batch-query.ts';
import { bucketColors, howFar, shownBuckets } from './buckets.ts';
import { Dot, OutcomeBar } from './outcome-bar.tsx';
import { sinceQuery } from './since.ts';

interface OutcomeProps {
  readonly batch: BatchProgress;
  readonly summary: BatchSummary | undefined;
}

/** How far a batch is, in a sentence, a bar and a table. */
export function Outcome({ batch, summary }: OutcomeProps) {
  const { t } = useTranslation('batches');
  return (
    <Stack>
      <div>
        <Text size="lg" fw={650} aria-live="polite">
          {headline(batch, summary, t)}
        </Text>
        {batch.reconciledAt !== null && (
          <Text size="sm" c="dimmed">
            {t('reconcile.last', { at: dateTime(batch.reconciledAt) })}
          </Text>
        )}
      </div>
      {summary === undefined ? (
        <Skeleton h={120} />
      ) : (
        <>
          <OutcomeBar counts={summary} total={howFar(summary).total} />
          <SummaryTable summary={summary} />
          {summary.failed + summary.returned > 0 && <Since batchId={batch.id} />}
        </>
      )}
    </Stack>
  );
}

/** Of the same answer as the bar and the table below it, once that is there. */
function headline(
  batch: BatchProgress,
  summary: BatchSummary | undefined,
  t: (key: string, facts: Record<string, string>) => string,
): string {
  const { done, total } =
    summary === undefined ? { done: batch.processedItems, total: batch.totalItems } : howFar(summary);
  const facts = { done: count(done), total: count(total) };
  if (batch.completedAt !== null)
    return t('headline.completed', { ...facts, at: dateTime(batch.completedAt) });
  if (isOver(batch)) return t(`headline.${batch.status}`, facts);
  return t(batch.resting ? 'headline.resting' : 'headline.processing', facts);
}

function SummaryTable({ summary }: { readonly summary: BatchSummary }) {
  const { t } = useTranslation('batches');
  const currencies = Object.entries(summary.totalsByCurrency);
  return (
    <Table.ScrollContainer minWidth={0} scrollAreaProps={{ offsetScrollbars: 'present' }}>
      <Table>
        <VisuallyHidden component="caption">{t('summary.title')}</VisuallyHidden>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('summary.outcome')}</Table.Th>
            <Table.Th scope="col" className="column-end">
              {t('summary.count')}
            </Table.Th>
            <Table.Th scope="col" className="column-end">
              {t('summary.total')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shownBuckets(summary).map((bucket) => (
            <Table.Tr key={bucket}>
              <Table.Th scope="row" fw={500}>
                <Group gap={0} wrap="nowrap" align="baseline">
                  <Dot color={bucketColors[bucket]} />
                  {t(`bucket.${bucket}`)}
                </Group>
              </Table.Th>
              <Table.Td className="column-end amount">{count(summary[bucket])}</Table.Td>
              <Table.Td className="column-end">
                {currencies
                  .filter(([, of]) => BigInt(of[bucket]) !== 0n)
                  .map(([currency, of]) => (
                    <div key={currency}>
                      <Money>{money(of[bucket], currency)}</Money>
                    </div>
                  ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The summary counts the items of this batch and never changes; what was paid since stands beside it. */
function Since({ batchId }: { readonly batchId: string }) {
  const { t } = useTranslation('batches');
  const { data } = useQuery(sinceQuery(batchId));
  if (!data || data.paid + data.underWay + data.retriedByThemselves === 0) return null;
  return (
    <Text>
      {[
        data.paid > 0 ? t('since.paid', { count: data.paid, n: count(data.paid) }) : '',
        data.underWay > 0 ? t('since.underWay', { count: data.underWay, n: count(data.underWay) }) : '',
        data.nextRetryAt === null ? '' : t('since.retries', { at: dateTime(data.nextRetryAt) }),
      ]
        .filter((words) => words !== '')
        .join(' ')}
    </Text>
  );
}
