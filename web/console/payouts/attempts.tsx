import { Anchor, Badge, Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime, money } from '../../app/format.ts';
import type { Attempt } from '../../client/types.ts';
import { Foldout } from './foldout.tsx';
import { linkTo } from './links.ts';

const tones = {
  pending: 'sea',
  held: 'sea',
  unclaimed: 'orange',
  completed: 'teal',
  failed: 'red',
  returned: 'red',
  cancelled: 'gray',
} as const;

/** Every try to pay it; the payee sees one payout. */
export function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  const { t } = useTranslation('payouts');
  if (attempts.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="attempts">
      <Title order={2} id="attempts" mb="md">
        {t('attempts', { count: attempts.length })}
      </Title>
      <Stack gap="sm">
        {attempts.toReversed().map((attempt) => (
          <Tried key={attempt.ordinal} attempt={attempt} />
        ))}
      </Stack>
    </Box>
  );
}

function Tried({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation('payouts');
  const isUnknown = attempt.submissionStatus === 'unknown';
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{t('attempt', { number: attempt.ordinal })}</Text>
        <Badge color={isUnknown ? 'red' : tones[attempt.status]} variant="light" tt="none">
          {isUnknown ? t('outcomeUnknown') : t(`attemptStates.${attempt.status}`)}
        </Badge>
      </Group>
      <Text>
        {t('attemptWords', {
          amount: money(attempt.amount, attempt.currency),
          destination: attempt.destination,
          provider: t(`actors.${attempt.provider}`, { defaultValue: attempt.provider }),
        })}
      </Text>
      {attempt.fee !== null && (
        <Text size="sm">{t('attemptFee', { fee: money(attempt.fee, attempt.currency) })}</Text>
      )}
      {attempt.reason !== null && <Text c="var(--mantine-color-error)">{attempt.reason.message}</Text>}
      <Foldout
        name={t('details')}
        beside={
          <>
            <Text size="sm" c="dimmed">
              {dateTime(attempt.changedAt)}
            </Text>
            <Anchor component={Link} {...linkTo.batch(attempt.batchId)} size="sm">
              {t('itsBatch')}
            </Anchor>
          </>
        }
      >
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {evidenceOf(attempt)}
        </Code>
      </Foldout>
    </Paper>
  );
}

/** What one needs to find it at the provider, by the names it has there. */
export function evidenceOf(attempt: Attempt): string {
  const { provider, itemReference, providerKey, providerBatchId, providerItemId, providerStatus } = attempt;
  return Object.entries({
    provider,
    itemReference,
    providerKey,
    providerBatchId,
    providerItemId,
    providerStatus,
    transactionId: attempt.transactionId,
    reason: attempt.reason?.code ?? null,
    said: attempt.reason?.detail ?? null,
  })
    .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
    .join('\n');
}
