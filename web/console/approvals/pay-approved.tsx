import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { statusQuery } from '../status/status-query.ts';
import { PayApprovedDialog } from './pay-approved-dialog.tsx';
import { type Ready, readyOf, wordsOf } from './ready.ts';

/** What is approved is sent when somebody says so, provider by provider. */
export function PayApproved() {
  const { t } = useTranslation(['approvals', 'payouts']);
  const { data } = useQuery(statusQuery);
  const why = useMay('operate') ? null : t('why.role_operate', { ns: 'payouts' });
  const [open, setOpen] = useState<Ready | null>(null);
  const ready = readyOf(data?.float ?? []);
  return (
    <Stack gap="sm" mb={ready.length > 0 ? 'md' : 0}>
      {ready.map((one) => (
        <Paper key={one.provider} withBorder p="md" component="section" aria-label={t('pay.label')}>
          <Group justify="space-between" gap="sm">
            <Text fw={600} flex={1} miw={220}>
              {t('pay.ready', wordsOf(one, t(`pay.through.${one.provider}`)))}
            </Text>
            <ReasonedButton why={why} onClick={() => setOpen(one)}>
              {t('pay.button')}
            </ReasonedButton>
          </Group>
        </Paper>
      ))}
      {open !== null && <PayApprovedDialog ready={open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}
