import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime, moneyList } from '../../app/format.ts';
import type { RetryableBatch } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';
import { RetryFailed } from '../batches/retry-failed.tsx';
import { WaitingBadge } from '../payouts/waiting-badge.tsx';

/** Batches that are over with something failed in them that waits: how much, whose turn it is, and the way to try it again. */
export function Retryable({ batches }: { readonly batches: readonly RetryableBatch[] }) {
  const { t } = useTranslation('status');
  if (batches.length === 0) return null;
  return (
    <Section title={t('retryable.title')} lead={t('retryable.lead')}>
      <Stack component="ul" m={0} p={0} gap="lg" style={{ listStyle: 'none' }}>
        {batches.map((batch) => (
          <One key={batch.batchId} batch={batch} />
        ))}
      </Stack>
    </Section>
  );
}

function One({ batch }: { readonly batch: RetryableBatch }) {
  const { t } = useTranslation(['status', 'batches']);
  const { batchId, cycleId, failed, totals, completedAt } = batch;
  return (
    <Group component="li" justify="space-between" align="flex-start" gap="md">
      <Stack gap={4} flex={1} miw={240}>
        <Anchor component={Link} to={`/batches/${batchId}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
          {cycleId === null ? t('active.noCycle') : batch.cycleName || t('active.cycle', { id: cycleId })}
        </Anchor>
        <Text className="amount" style={{ whiteSpace: 'normal' }}>
          {t('retryable.failed', { count: failed, n: count(failed), total: moneyList(totals) })}
        </Text>
        <Turns batch={batch} />
        <Text size="sm" c="dimmed">
          {t('retryable.facts', {
            provider: t(`batches:provider.${batch.provider}`, { defaultValue: batch.provider }),
            at: completedAt === null ? '' : dateTime(completedAt),
          })}
        </Text>
      </Stack>
      <Way batch={batch} />
    </Group>
  );
}

/** Of what failed, what a retry meets, and who is to move. */
const turns = [
  ['ready', 'you'],
  ['payees', 'payee'],
  ['byItself', 'clock'],
  ['kept', null],
] as const;

function Turns({ batch }: { readonly batch: RetryableBatch }) {
  const { t } = useTranslation('status');
  return turns.map(([meets, turn]) => {
    const n = batch[meets];
    if (n === 0) return null;
    return (
      <Group key={meets} gap="xs">
        {turn !== null && <WaitingBadge waitingOn={turn} />}
        <Text size="sm">{t(`retryable.${meets}`, { count: n, n: count(n) })}</Text>
      </Group>
    );
  });
}

/** Once as a new batch; what failed in that one stands there, and what it left out is chosen in the list. */
function Way({
  batch: { batchId, failed, totals, ready, retriedAs, activeBatchId },
}: {
  batch: RetryableBatch;
}) {
  const { t } = useTranslation('status');
  const navigate = useNavigate();
  const go = (id: string) => void navigate({ to: `/batches/${id}` });
  if (retriedAs === null)
    return (
      <RetryFailed
        variant={ready > 0 ? 'light' : 'default'}
        batchId={batchId}
        failed={failed}
        totals={totals}
        reason={activeBatchId === null ? null : t('retryable.active')}
        onStarted={go}
      />
    );
  return (
    <Stack gap={4} maw={320}>
      <Text size="sm">
        {t('retryable.retried')}{' '}
        <Anchor component={Link} to={`/batches/${retriedAs}`} inherit>
          {t('retryable.seeRetry')}
        </Anchor>
      </Text>
      <Anchor
        component={Link}
        to="/payouts"
        search={{ status: 'failed', batchId } as never}
        size="sm"
        className="link-target"
      >
        {t('retryable.choose')}
      </Anchor>
    </Stack>
  );
}
