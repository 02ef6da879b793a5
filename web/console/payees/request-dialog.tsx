import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, faultAt, type FieldsOf } from '../../app/form-fields.ts';
import { isCurrency } from '../../../src/core/currencies.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { tell } from '../../app/tell.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RequestQuote } from './request-quote.tsx';

const typingMs = 300;

/** What a form of a request shows; the balance and the rate are those that the page shows. */
const fields: FieldsOf<BodyOf<'POST', '/payees/{id}/request-payout'>> = {
  payoutCurrency: null,
  currency: undefined,
  method: undefined,
  rateId: undefined,
};

interface RequestProps {
  readonly id: string;
  /** Of the balance that is asked from. */
  readonly currency: string;
  readonly onClose: () => void;
}

/** Asks for what the payee could ask for; shows first what that would be, and at which rate. */
export function RequestDialog(props: RequestProps) {
  const { t } = useTranslation('payees');
  return (
    <Dialog onClose={props.onClose} title={t('request.title')}>
      <RequestForm {...props} />
    </Dialog>
  );
}

function RequestForm({ id, currency, onClose }: RequestProps) {
  const { t } = useTranslation('payees');
  const [typed, setTyped] = useState(currency);
  const [wanted] = useDebouncedValue(typed.trim().toUpperCase(), typingMs);
  const isTyped = wanted === typed.trim().toUpperCase();
  const body = wanted === currency ? { currency } : { currency, payoutCurrency: wanted };
  const quote = useQuery({
    queryKey: ['payees', id, 'quote', currency, wanted],
    queryFn: ({ signal }) => api.post('/payees/{id}/payout-quote', { params: { id }, body, signal }),
    enabled: isCurrency(wanted),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data } = quote;
  const rateId = data?.conversion?.rateId;
  const amount = data === undefined ? '' : money(data.amount, data.currency);
  const ask = useDeed(
    (input: { body: typeof body; rateId: string | undefined }, idempotencyKey) =>
      api.post('/payees/{id}/request-payout', {
        params: { id },
        body: { ...input.body, ...(input.rateId === undefined ? {} : { rateId: input.rateId }) },
        idempotencyKey,
      }),
    {
      what: () => t('request.confirm', { amount }),
      onDone: () => {
        tell(t('request.done', { amount }));
        onClose();
      },
    },
  );
  const { form, at } = useForm(() => {
    if (data && !ask.isPending) ask.mutate({ body, rateId });
  }, ask.error);
  const field = at(
    'payoutCurrency',
    isCurrency(typed.trim().toUpperCase()) ? undefined : t('request.noCurrency'),
  );
  return (
    <form {...form}>
      <Stack>
        <Text>{t('request.lead')}</Text>
        <TextInput
          label={t('request.currency')}
          description={t('request.currencyHint')}
          maxLength={3}
          value={typed}
          {...field}
          error={
            isTyped && !isCurrency(wanted)
              ? t('request.noCurrency')
              : (field.error ?? faultAt(quote.error, 'payoutCurrency'))
          }
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {quote.error !== null && <TroubleNote error={quote.error} fields={fields} />}
        {quote.isPending && isCurrency(wanted) && <Skeleton h={60} />}
        {data !== undefined && quote.error === null && <RequestQuote quote={data} />}
        <DeedTrouble error={ask.error} fields={fields} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={ask.isPending} disabled={!data || quote.error !== null}>
            {t('request.confirm', { amount })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
