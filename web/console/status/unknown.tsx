import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { UnknownSubmission } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';

/** Calls whose answer was lost: what Purser does about each, and when a person must say what became of it. */
export function Unknown({ submissions }: { readonly submissions: readonly UnknownSubmission[] }) {
  const { t } = useTranslation('status');
  const [resolving, setResolving] = useState<string | null>(null);
  if (submissions.length === 0) return null;
  return (
    <Section title={t('unknown.title')} lead={t('unknown.lead')}>
      <Stack component="ul" m={0} p={0} gap="lg" style={{ listStyle: 'none' }}>
        {submissions.map((one) => (
          <One key={one.id} submission={one} onResolve={() => setResolving(one.id)} />
        ))}
      </Stack>
      {resolving !== null && <ResolveDialog submissionId={resolving} onClose={() => setResolving(null)} />}
    </Section>
  );
}

function One({ submission, onResolve }: { submission: UnknownSubmission; onResolve: () => void }) {
  const { t } = useTranslation('status');
  const mayResolve = useMay('approve');
  const { waitingOn, keyValidUntil, nextActionAt, firstSentAt } = submission;
  const isYours = waitingOn === 'you';
  return (
    <Group component="li" justify="space-between" align="flex-start">
      <div>
        <Text fw={600}>
          {t('unknown.one', {
            count: submission.itemCount,
            n: count(submission.itemCount),
            total: money(submission.total, submission.currency),
          })}
        </Text>
        <Text size="sm">
          {isYours
            ? t('unknown.yours')
            : t('unknown.asking', {
                next: dateTime(nextActionAt),
                until: keyValidUntil === null ? '' : dateTime(keyValidUntil),
              })}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('unknown.facts', {
            at: firstSentAt === null ? '' : dateTime(firstSentAt),
            key: submission.providerKey,
          })}
        </Text>
        <Anchor
          component={Link}
          to={`/batches/${submission.batchId}`}
          size="sm"
          style={{ overflowWrap: 'anywhere' }}
        >
          {submission.batchId}
        </Anchor>
      </div>
      {isYours && (
        <ReasonedButton below reason={mayResolve ? null : t('unknown.noRight')} onClick={onResolve}>
          {t('unknown.button')}
        </ReasonedButton>
      )}
    </Group>
  );
}
