import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';

const providers = ['paypal', 'stripe'] as const;

/** What to enter at a provider, so that its news comes at once. */
export function WebhookAddresses() {
  const { t } = useTranslation('developers');
  const { origin } = window.location;
  return (
    <Section title={t('webhooks.title')} lead={t('webhooks.lead')}>
      <Stack gap="lg">
        {providers.map((provider) => (
          <ShownOnce
            key={provider}
            name={t(`webhooks.${provider}`)}
            secret={`${origin}/api/webhooks/${provider}`}
            copy={t('webhooks.copy', { provider: t(`webhooks.${provider}Name`) })}
            copied={t('copied')}
          >
            {t(`webhooks.${provider}Words`)}
          </ShownOnce>
        ))}
      </Stack>
    </Section>
  );
}
