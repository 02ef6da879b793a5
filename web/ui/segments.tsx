import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useId } from 'react';

const narrow = '(max-width: 30em)';

/** Letters that fit side by side on a phone, where every choice is as wide as the longest. */
const lettersOnPhone = 28;

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  /** The label is for screen readers only. */
  readonly quiet?: boolean;
}

/** One of a few, side by side; below each other where there is no room. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, value, onChange, choices, quiet = false } = props;
  const id = useId();
  const isNarrow = useMediaQuery(narrow, window.matchMedia(narrow).matches);
  return (
    <Stack gap={4} w={isNarrow ? '100%' : 'auto'} align={isNarrow ? 'stretch' : 'flex-start'}>
      <Text size="sm" fw={600} id={id} className={quiet ? 'mantine-visually-hidden' : ''}>
        {label}
      </Text>
      <SegmentedControl
        aria-labelledby={id}
        orientation={isNarrow && lettersOf(choices) > lettersOnPhone ? 'vertical' : 'horizontal'}
        fullWidth={isNarrow}
        value={value}
        onChange={onChange}
        data={choices.map((choice) => ({ ...choice }))}
      />
    </Stack>
  );
}

function lettersOf(choices: readonly { readonly label: string }[]): number {
  return choices.length * Math.max(...choices.map(({ label }) => label.length));
}
