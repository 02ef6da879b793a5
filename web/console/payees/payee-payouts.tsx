import { Anchor, Box, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Payout } from '../../client/types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { usePayoutColumns } from '../payouts/payout-columns.tsx';
import { usePayouts } from '../payouts/payouts-query.ts';

/** What they got, get and should have got, the latest first. */
export function PayeePayouts({ id }: { readonly id: string }) {
  const { t } = useTranslation('payees');
  const columns = usePayoutColumns({ withPayee: false });
  const payouts = usePayouts({ payee: id });
  return (
    <Box component="section" aria-labelledby="payouts">
      <Group justify="space-between" mb="md">
        <Title order={2} id="payouts">
          {t('payouts')}
        </Title>
        <Anchor component={Link} to="/payouts" search={{ payee: id } as never} size="sm">
          {t('inList')}
        </Anchor>
      </Group>
      <DataTable<Payout>
        caption={t('payouts')}
        columns={columns}
        rows={payouts.data?.pages.flatMap((page) => page.data)}
        idOf={(payout) => payout.id}
        empty={<Text c="dimmed">{t('noPayouts')}</Text>}
      />
      <MoreButton list={payouts}>{t('more')}</MoreButton>
    </Box>
  );
}
