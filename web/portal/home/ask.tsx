import { Button, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Minor, money } from '../../app/format.ts';
import { ProblemError } from '../../client/client.ts';
import type { OwnBalance } from '../../client/types.ts';
import { PageLink, places } from '../page-link.tsx';
import { quoteQuery } from '../queries.ts';
import { WhyNot } from '../request/why-not.tsx';

/** Refusals whose words lead on: no dead button beside them. */
const hasWayOut = new Set(['payout_method_missing', 'currency_not_taken']);

/** Asking for a payout, or why that is not possible now and when it will be; per currency. */
export function Ask({ balance }: { readonly balance: OwnBalance }) {
  const { t } = useTranslation();
  const open = balance.balances.filter((one) => BigInt(one.totalEarnings) !== 0n);
  if (open.length === 0) return null;
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="ask">
      <Title order={2} size="h4" id="ask">
        {t('ask.title')}
      </Title>
      <Stack gap="md" mt="sm">
        {open.map(({ currency, available }) => (
          <AskFor key={currency} currency={currency} available={available} />
        ))}
      </Stack>
    </Paper>
  );
}

function AskFor({ currency, available }: { readonly currency: string; readonly available: Minor }) {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery(quoteQuery(currency));
  const reason = `ask-${currency}`;
  if (isPending) return <Skeleton h={44} />;
  if (error) {
    return (
      <Stack gap="xs">
        <div id={reason}>
          <WhyNot error={error} currency={currency} balance={available} />
        </div>
        {error instanceof ProblemError && !hasWayOut.has(error.code) && (
          <Button h={44} variant="default" aria-disabled data-disabled aria-describedby={reason}>
            {t('ask.button', { currency })}
          </Button>
        )}
      </Stack>
    );
  }
  return (
    <Button component={PageLink} to={places.request} search={{ currency }} h={48} size="md">
      {t('ask.amount', { amount: money(data.amount, data.currency) })}
    </Button>
  );
}
