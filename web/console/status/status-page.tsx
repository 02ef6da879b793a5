import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Failures, Status } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Alerts } from './alerts.tsx';
import { Errors } from './errors.tsx';
import { failuresQuery } from './failures-query.ts';
import { LastRuns } from './last-runs.tsx';
import { Locks } from './locks.tsx';
import { Providers } from './providers.tsx';
import { Retryable } from './retryable.tsx';
import { statusQuery } from './status-query.ts';
import { UnderWay } from './under-way.tsx';
import { Unknown } from './unknown.tsx';

/** How often this page looks again by itself. */
const lookMs = 3000;

/** Everything under way, at a glance, and what needs a look. */
export function StatusPage() {
  const { t } = useTranslation(['status', 'batches']);
  const { data, error, refetch } = useQuery({ ...statusQuery, refetchInterval: lookMs });
  const failures = useQuery(failuresQuery);
  // One answer without the other would move what is read.
  const isThere = data !== undefined && !failures.isPending;
  return (
    <Stack gap="lg">
      <PageHead title={t('title')} lead={data && lead(data, t)} />
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {failures.error !== null && failures.data === undefined && (
        <TroubleNote error={failures.error} onRetry={() => void failures.refetch()} />
      )}
      {isThere ? <Parts status={data} failures={failures.data} /> : <Skeleton h={320} />}
    </Stack>
  );
}

/** What is wrong or waits stands above what goes well. */
function Parts({ status, failures }: { readonly status: Status; readonly failures: Failures | undefined }) {
  return (
    <>
      <Unknown submissions={status.unknownSubmissions} />
      <Alerts alerts={status.alerts} />
      {failures && <Retryable batches={failures.retryable} />}
      {failures && <Errors errors={failures.errors} capped={failures.capped} />}
      <UnderWay batches={status.activeBatches} />
      <Locks locks={status.locks} />
      <LastRuns batches={status.lastRuns} />
      <Providers status={status} />
    </>
  );
}

function lead({ activeBatches, unknownSubmissions, alerts }: Status, t: TFunction): string {
  const parts = { active: activeBatches.length, unknown: unknownSubmissions.length, alerts: alerts.length };
  return Object.entries(parts)
    .map(([name, many]) => t(`lead.${name}`, { count: many, n: count(many) }))
    .join(', ');
}
