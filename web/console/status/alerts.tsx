import { Anchor, Group, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { Alert } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';

/** What is open, in the server's words. */
export function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const { t } = useTranslation(['status', 'batches']);
  if (alerts.length === 0) return null;
  return (
    <Section title={t('alerts.title')} lead={t('alerts.lead')}>
      <List listStyleType="none" spacing="md">
        {alerts.map((alert) => (
          <List.Item key={alert.kind + alert.subject}>
            <Message words={alert.message} />
            <Group gap="md" mt={4}>
              <Text size="sm" c="dimmed">
                {t('alerts.since', { at: dateTime(alert.openedAt) })}
              </Text>
              {alert.kind === 'failure_rate' ? (
                <Anchor component={Link} to="/payouts" search={{ view: 'attention' } as never} size="sm">
                  {t('alerts.failed', { provider: providerName(alert.subject, t) })}
                </Anchor>
              ) : (
                <Subject subject={alert.subject} />
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

/** What happened stands out; what to do about it is read after it. */
function Message({ words }: { readonly words: string }) {
  const end = words.search(/[.:] \p{Lu}/u) + 1;
  return (
    <>
      <Text fw={600}>{end === 0 ? words : words.slice(0, end)}</Text>
      {end > 0 && <Text>{words.slice(end + 1)}</Text>}
    </>
  );
}

function providerName(subject: string, t: TFunction): string {
  return t(`batches:provider.${subject}`, { defaultValue: subject });
}

/** Where to look; what has no page of its own is named. */
function Subject({ subject }: { readonly subject: string }) {
  const to = subject.startsWith('pb_')
    ? `/batches/${subject}`
    : subject.startsWith('po_')
      ? `/payouts/${subject}`
      : null;
  if (to === null)
    return (
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {subject}
      </Text>
    );
  return (
    <Anchor component={Link} to={to} size="sm" style={{ overflowWrap: 'anywhere' }}>
      {subject}
    </Anchor>
  );
}
