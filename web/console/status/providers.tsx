import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Status } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';

/** Which providers are set up, whether they are real, and what their accounts need. */
export function Providers({ status }: { readonly status: Status }) {
  const { t } = useTranslation(['status', 'batches']);
  return (
    <Section
      title={t('providers.title')}
      lead={t('providers.version', { version: status.version })}
      aside={
        <Anchor component={Link} to="/float">
          {t('providers.float')}
        </Anchor>
      }
    >
      {status.providers.map(({ name, sandbox }) => (
        <div key={name}>
          <Group gap="sm">
            <Text fw={600}>{t(`batches:provider.${name}`)}</Text>
            <Badge variant="dot" color={sandbox ? 'orange' : 'teal'} tt="none" fw={500}>
              {t(sandbox ? 'providers.sandbox' : 'providers.real')}
            </Badge>
          </Group>
          {status.float
            .filter(({ provider }) => provider === name)
            .map((account) => (
              <Text key={account.currency} size="sm" c="dimmed">
                {account.words}
              </Text>
            ))}
          {isUnread(status.float)({ name }) && (
            <Text size="sm" c="dimmed">
              {t('providers.notRead')}
            </Text>
          )}
        </div>
      ))}
    </Section>
  );
}

/** True for a provider of whose account nothing is known: it was not asked yet, or named no amount. */
export function isUnread(float: Status['float']) {
  return ({ name }: { readonly name: string }) => float.every(({ provider }) => provider !== name);
}
