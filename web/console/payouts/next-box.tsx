import { Anchor, Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../app/me.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { type Deed, isUnknown, offersOf } from './deeds.ts';
import { Foldout } from './foldout.tsx';
import { linkTo } from './links.ts';
import { readable } from './readable.ts';
import { ReasonedButton } from './reasoned-button.tsx';
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
        <Buttons payout={payout} />
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

function Buttons({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payouts');
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState<Deed | null>(null);
  const offers = offersOf(payout, { role: me?.role ?? 'viewer', name: me?.name ?? '' });
  const batchId = payout.attempts.at(-1)?.batchId;
  const first = offers.findIndex(({ why }) => why === null);
  if (offers.length === 0) return null;
  const reasons = new Set(offers.flatMap(({ why }) => (why === null ? [] : [t(why)])));
  return (
    <>
      <Group gap="sm" component="section" aria-label={t('whatYouCanDo')}>
        {offers.map(({ deed, why }, at) => (
          <ReasonedButton
            key={deed}
            why={why === null ? null : t(why)}
            variant={at === first ? 'filled' : 'default'}
            onClick={() => setOpen(deed)}
          >
            {t(`deeds.${deed}.button`)}
          </ReasonedButton>
        ))}
      </Group>
      {[...reasons].map((reason) => (
        <Text key={reason} size="sm" c="dimmed">
          {reason}
        </Text>
      ))}
      {payout.status === 'queued' && batchId !== undefined && (
        <Anchor component={Link} {...linkTo.batch(batchId)} size="sm">
          {t('itsBatch')}
        </Anchor>
      )}
      {open !== null && (
        <DeedDialog
          deed={open}
          payout={payout}
          approvalHash={open === 'approve' ? payout.approval?.approvalHash : undefined}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
