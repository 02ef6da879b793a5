import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { PayoutQuote } from '../../client/types.ts';
import { places, useGo } from '../page-link.tsx';
import { tell } from '../../app/tell.ts';

/** The button that asks. It names the amount; the rate is the one that was shown, or nothing is made. */
export function Confirm({ currency, quote }: { readonly currency: string; readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const go = useGo();
  const amount = money(quote.amount, quote.currency);
  const ask = useDeed(
    (body: { currency: string; payoutCurrency: string | null; rateId: string | null }, idempotencyKey) =>
      api.post('/api/payee/request-payout', { body, idempotencyKey }),
    {
      onDone: (made) => {
        tell({ id: made.id, message: t('ask.done', { amount }) });
        go(places.payout(made.id));
      },
    },
  );
  return (
    <Stack gap="xs">
      {ask.error !== null && (
        <TroubleNote
          error={ask.error}
          fields={{ payoutCurrency: t('ask.paidIn'), currency: t('ask.which') }}
        />
      )}
      <Button
        size="lg"
        loading={ask.isPending}
        onClick={() =>
          ask.mutate({
            currency,
            payoutCurrency: quote.currency === currency ? null : quote.currency,
            rateId: quote.conversion?.rateId ?? null,
          })
        }
      >
        {t('ask.amount', { amount })}
      </Button>
      <Text size="sm" c="dimmed" ta="center">
        {t('ask.then')}
      </Text>
    </Stack>
  );
}
