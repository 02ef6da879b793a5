import { Group, Progress, Stack, Text } from '@mantine/core';

interface Bar {
  readonly key: string;
  /** What it counts, whole: cut short, half of them read the same. */
  readonly words: string;
  readonly value: number;
  readonly figure: string;
  readonly color: string;
}

/** Bars that lie below each other, each with its words above it and its figure at its end. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const most = Math.max(...bars.map(({ value }) => value)) || 1;
  return (
    <Stack gap="sm">
      {bars.map(({ key, words, value, figure, color }) => (
        <div key={key}>
          <Text size="sm">{words}</Text>
          <Group gap="sm" wrap="nowrap">
            <Progress flex={1} size={14} color={color} value={(100 * value) / most} />
            <Text size="sm" className="amount column-end" miw={48}>
              {figure}
            </Text>
          </Group>
        </div>
      ))}
    </Stack>
  );
}
