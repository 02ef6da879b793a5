import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { OwnPayoutDetails } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useMethodName } from '../goes-to.tsx';
import { PageLink, places, usePayoutId } from '../page-link.tsx';
import { payoutQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { Back } from '../shell/back.tsx';
import { Carried } from './carried.tsx';
import { colorOf, isOnTheMove } from './look.ts';
import { StateBadge } from './state-badge.tsx';
import { Steps } from './steps.tsx';

/** Where one payout is, whose turn it is, what happens next, and what it is made of. */
export function PayoutPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(payoutQuery(usePayoutId()));
  return (
    <>
      <Back to={places.payouts}>{t('nav.payouts')}</Back>
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data ? <Payout payout={data} /> : error === null && <Skeleton h={320} radius="lg" />}
    </>
  );
}

function Payout({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <>
      <PageHead
        title={t('payout.title', { amount: money(payout.amount, payout.currency) })}
        lead={t(payout.kind === 'request' ? 'payout.asked' : 'payout.made', {
          when: when.moment(payout.createdAt),
        })}
      />
      <Stack>
        <Paper withBorder p="md" radius="lg">
          <Steps payout={payout} />
        </Paper>
        <WhatNext payout={payout} />
        <Carried payout={payout} />
        <Timeline payout={payout} />
        <Papers payout={payout} />
      </Stack>
    </>
  );
}

function WhatNext({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const when = useWhen();
  const nameOf = useMethodName();
  const { method } = payout;
  const tone = payout.waitingOn === 'you' ? 'act' : colorOf(payout) === 'red' ? 'bad' : 'info';
  return (
    <Paper
      withBorder
      p="md"
      ps={26}
      radius="lg"
      component="section"
      aria-labelledby="next"
      aria-live="polite"
      className="portal-act"
      data-tone={tone}
    >
      <Group justify="space-between" gap="xs" align="flex-start">
        <Title order={2} size="h4" id="next">
          {t('payout.next')}
        </Title>
        <StateBadge payout={payout} size="lg" />
      </Group>
      <Text mt="xs">{payout.nextStep}</Text>
      <Text c="dimmed" size="sm" mt={4}>
        {t(`payout.turn.${payout.waitingOn}`)}
      </Text>
      {payout.scheduledDate !== null && (
        <Text size="sm" mt={4}>
          {t('payout.scheduled', { when: when.moment(payout.scheduledDate) })}
        </Text>
      )}
      {method !== null && payout.status !== 'declined' && payout.status !== 'cancelled' && (
        <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {t(isOnTheMove(payout) ? 'payout.goesTo' : 'payout.wentTo', { method: nameOf(method) })}
        </Text>
      )}
      {payout.fix !== null && payout.fix.kind !== 'claim' && (
        <Button component={PageLink} to={places.fix(payout.id)} mt="md" h={48} fullWidth>
          {t('actions.fixIt')}
        </Button>
      )}
    </Paper>
  );
}

function Timeline({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="timeline">
      <Title order={2} size="h4" id="timeline" mb="sm">
        {t('payout.timeline')}
      </Title>
      <ol className="portal-timeline">
        {payout.timeline.map(({ at, label }) => (
          <li key={at + label}>
            <Text fw={550}>{label}</Text>
            <Text size="sm" c="dimmed">
              {when.moment(at)}
            </Text>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

/** What can be kept or handed on. */
function Papers({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const statement = `/api/payee/payouts/${encodeURIComponent(payout.id)}/statement.csv`;
  return (
    <Stack gap="xs">
      <Group grow gap="sm" className="portal-papers">
        {payout.status === 'completed' && (
          <Button component={PageLink} to={places.receipt(payout.id)} variant="default" h={48}>
            {t('receipt.open')}
          </Button>
        )}
        <Button component="a" href={statement} download={`${payout.id}.csv`} variant="default" h={48}>
          {t('payout.statement')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" ta="center" style={{ overflowWrap: 'anywhere' }}>
        {t('payout.name', { id: payout.id })}
      </Text>
    </Stack>
  );
}
