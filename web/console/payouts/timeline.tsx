import { Box, Code, Stack, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { Foldout } from './foldout.tsx';
import { starter } from '../batches/starter.ts';

type Entry = PayoutDetails['timeline'][number];

/** What providers and machines say is evidence; what people say is a reason and is read at once. */
const evidence = new Set([
  'prepare',
  'send',
  'accept',
  'reject',
  'lose',
  'defer',
  'expire',
  'surface',
  'replace',
  'progress',
  'complete',
  'unclaim',
]);
const providers = new Set(['paypal', 'stripe']);
const good = new Set(['complete', 'mark_paid', 'approve', 'release', 'bank_paid']);
const bad = new Set(['fail', 'reject', 'return', 'lose', 'decline', 'bank_failed', 'surface']);

function toneOf(event: string): string {
  if (good.has(event)) return 'teal';
  return bad.has(event) ? 'red' : 'gray';
}

/** What happened, the latest first: what, who, when, why. */
export function PayoutTimeline({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation('payouts');
  return (
    <Box component="section" aria-labelledby="timeline">
      <Title order={2} id="timeline" mb="md">
        {t('timeline')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {entries.toReversed().map((entry, at) => (
          // Entries have no id and are only ever added, so their place from the beginning names them.
          // oxlint-disable-next-line react/no-array-index-key
          <Timeline.Item key={entries.length - at} color={toneOf(entry.event)}>
            <Happened entry={entry} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Box>
  );
}

function Happened({ entry: { at, event, actor, detail } }: { readonly entry: Entry }) {
  const { t } = useTranslation('payouts');
  const isEvidence = providers.has(actor) || evidence.has(event);
  return (
    <Stack gap={2}>
      <Text fw={600}>{t(`events.${event}`, { defaultValue: event.replaceAll('_', ' ') })}</Text>
      {detail !== null && !isEvidence && <Text className="anywhere">{detail}</Text>}
      <Text size="sm" c="dimmed">
        {`${t(`actors.${actor}`, { defaultValue: starter(actor), nsSeparator: false })} · `}
        <time dateTime={at}>{dateTime(at)}</time>
      </Text>
      {detail !== null && isEvidence && (
        <Foldout name={t('details')}>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {detail}
          </Code>
        </Foldout>
      )}
    </Stack>
  );
}
