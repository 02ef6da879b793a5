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
/** Entries of one answer are written in one go. */
const oneAnswerMs = 2000;
const good = new Set(['complete', 'mark_paid', 'approve', 'release', 'bank_paid']);
const bad = new Set(['fail', 'reject', 'return', 'lose', 'decline', 'bank_failed', 'surface']);

function toneOf(event: string): string {
  if (good.has(event)) return 'teal';
  return bad.has(event) ? 'red' : 'gray.5';
}

/** What happened, the latest first: what, who, when, why. */
export function PayoutTimeline({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation('payouts');
  const happened = together(entries);
  return (
    <Box component="section" aria-labelledby="timeline">
      <Title order={2} id="timeline" mb="md">
        {t('timeline')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={happened.length} className="happened">
        {happened.toReversed().map((entry, at) => (
          // Entries have no id and are only ever added, so their place from the beginning names them.
          // oxlint-disable-next-line react/no-array-index-key
          <Timeline.Item key={happened.length - at} color={toneOf(entry.event)}>
            <Happened entry={entry} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Box>
  );
}

/** What one answer of a provider says of its submission and of the item in it, as the one thing it was. */
function together(entries: readonly Entry[]): Entry[] {
  const happened: Entry[] = [];
  for (const entry of entries) {
    const last = happened.at(-1);
    const isSame =
      last?.event === entry.event &&
      last.actor === entry.actor &&
      providers.has(entry.actor) &&
      Date.parse(entry.at) - Date.parse(last.at) < oneAnswerMs;
    if (!isSame) happened.push(entry);
    else
      happened[happened.length - 1] = {
        ...last,
        detail: [last.detail, entry.detail].filter((said) => said !== null).join('\n'),
      };
  }
  return happened;
}

function Happened({ entry: { at, event, actor, detail } }: { readonly entry: Entry }) {
  const { t } = useTranslation('payouts');
  const isEvidence = providers.has(actor) || evidence.has(event);
  const when = (
    <Text size="sm" c="dimmed">
      {`${t(`actors.${actor}`, { defaultValue: starter(actor), nsSeparator: false })} · `}
      <time dateTime={at}>{dateTime(at)}</time>
    </Text>
  );
  return (
    <Stack gap={2}>
      <Text fw={600}>{t(`events.${event}`, { defaultValue: event.replaceAll('_', ' ') })}</Text>
      {detail !== null && !isEvidence && <Text className="anywhere">{detail}</Text>}
      {detail !== null && isEvidence ? (
        <Foldout name={t('details')} beside={when}>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {detail}
          </Code>
        </Foldout>
      ) : (
        when
      )}
    </Stack>
  );
}
