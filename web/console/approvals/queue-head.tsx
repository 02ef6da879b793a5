import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ago, count, dateTime, moneyList } from '../../app/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { useNow } from '../inbox/now.ts';
import { queueQuery } from './queue-query.ts';

/** How many wait, how much that is, since when and until when. */
export function QueueHead() {
  const { t } = useTranslation('approvals');
  const { data } = useQuery(queueQuery);
  const now = useNow();
  const never = t('none');
  const words =
    data &&
    [
      t('head.waiting', { count: data.count }),
      moneyList(data.totals),
      data.nextExpiryAt === null ? '' : t('head.expires', { when: ago(data.nextExpiryAt, now) }),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      <Text hiddenFrom="sm" fw={600} mb="md">
        {words}
      </Text>
      <SimpleGrid visibleFrom="sm" cols={{ base: 2, md: 4 }} spacing="sm" mb="md">
        <Figure name={t('head.count')}>{data && count(data.count)}</Figure>
        <Figure name={t('head.totals')}>{data && (moneyList(data.totals) || never)}</Figure>
        <Figure name={t('head.oldest')}>
          {data && (data.oldestAt === null ? never : ago(data.oldestAt, now))}
        </Figure>
        <Figure
          name={t('head.expiry')}
          note={data && data.nextExpiryAt !== null && dateTime(data.nextExpiryAt)}
        >
          {data && (data.nextExpiryAt === null ? never : ago(data.nextExpiryAt, now))}
        </Figure>
      </SimpleGrid>
    </>
  );
}
