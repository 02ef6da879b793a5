import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import { isWaiting } from '../home/askable.ts';
import { methodsQuery, payoutsQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';

/** Names what is under way and follows to another method, and until when it waits for that; null is for a new one. */
export function HeldUp({ methodId }: { readonly methodId: string | null }) {
  const { t } = useTranslation();
  const when = useWhen();
  const methods = useQuery(methodsQuery);
  const payouts = useInfiniteQuery(payoutsQuery);
  const until =
    methodId === null
      ? methods.data?.newUsableFrom
      : methods.data?.data.find(({ id }) => id === methodId)?.usableFrom;
  const waiting = payouts.data?.pages.flatMap((page) => page.data.filter(isWaiting)) ?? [];
  return waiting.map(({ id, amount: minor, currency, createdAt }) => {
    const facts = { amount: money(minor, currency), asked: when.day(createdAt) };
    return (
      <Note key={id} tone="warn" title={t('methods.holdsUp', facts)}>
        {typeof until === 'string'
          ? t('methods.holdsUpUntil', { when: when.moment(until) })
          : t('methods.holdsUpWords')}
      </Note>
    );
  });
}
