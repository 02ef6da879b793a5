import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { PortalLinkDialog } from '../payees/portal-link-dialog.tsx';
import { ReasonedButton } from './reasoned-button.tsx';

/** Where in the portal a payee does their part for this payout; null: it is not their turn. */
function pageFor({ id, status, waitingOn }: PayoutDetails): string | null {
  if (waitingOn !== 'payee') return null;
  if (status === 'failed' || status === 'returned') return `/portal/payouts/${id}/fix`;
  return status === 'unclaimed' ? `/portal/payouts/${id}` : '/portal/methods';
}

/** Whose turn it is gets a link to the very page where they do their part. */
export function AskPayee({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payees');
  const [isOpen, setOpen] = useState(false);
  const mayOperate = useMay('operate');
  const to = pageFor(payout);
  if (to === null) return null;
  return (
    <>
      <ReasonedButton
        variant="filled"
        why={mayOperate ? null : t('why.role_operate')}
        onClick={() => setOpen(true)}
      >
        {t('ask.button')}
      </ReasonedButton>
      {isOpen && (
        <PortalLinkDialog
          id={payout.payeeId}
          name={payout.payeeName}
          to={to}
          title={t('ask.title', { name: payout.payeeName })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
