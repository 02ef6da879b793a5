import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { linkTo } from './links.ts';

/** To what is printed of a payment that arrived. */
export function ReceiptLink({ payoutId }: { readonly payoutId: string }) {
  const { t } = useTranslation('forms');
  return (
    <Button component={Link} {...linkTo.receipt(payoutId)} variant="default">
      {t('receipt.open')}
    </Button>
  );
}
