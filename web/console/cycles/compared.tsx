import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import type { Preview } from '../../client/types.ts';

/** A run beside the last one: how many more or fewer, how much more or less. */
export function Compared({ last }: { readonly last: Preview['comparedWithLast'] | null }) {
  const { t } = useTranslation('cycles');
  if (!last) return null;
  const totals = Object.entries(last.totalsChange).map(([currency, change]) =>
    signed(BigInt(change), money(change, currency)),
  );
  const items = signed(BigInt(last.itemsChange), count(last.itemsChange));
  return (
    <div>
      <Title order={3}>{t('dryRun.compared')}</Title>
      <Text>{t('dryRun.change', { items, totals: totals.join(', ') })}</Text>
      {last.completedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('dryRun.lastRun', { at: dateTime(last.completedAt), n: count(last.totalItems) })}
        </Text>
      )}
    </div>
  );
}

function signed(change: bigint, words: string): string {
  return change > 0n ? `+${words}` : words.replace('-', '\u2212');
}
