import { Anchor, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isUnread } from '../status/providers.tsx';
import { statusQuery } from '../status/status-query.ts';

/** Whether the accounts hold enough for what is approved. */
export function Accounts() {
  const { t } = useTranslation('inbox');
  const { data: status } = useQuery(statusQuery);
  if (status === undefined) return null;
  return (
    <section aria-label={t('float')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('float')}</Title>
        <Anchor component={Link} to="/float" size="sm" className="link-target">
          {t('toFloat')}
        </Anchor>
      </Group>
      <Paper withBorder p="md">
        {status.providers.length === 0 && <Text c="dimmed">{t('floatQuiet')}</Text>}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="xs">
          {status.float.map(({ provider, currency, words }) => (
            <Text key={`${provider} ${currency}`}>
              {`${t(`providers.${provider}`, { defaultValue: provider })} ${currency}`}
              <Text component="span" display="block" size="sm" c="dimmed">
                {words}
              </Text>
            </Text>
          ))}
          {status.providers.filter(isUnread(status.float)).map(({ name }) => (
            <Text key={name}>
              {t(`providers.${name}`, { defaultValue: name })}
              <Text component="span" display="block" size="sm" c="dimmed">
                {t('notRead')}
              </Text>
            </Text>
          ))}
        </SimpleGrid>
      </Paper>
    </section>
  );
}
