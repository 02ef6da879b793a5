import { Anchor, Box, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { dateTime } from '../../app/format.ts';
import type { AuditEvent } from '../../client/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { browserOf } from '../account/browser-of.ts';
import { starter } from '../batches/starter.ts';
import { differencesOf } from './difference.ts';
import { Differences } from './differences.tsx';
import { factsInWords } from './fact-words.ts';
import { settingsDifferences } from './settings-differences.ts';
import { eventWords, subjectPage, subjectWords } from './event-words.ts';

/** Of an id, that are shown. */
const idCharsMax = 14;

/** One deed: what and by whom, with what changed; where it came from and its seal under Details. */
export function AuditEventRow({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation(['audit', 'settings']);
  const [open, { toggle }] = useDisclosure(false);
  const differences =
    event.event === 'settings.changed'
      ? settingsDifferences(t, event.before, event.after)
      : factsInWords(t, event.before, event.after);
  return (
    <Box component="li" p="md" className="audit-event">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} flex={1} miw={220}>
          <Text fw={600}>{eventWords(t, event.event)}</Text>
          <Group gap="xs" c="dimmed" fz="sm">
            <Who event={event} />
            <Subject event={event} />
            <Button variant="subtle" size="compact-sm" px={4} onClick={toggle} aria-expanded={open}>
              {t('details')}
            </Button>
          </Group>
        </Stack>
        <Text size="sm" c="dimmed">
          {dateTime(event.at)}
        </Text>
      </Group>
      <Differences differences={differences} />
      <Collapse expanded={open}>
        {open && (
          <Box mt="xs">
            <Facts facts={detailsOf(event, t)} />
            <Text size="sm" c="dimmed" mt="xs">
              {t('facts.written')}
            </Text>
            <Differences differences={differencesOf(event.before, event.after)} />
          </Box>
        )}
      </Collapse>
    </Box>
  );
}

function Who({ event: { actor } }: { readonly event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const [, change] = useFilters();
  const name = actor.kind === 'system' ? t('system') : starter(actor.name === '' ? actor.id : actor.name);
  return (
    <Anchor
      component="button"
      type="button"
      fz="sm"
      onClick={() => change({ actor: actor.id, actorName: name })}
      aria-label={t('onlyActor', { name })}
    >
      {t('by', { name })}
    </Anchor>
  );
}

function Subject({ event: { subject } }: { readonly event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const [, change] = useFilters();
  const page = subjectPage(subject);
  const words = nameOf(subject, t);
  return (
    <>
      {page === undefined ? (
        <span className="anywhere">{words}</span>
      ) : (
        <Anchor component={Link} to={page} fz="sm" className="anywhere">
          {words}
        </Anchor>
      )}
      {subject.type !== subject.id && (
        <Anchor
          component="button"
          type="button"
          fz="sm"
          onClick={() => change({ subject: subject.type, subjectId: subject.id })}
          aria-label={t('onlySubjectOf', { subject: words })}
        >
          {t('onlySubject')}
        </Anchor>
      )}
    </>
  );
}

/** What it is called, for ids say nothing to people; the details have the id. */
function nameOf({ type, id, name }: AuditEvent['subject'], t: TFunction): string {
  const subject = subjectWords(t, type);
  if (type === id) return subject;
  const key = ['payout', 'payout_method', 'batch'].includes(type) && name !== null ? type : 'other';
  return t(`named.${key}`, { subject, name: name ?? short(id) });
}

/** Ids of ours are long; the details have the whole. */
function short(id: string): string {
  return id.length > idCharsMax ? `${id.slice(0, idCharsMax - 1)}…` : id;
}

function detailsOf(event: AuditEvent, t: (key: string) => string) {
  const seal = event.seal === null ? t('unsealed') : `${event.seal.seq} · ${event.seal.hash}`;
  return [
    { id: 'ip', label: t('facts.ip'), value: event.ip ?? t('noneSaid') },
    { id: 'agent', label: t('facts.agent'), value: browserOf(event.userAgent) ?? t('noneSaid') },
    { id: 'actor', label: t('facts.actor'), value: `${event.actor.kind} ${event.actor.id}` },
    { id: 'subject', label: t('facts.subject'), value: `${event.subject.type} ${event.subject.id}` },
    { id: 'request', label: t('facts.request'), value: event.requestId ?? t('noneSaid') },
    { id: 'event', label: t('facts.event'), value: `${event.event} · ${event.id}` },
    { id: 'seal', label: t('facts.seal'), value: seal },
  ];
}
