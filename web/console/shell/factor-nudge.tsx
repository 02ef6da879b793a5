import { Button, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../app/me.ts';

/** Somebody without a second factor is told before they need it. */
export function FactorNudge() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: me } = useQuery(meQuery);
  const factors = me?.secondFactors;
  if (!factors || factors.totp || factors.passkeys > 0 || pathname === '/account') return null;
  return (
    <Paper withBorder p="sm" mb="md" role="note">
      <Group justify="space-between" gap="sm">
        <Text flex={1} miw={220}>
          {t('shell.noFactor')}
        </Text>
        <Button component={Link} to="/account" variant="light">
          {t('shell.setUpFactor')}
        </Button>
      </Group>
    </Paper>
  );
}
