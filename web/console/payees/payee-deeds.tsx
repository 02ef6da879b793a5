import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { useMay } from '../../app/me.ts';
import type { Payee } from '../../client/types.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';

const BlockDialog = later(async () => (await import('./block-dialog.tsx')).BlockDialog);
const RenameDialog = later(async () => (await import('./rename-dialog.tsx')).RenameDialog);
const PortalLinkDialog = later(async () => (await import('./portal-link-dialog.tsx')).PortalLinkDialog);
const HoldDialog = later(async () => (await import('./hold-dialog.tsx')).HoldDialog);

type PayeeDeed = 'link' | 'hold' | 'rename' | 'block';

/** What can be done for or about a payee as a whole. */
export function PayeeDeeds({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation('payees');
  const [open, setOpen] = useState<PayeeDeed | null>(null);
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
      <More payee={payee} why={why} onChoose={setOpen} />
      {open === 'link' && <PortalLinkDialog id={payee.externalId} name={payee.name} onClose={close} />}
      {open === 'hold' && <HoldDialog payee={payee} onClose={close} />}
      {open === 'rename' && <RenameDialog payee={payee} onClose={close} />}
      {open === 'block' && <BlockDialog payee={payee} onClose={close} />}
    </>
  );
}

interface MoreProps {
  readonly payee: Payee;
  readonly why: string | null;
  readonly onChoose: (deed: PayeeDeed) => void;
}

/** What is seldom done. */
function More({ payee: { status }, why, onChoose }: MoreProps) {
  const { t } = useTranslation('forms');
  if (why !== null)
    return (
      <ReasonedButton variant="default" why={why} onClick={() => undefined}>
        {t('more')}
      </ReasonedButton>
    );
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default">{t('more')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose('rename')}>{t('rename.button')}</Menu.Item>
        <Menu.Item onClick={() => onChoose('block')}>
          {t(status === 'blocked' ? 'free.button' : 'block.button')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
