import { Anchor, Group, Paper, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultAt } from '../../app/form-fields.ts';
import { currencies } from '../../../src/core/currencies.ts';
import { useFilters } from '../../app/filters.ts';
import type { OwnBalance } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useMethodInUse, useMethodName } from '../goes-to.tsx';
import { askableOf } from '../home/askable.ts';
import { mainBalance } from '../home/outlook.ts';
import { PageLink, places } from '../page-link.tsx';
import { balanceQuery, payoutsQuery, quoteQuery } from '../queries.ts';
import { Back } from '../shell/back.tsx';
import { Confirm } from './confirm.tsx';
import { QuoteCard } from './quote-card.tsx';
import { WhyNot } from './why-not.tsx';

/** Asks for what is available: in which currency, what exactly comes of it, then the one button. */
export function RequestPage() {
  const { t } = useTranslation();
  const balance = useQuery(balanceQuery);
  return (
    <>
      <Back to={places.home}>{t('nav.home')}</Back>
      <PageHead title={t('ask.title')} lead={t('ask.lead')} />
      {balance.data ? <Choices balance={balance.data} /> : <Skeleton h={240} radius="lg" />}
    </>
  );
}

function Choices({ balance }: { readonly balance: OwnBalance }) {
  const { t } = useTranslation();
  const [{ currency: asked }, choose] = useFilters();
  const [payoutCurrency, setPayoutCurrency] = useState<string | null>(null);
  const codes = balance.balances.map((one) => one.currency);
  const currency = codes.find((code) => code === asked) ?? mainBalance(balance)?.currency ?? '';
  const payouts = useInfiniteQuery(payoutsQuery);
  const here = balance.balances.find((one) => one.currency === currency);
  const list = payouts.data?.pages.flatMap((page) => page.data) ?? [];
  const stuck = here ? askableOf(here, list).stuck : 0n;
  const quote = useQuery(quoteQuery(currency, payoutCurrency === currency ? null : payoutCurrency));
  return (
    <Stack>
      {codes.length > 1 && (
        <div>
          <Text fw={600} mb={4} id="which">
            {t('ask.which')}
          </Text>
          <SegmentedControl
            aria-labelledby="which"
            fullWidth
            size="md"
            data={codes}
            value={currency}
            onChange={(value) => choose({ currency: value })}
          />
        </div>
      )}
      <Select
        size="md"
        label={t('ask.paidIn')}
        description={t('ask.paidInHint')}
        data={[...new Set([currency, ...codes, ...currencies])]}
        value={payoutCurrency ?? currency}
        error={faultAt(quote.error, 'payoutCurrency')}
        onChange={setPayoutCurrency}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('ask.noCurrency')}
      />
      {quote.data !== undefined && quote.error === null && (
        <>
          <QuoteCard quote={quote.data} />
          <GoesTo />
          <Confirm currency={currency} quote={quote.data} />
        </>
      )}
      {quote.isPending && <Skeleton h={160} radius="lg" />}
      {quote.error !== null && (
        <Paper withBorder p="md" ps={26} radius="lg" className="portal-act" aria-live="polite">
          <WhyNot error={quote.error} currency={currency} stuck={stuck} />
        </Paper>
      )}
    </Stack>
  );
}

/** Where the money goes, before it is asked for. */
function GoesTo() {
  const { t } = useTranslation();
  const method = useMethodInUse();
  const nameOf = useMethodName();
  if (!method) return null;
  return (
    <Group justify="space-between" gap="xs">
      <Text style={{ overflowWrap: 'anywhere' }}>{t('ask.goesTo', { method: nameOf(method) })}</Text>
      <Anchor component={PageLink} to={places.methods} className="portal-tap">
        {t('ask.changeMethod')}
      </Anchor>
    </Group>
  );
}
