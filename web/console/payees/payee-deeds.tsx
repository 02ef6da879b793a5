import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import type { Payee } from '../../client/types.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { PortalLinkDialog } from './portal-link-dialog.tsx';

/** What can be done for or about a payee as a whole. */
export function PayeeDeeds({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation('payees');
  const [open, setOpen] = useState<'link' | 'hold' | null>(null);
  const why = useMay('operate') ? null : t('why.role_operate');
  const close = () => setOpen(null);
  return (
    <>
      <ReasonedButton variant="default" why={why} onClick={() => setOpen('link')}>
        {t('link.button')}
      </ReasonedButton>
      <ReasonedButton variant="default" why={why} onClick={() => setOpen('hold')}>
        {payee.hold === null ? t('hold.button') : t('release.button')}
      </ReasonedButton>
      {open === 'link' && <PortalLinkDialog id={payee.externalId} name={payee.name} onClose={close} />}
      {open === 'hold' && <HoldDialog payee={payee} onClose={close} />}
    </>
  );
}
