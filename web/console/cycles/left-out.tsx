import { Group, List, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import type { Preview } from '../../client/types.ts';
import { Money } from '../../ui/money.tsx';
import { readable } from '../payouts/readable.ts';
import { WaitingBadge } from '../payouts/waiting-badge.tsx';

/** Who is not paid, why, whose turn it is, what would change it and, where the clock frees them, when. */
export function LeftOut({ rows }: { readonly rows: Preview['notEligible'] }) {
  const { t } = useTranslation('cycles');
  if (rows.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        {t('leftOut.title')}
      </Title>
      <List listStyleType="none" spacing="sm">
        {rows.map((row) => (
          <List.Item
            key={row.reason + row.currency}
            styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
          >
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Text fw={600}>{t('leftOut.one', { n: count(row.count), why: row.message })}</Text>
              <Money>{money(row.total, row.currency)}</Money>
            </Group>
            <WaitingBadge waitingOn={row.waitingOn} />
            <Text size="sm" c="dimmed">
              {readable(row.fix)}
            </Text>
            {/* Of a cool-off the words say until when. */}
            {row.freesAt !== null && row.reason !== 'method_cooling_off' && (
              <Text size="sm" c="dimmed">
                {t('leftOut.freesAt', { at: dateTime(row.freesAt) })}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
