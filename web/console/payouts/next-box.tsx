import { Anchor, Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PayoutDetails } from '../../client/types.ts';
import { DeedButtons } from './deed-buttons.tsx';
import { isUnknown } from './deeds.ts';
import { Foldout } from './foldout.tsx';
import { readable } from './readable.ts';
import { toneOf } from './tone.ts';
import { WaitingBadge } from './waiting-badge.tsx';

/** How things stand, whose turn it is, what happens next, and the buttons that fit. */
export function NextBox({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payouts');
  const tone = isUnknown(payout) ? 'red' : toneOf(payout);
  const detail = payout.reason?.detail ?? '';
  return (
    <Paper
      withBorder
      p="lg"
      component="section"
      aria-labelledby="how-it-stands"
      style={{ borderInlineStart: `5px solid var(--mantine-color-${tone}-filled)` }}
    >
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} id="how-it-stands" flex={1} miw={200} style={{ overflowWrap: 'anywhere' }}>
            {readable(payout.label)}
          </Title>
          <WaitingBadge waitingOn={payout.waitingOn} />
        </Group>
        <Box>
          <Text size="sm" c="dimmed" fw={600}>
            {t('next')}
          </Text>
          <Text size="lg">{readable(payout.nextStep)}</Text>
        </Box>
        {isUnknown(payout) && <Unknown />}
        <DeedButtons payout={payout} />
        {detail !== '' && (
          <Foldout name={t('details')}>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {detail}
            </Code>
          </Foldout>
        )}
      </Stack>
    </Paper>
  );
}

/** Nothing may be sent a second time while nobody knows what became of the first. */
function Unknown() {
  const { t } = useTranslation('payouts');
  return (
    <Text fw={600}>
      {t('unknown')}{' '}
      <Anchor component={Link} to="/status" inherit underline="always">
        {t('unknownWhere')}
      </Anchor>
    </Text>
  );
}
