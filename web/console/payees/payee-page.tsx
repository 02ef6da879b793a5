import { Anchor, Grid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Payee } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Accounts } from './accounts.tsx';
import { Balances } from './balances.tsx';
import { Methods } from './methods.tsx';
import { OutlookBox } from './outlook-box.tsx';
import { PayeeDeeds } from './payee-deeds.tsx';
import { PayeePayouts } from './payee-payouts.tsx';
import { payeeQueries } from './payee-queries.ts';
import { ScheduleBox } from './schedule-box.tsx';

/** One payee: can we pay them, what is theirs, where it goes and what they got. */
export function PayeePage() {
  const { t } = useTranslation('payees');
  const { payeeId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(payeeQueries.payee(payeeId));
  return (
    <>
      <Anchor component={Link} to="/payees" size="sm">
        {t('toList')}
      </Anchor>
      <PageHead
        title={data === undefined ? t('payee') : data.name || data.externalId}
        lead={data && [data.externalId, data.email].filter((part) => part !== null).join(' · ')}
        actions={data && <PayeeDeeds payee={data} />}
      />
      {error !== null && data === undefined && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Whole payee={data} />}
      {data === undefined && error === null && <Skeleton h={260} />}
    </>
  );
}

function Whole({ payee }: { readonly payee: Payee }) {
  const id = payee.externalId;
  const { data: outlook } = useQuery(payeeQueries.outlook(id));
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="xl">
          <OutlookBox outlook={outlook} />
          <Balances id={id} balances={outlook?.balances} />
          <PayeePayouts id={id} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <Methods id={id} />
          <ScheduleBox payee={payee} />
          <Accounts id={id} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
