import { Box, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import { Money } from '../../ui/money.tsx';
import { bucketColors, bucketTotals, type Counts, buckets, shownBuckets } from './buckets.ts';

/** Items by what became of them, as one bar; the numbers stand beside it in words. */
export function OutcomeBar({
  counts,
  total,
  size = 14,
}: {
  readonly counts: Counts;
  readonly total: number;
  readonly size?: number;
}) {
  const { t } = useTranslation('batches');
  const words = buckets
    .filter((bucket) => counts[bucket] > 0)
    .map((bucket) => t(`bar.part.${bucket}`, { count: counts[bucket], n: count(counts[bucket]) }))
    .join(', ');
  return (
    <div>
      <VisuallyHidden>{t('bar.name', { parts: words })}</VisuallyHidden>
      <Progress.Root size={size} aria-hidden>
        {buckets.map((bucket) =>
          counts[bucket] > 0 && bucket !== 'pending' ? (
            <Progress.Section
              key={bucket}
              value={(100 * counts[bucket]) / total}
              color={bucketColors[bucket]}
              withAria={false}
            />
          ) : null,
        )}
      </Progress.Root>
    </div>
  );
}

/** The same in words and figures, side by side: how many of each, and what they come to. */
export function OutcomeWords({ counts }: { readonly counts: Counts }) {
  const { t } = useTranslation('batches');
  return (
    <Box
      component="dl"
      m={0}
      display="grid"
      style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(118px, 1fr))', gap: '8px 16px' }}
    >
      {shownBuckets(counts).map((bucket) => (
        <div key={bucket}>
          <Text component="dt" size="sm" c="dimmed">
            <Dot color={bucketColors[bucket]} />
            {t(`bucket.${bucket}`)}
          </Text>
          <Text component="dd" m={0} fw={650} size="lg" className="amount">
            {count(counts[bucket])}
          </Text>
          {Object.entries(bucketTotals(counts, bucket)).map(([currency, total]) => (
            <Text key={currency} component="dd" m={0} size="sm">
              <Money>{money(total, currency)}</Money>
            </Text>
          ))}
        </div>
      ))}
    </Box>
  );
}

/** A spot of the color that a bar uses, beside the word for it. */
export function Dot({ color }: { readonly color: string }) {
  return (
    <Box
      component="span"
      bg={color}
      me={6}
      w={9}
      h={9}
      flex="none"
      display="inline-block"
      style={{ borderRadius: 9 }}
    />
  );
}
