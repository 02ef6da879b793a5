import { List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { BatchSummary } from '../../client/types.ts';

/** Why something did not arrive, the most frequent first, each with what to do. */
export function Reasons({ reasons }: { readonly reasons: BatchSummary['reasons'] }) {
  const { t } = useTranslation('batches');
  if (reasons.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('reasons.title')}>
      <Title order={2}>{t('reasons.title')}</Title>
      <List listStyleType="none" spacing="sm">
        {reasons.map((reason) => (
          <List.Item key={reason.status + reason.code}>
            <Text fw={600}>
              {t('reasons.one', { count: reason.count, n: count(reason.count), what: reason.operator })}
            </Text>
            <Text size="sm" c="dimmed">
              {reason.fix}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
