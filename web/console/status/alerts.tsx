import { Anchor, Group, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import type { Alert } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';

/** What is open, in the server's words. */
export function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const { t } = useTranslation('status');
  if (alerts.length === 0) return null;
  return (
    <Section title={t('alerts.title')} lead={t('alerts.lead')}>
      <List listStyleType="none" spacing="md">
        {alerts.map((alert) => (
          <List.Item key={alert.kind + alert.subject}>
            <Text fw={600}>{alert.message}</Text>
            <Group gap="md">
              <Text size="sm" c="dimmed">
                {t('alerts.since', { at: dateTime(alert.openedAt) })}
              </Text>
              <Subject subject={alert.subject} />
            </Group>
          </List.Item>
        ))}
      </List>
    </Section>
  );
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
