import { Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import type { BatchProgress, Submission } from '../../client/types.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';

/** Every call or file that went to the provider, with what became of it. */
export function Submissions({ batch }: { readonly batch: BatchProgress }) {
  const { t } = useTranslation('batches');
  const { submissions, totalChunks } = batch;
  return (
    <Stack gap="sm" component="section" aria-label={t('submissions.title')}>
      <Title order={2}>{t('submissions.title')}</Title>
      <Text c="dimmed" size="sm">
        {t('submissions.lead', { count: totalChunks, n: count(totalChunks) })}
        {submissions.length < totalChunks && ` ${t('submissions.first', { n: count(submissions.length) })}`}
      </Text>
      <DataTable
        caption={t('submissions.title')}
        rows={submissions}
        idOf={({ id }) => id}
        empty={<Text>{t('submissions.none')}</Text>}
        columns={submissionColumns(t)}
      />
    </Stack>
  );
}

/** Why the provider took nothing, as far as there are words for it; what it said itself is under its code. */
const reasons = ['rate_limited', 'not_authorized', 'provider_unreachable'] as const;

function Outcome({ submission }: { readonly submission: Submission }) {
  const { t } = useTranslation('batches');
  const { status, lastError, sendCount, nextTryAt } = submission;
  const isPutOff = status === 'planned' && nextTryAt !== null;
  const reason = isPutOff ? reasons.find((code) => lastError?.startsWith(`${code}: `)) : undefined;
  return (
    <div>
      <Text fw={600}>{t(`submissions.status.${isPutOff ? 'putOff' : status}`)}</Text>
      {reason !== undefined && <Text size="sm">{t(`submissions.why.${reason}`)}</Text>}
      {nextTryAt !== null && (
        <Text size="sm">
          {t(isPutOff ? 'submissions.again' : 'submissions.checked', { at: dateTime(nextTryAt) })}
        </Text>
      )}
      {status === 'sending' && <Text size="sm">{t('submissions.awaited')}</Text>}
      {sendCount > 1 && !isPutOff && (
        <Text size="sm" c="dimmed">
          {t('submissions.sent', { count: sendCount })}
        </Text>
      )}
      {lastError !== null && status !== 'accepted' && reason === undefined && (
        <Text size="sm" c="dimmed">
          {lastError}
        </Text>
      )}
    </div>
  );
}

function submissionColumns(t: TFunction): Column<Submission>[] {
  return [
    { key: 'outcome', head: t('submissions.outcome'), cell: (one) => <Outcome submission={one} /> },
    {
      key: 'key',
      head: t('submissions.key'),
      cell: (one) => <Text style={{ overflowWrap: 'anywhere' }}>{one.providerKey}</Text>,
    },
    {
      key: 'at',
      head: t('submissions.acceptedAt'),
      cell: (one) => one.acceptedAt && dateTime(one.acceptedAt),
    },
    {
      key: 'total',
      head: t('submissions.total'),
      end: true,
      cell: (one) => <Money>{money(one.total, one.currency)}</Money>,
    },
    { key: 'items', head: t('submissions.items'), end: true, cell: (one) => count(one.itemCount) },
  ];
}
