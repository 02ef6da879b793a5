import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { dateTime } from '../../app/format.ts';
import { meQuery } from '../../app/me.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { type Deed, offersOf, providerOf } from './deeds.ts';
import { linkTo } from './links.ts';
import { useNextMethod } from './method-facts.ts';
import { openPart } from './open-part.ts';
import { PayItButton, usePayIt } from './pay-it.tsx';
import { ReasonedButton } from './reasoned-button.tsx';
import { RetryWhere } from './retry-where.tsx';

const AskPayee = later(async () => (await import('./ask-payee.tsx')).AskPayee);
const DeedDialog = later(async () => (await import('./deed-dialog.tsx')).DeedDialog);

/** Never the button that invites. */
const endings: ReadonlySet<Deed> = new Set(['decline', 'cancel']);

/** The buttons that fit a payout, the likeliest first, and why some of them are off. */
export function DeedButtons({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation(['payouts', 'forms']);
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState<Deed | null>(null);
  const looker = { role: me?.role ?? 'viewer', id: me?.id ?? '' };
  const pay = usePayIt(payout, looker);
  const barred = useBarred(payout);
  const offers = offersOf(payout, looker).map(({ deed, why }) => ({
    deed,
    why: why === null ? (deed === 'retry' ? barred : null) : t(why),
  }));
  const batchId = payout.attempts.at(-1)?.batchId;
  const isBarred = offers.some(({ deed, why }) => deed === 'retry' && why !== null);
  // What a provider sends is sent here, what waits for the payee is seldom mended by trying again, and what cannot be tried again now only waits: no other button is the first.
  const first =
    pay === null && payout.waitingOn !== 'payee' && !isBarred
      ? offers.findIndex(({ deed, why }) => why === null && invites(deed, payout))
      : -1;
  if (offers.length === 0) return null;
  const words = [pay?.why ?? null, ...offers.map(({ why }) => why)];
  const reasons = new Set(words.filter((why) => why !== null));
  return (
    <>
      <Group gap="sm" component="section" aria-label={t('whatYouCanDo')}>
        {pay !== null && <PayItButton pay={pay} />}
        <AskPayee payout={payout} />
        {offers.map(({ deed, why }, at) => (
          <ReasonedButton
            key={deed}
            why={why}
            variant={at === first ? 'filled' : 'default'}
            onClick={() => setOpen(deed)}
          >
            {deed === 'mark_paid' && providerOf(payout) !== null
              ? t('deeds.mark_paid.elsewhere')
              : t(`deeds.${deed}.button`)}
          </ReasonedButton>
        ))}
      </Group>
      {[...reasons].map((reason) => (
        <Text key={reason} size="sm" c="dimmed">
          {reason}
        </Text>
      ))}
      {payout.status === 'queued' && batchId !== undefined && (
        <Anchor component={Link} {...linkTo.batch(batchId)} size="sm">
          {t('itsBatch')}
        </Anchor>
      )}
      {open !== null && (
        <DeedDialog
          deed={open}
          payout={payout}
          approvalHash={open === 'approve' ? payout.approval?.approvalHash : undefined}
          start={open === 'settle_part' ? { amount: Number(openPart(payout.ledger)) } : {}}
          onClose={() => setOpen(null)}
        >
          {open === 'retry' && <RetryWhere payout={payout} />}
        </DeedDialog>
      )}
    </>
  );
}

/** What a provider sends is paid by it; to say that it was sent elsewhere is the way out. */
function invites(deed: Deed, payout: PayoutDetails): boolean {
  return !endings.has(deed) && !(deed === 'mark_paid' && providerOf(payout) !== null);
}

/** Why the method a retry goes to cannot be used now, in words; null: it can, or that is not known. */
function useBarred(payout: PayoutDetails): string | null {
  const { t } = useTranslation('payouts');
  const method = useNextMethod(payout);
  if (method?.status === 'frozen') return t('why.frozen');
  const until = method?.status === 'cooling_off' ? method.usableFrom : null;
  return until === null ? null : t('why.coolingOff', { until: dateTime(until) });
}
