import { Group, Progress, Stack, Text } from '@mantine/core';
import { count } from '../../app/format.ts';
import type { AnalyticsReason } from '../../client/types.ts';

/** A bar for each reason, its whole sentence above it: cut short, half of them read the same. */
export function ReasonBars({ reasons }: { readonly reasons: readonly AnalyticsReason[] }) {
  const most = Math.max(1, ...reasons.map(({ count: n }) => n));
  return (
    <Stack gap="sm">
      {reasons.map(({ reason, status, words, count: n }) => (
        <div key={`${reason} ${status}`}>
          <Text size="sm">{words}</Text>
          <Group gap="sm" wrap="nowrap">
            <Progress flex={1} size={14} color="red.7" value={(100 * n) / most} />
            <Text size="sm" className="amount column-end" miw={40}>
              {count(n)}
            </Text>
          </Group>
        </div>
      ))}
    </Stack>
  );
}
