import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { OwnPayoutDetails } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Facts } from '../facts.tsx';
import { places, usePayoutId } from '../page-link.tsx';
import { payoutQuery, profileQuery, statementQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { Back } from '../shell/back.tsx';
import { Sum } from './carried.tsx';

/** One page to print or keep: who got how much, when, made of what. It says of a payout that is not paid that it is not. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const id = usePayoutId();
  const { data, error, refetch } = useQuery(payoutQuery(id));
  return (
    <>
      <Group justify="space-between" mb="xs" className="no-print">
        <Back to={places.payout(id)}>{t('nav.payout')}</Back>
        <Button h={44} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      </Group>
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data ? <Receipt payout={data} /> : error === null && <Skeleton h={420} radius="lg" />}
    </>
  );
}

function Receipt({ payout }: { readonly payout: OwnPayoutDetails }) {
  const { t } = useTranslation();
  const when = useWhen();
  const profile = useQuery(profileQuery);
  const statement = useInfiniteQuery(statementQuery(payout.id));
  const { name = '', email = null, id = '' } = profile.data ?? {};
  return (
    <Paper withBorder p="lg" radius="lg" component="article" className="portal-receipt">
      <PageHead title={t('receipt.title')} lead={payout.id} />
      <Text fz={36} fw={700} lh={1.15} className="amount">
        {money(payout.amount, payout.currency)}
      </Text>
      <Text mt={4}>
        {payout.completedAt === null
          ? t('receipt.notPaid', { label: payout.label })
          : t('receipt.paid', { when: when.moment(payout.completedAt) })}
      </Text>
      <Facts
        mt="lg"
        rows={[
          { name: t('receipt.to'), value: name === '' ? id : name },
          email !== null && { name: t('receipt.email'), value: email },
          { name: t('receipt.asked'), value: when.moment(payout.createdAt) },
          { name: t('receipt.state'), value: payout.label },
          { name: t('receipt.number'), value: payout.id },
        ]}
      />
      <Title order={2} size="h4" mt="lg" mb="sm">
        {t('carries.title')}
      </Title>
      <Sum payout={payout} totals={statement.data?.pages[0]?.totals ?? null} />
      <Text size="sm" c="dimmed" mt="lg">
        {t('next.zone', { zone: when.zone })}
      </Text>
    </Paper>
  );
}
