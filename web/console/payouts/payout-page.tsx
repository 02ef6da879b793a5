import { Anchor, Grid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { PayoutDetails } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Attempts } from './attempts.tsx';
import { CarriesList } from './carries.tsx';
import { Copies } from './copies.tsx';
import { ApprovalFacts, ConversionFacts, Facts } from './facts.tsx';
import { LedgerLines } from './ledger-lines.tsx';
import { NextBox } from './next-box.tsx';
import { payoutQuery } from './payout-query.ts';
import { ReceiptLink } from './receipt-link.tsx';
import { SharedReference } from './shared-reference.tsx';
import { PayoutTimeline } from './timeline.tsx';

/** One payout: what it is, whose turn it is, what happens next, and everything that happened. */
export function PayoutPage() {
  const { t } = useTranslation('payouts');
  const { payoutId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(payoutQuery(payoutId));
  return (
    <>
      <Anchor component={Link} to="/payouts" size="sm">
        {t('toList')}
      </Anchor>
      <PageHead
        title={
          data === undefined
            ? t('payout')
            : t('headline', { amount: money(data.amount, data.currency), payee: data.payeeName })
        }
        actions={data?.status === 'completed' && <ReceiptLink payoutId={data.id} />}
      />
      {error !== null && data === undefined && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Coming /> : <Whole payout={data} />}
    </>
  );
}

function Whole({ payout }: { readonly payout: PayoutDetails }) {
  const { approval, conversion } = payout;
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="xl">
          <NextBox payout={payout} />
          {payout.paidByHand !== null && <SharedReference paid={payout.paidByHand} />}
          <PayoutTimeline entries={payout.timeline} />
          <Attempts attempts={payout.attempts} />
          <CarriesList payout={payout} />
          <LedgerLines lines={payout.ledger} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <Facts payout={payout} />
          {approval !== null && <ApprovalFacts approval={approval} />}
          {conversion !== null && <ConversionFacts conversion={conversion} currency={payout.currency} />}
          <Copies payout={payout} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Coming() {
  return (
    <Stack>
      <Skeleton h={180} />
      <Skeleton h={260} />
    </Stack>
  );
}
