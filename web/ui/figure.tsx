import { Paper, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One figure with its name, such as a balance. `children` undefined: on its way. */
export function Figure({
  name,
  children,
  note,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
}) {
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Text c="dimmed" size="sm">
        {name}
      </Text>
      {children === undefined ? (
        <Skeleton h={32} w={140} mt={4} />
      ) : (
        <Text size="xl" fw={650} className="amount" component="div" style={{ whiteSpace: 'normal' }}>
          {children}
        </Text>
      )}
      {note !== undefined && (
        <Text size="sm" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Paper>
  );
}
