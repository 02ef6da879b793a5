import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayoutDetails } from '../../client/types.ts';
import { PayApprovedDialog } from '../approvals/pay-approved-dialog.tsx';
import { type Ready, readyOf } from '../approvals/ready.ts';
import { statusQuery } from '../status/status-query.ts';
import { isReadyToSend, type Looker, providerOf, whyNotFor } from './deeds.ts';
import { ReasonedButton } from './reasoned-button.tsx';

/** What sends an approved payout with all that is approved like it. */
interface PayIt {
  /** Why not now, in words; null: it can be. */
  readonly why: string | null;
  readonly ready: Ready | undefined;
}

/** The way to send a payout that is approved; null: no provider sends it, or it is not its time. */
export function usePayIt(payout: PayoutDetails, looker: Looker): PayIt | null {
  const { t } = useTranslation('payouts');
  const fits = isReadyToSend(payout);
  const { data } = useQuery({ ...statusQuery, enabled: fits });
  if (!fits) return null;
  const ready = readyOf(data?.float ?? []).find(({ provider }) => provider === providerOf(payout));
  const role = whyNotFor('retry', looker);
  if (role !== null) return { why: t(role), ready };
  return { why: ready === undefined && data !== undefined ? t('why.notRead') : null, ready };
}

export function PayItButton({ pay: { why, ready } }: { readonly pay: PayIt }) {
  const { t } = useTranslation('approvals');
  const [open, setOpen] = useState<Ready | null>(null);
  return (
    <>
      <ReasonedButton why={why} onClick={() => setOpen(ready ?? null)}>
        {t('pay.button')}
      </ReasonedButton>
      {open !== null && <PayApprovedDialog ready={open} onClose={() => setOpen(null)} />}
    </>
  );
}
