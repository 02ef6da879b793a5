import { Anchor, Box, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Section } from '../../ui/section.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { ApiKeys } from './api-keys.tsx';
import { RequestLog } from './request-log.tsx';
import { WebhookAddresses } from './webhook-addresses.tsx';

/** For whoever writes a program: a first call, keys, what it asked lately, and addresses for providers. */
export function DevelopersPage() {
  // Those of the dialog too, so that it opens without taking the page away.
  const { t } = useTranslation(['developers', 'people']);
  const mayOwn = useMay('own');
  return (
    <Box maw={1080}>
      <PageHead title={t('title')} lead={t('lead')} />
      <Stack gap="lg">
        <FirstCall />
        {mayOwn ? (
          <>
            <ApiKeys />
            <RequestLog />
          </>
        ) : (
          <Note tone="info" title={t('ownersOnly.title')}>
            {t('ownersOnly.words')}
          </Note>
        )}
        <WebhookAddresses />
      </Stack>
    </Box>
  );
}

function FirstCall() {
  const { t } = useTranslation('developers');
  const { origin } = window.location;
  const call = `curl -s ${origin}/api/me -H "Authorization: Bearer $KEY"`;
  return (
    <Section title={t('first.title')} lead={t('first.lead')}>
      <ShownOnce name={t('first.name')} secret={call} copy={t('copy')} copied={t('copied')} />
      <Group gap="md">
        <Text size="sm">{t('first.then')}</Text>
        <Anchor href="/docs" size="sm">
          {t('first.reference')}
        </Anchor>
        <Anchor href="/api/openapi.json" size="sm">
          {t('first.openapi')}
        </Anchor>
      </Group>
    </Section>
  );
}
