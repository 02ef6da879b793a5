import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import type { OwnBalance, OwnPayout } from '../../client/types.ts';
import { PageLink, places } from '../page-link.tsx';
import { isOnTheMove } from '../payouts/look.ts';
import { payoutQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import type { Outlook } from './outlook.ts';
import { outlookOf } from './outlook.ts';

/** The one sentence people come for: how much, and by when. */
export function NextPayout({
  balance,
  payouts,
}: {
  readonly balance: OwnBalance | undefined;
  readonly payouts: readonly OwnPayout[] | undefined;
}) {
  const moving = payouts?.find((payout) => isOnTheMove(payout));
  const details = useQuery(payoutQuery(moving?.id ?? ''));
  if (balance === undefined || payouts === undefined) return <Skeleton h={150} radius="lg" />;
  return <Card outlook={outlookOf(balance, payouts, details.data)} />;
}

function Card({ outlook }: { readonly outlook: Outlook }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { amount, words, more } = useSaid(outlook);
  const isDated = outlook.kind === 'scheduled' || (outlook.kind === 'later' && outlook.at !== null);
  return (
    <section className="portal-next" aria-labelledby="next-payout">
      <Title order={2} size="h4" fw={550} id="next-payout">
        {t('next.title')}
      </Title>
      {amount !== null && <div className="portal-next-amount amount">{amount}</div>}
      <Text size="lg" mt={4}>
        {words}
      </Text>
      <Text size="sm" mt={more === null && !isDated ? 0 : 8}>
        {more} {isDated && t('next.zone', { zone: when.zone })}
      </Text>
      {(outlook.kind === 'underway' || outlook.kind === 'stuck') && (
        <PageLink to={places.payout(outlook.payout.id)} className="portal-next-link">
          {t('next.follow')}
        </PageLink>
      )}
    </section>
  );
}

/** What is the payee's to do stands above, among what needs them. */
function notTheirs({ waitingOn, nextStep }: OwnPayout): string | null {
  return waitingOn === 'you' ? null : nextStep;
}

interface Said {
  readonly amount: string | null;
  readonly words: string;
  readonly more: string | null;
}

function useSaid(outlook: Outlook): Said {
  const { t } = useTranslation();
  const when = useWhen();
  if (outlook.kind === 'underway') {
    const { payout, by } = outlook;
    const words =
      by === null ? payout.label : t('next.labelBy', { label: payout.label, when: when.moment(by) });
    return { amount: money(payout.amount, payout.currency), words, more: notTheirs(payout) };
  }
  if (outlook.kind === 'stuck') {
    const { amount, currency, label } = outlook.payout;
    return { amount: money(amount, currency), words: label, more: notTheirs(outlook.payout) };
  }
  if (outlook.kind === 'scheduled')
    return {
      amount: money(outlook.free, outlook.balance.currency),
      words: t('next.asked', { when: when.moment(outlook.at) }),
      more: t('next.whatIsAvailable'),
    };
  if (outlook.kind === 'ask')
    return {
      amount: money(outlook.free, outlook.balance.currency),
      words: t('next.readyToAsk'),
      more: null,
    };
  return {
    amount: null,
    words: t(outlook.balance === null ? 'next.nothingYet' : 'next.notEnough'),
    more: outlook.at === null ? null : t('next.clockLooks', { when: when.moment(outlook.at) }),
  };
}
