import { Box } from '@mantine/core';
import type { ReactNode } from 'react';

interface FactsProps {
  readonly facts: readonly { readonly id: string; readonly label: string; readonly value: ReactNode }[];
}

/** Names and what they are, one line each; below each other where there is no room. */
export function Facts({ facts }: FactsProps) {
  return (
    <Box component="dl" className="facts">
      {facts.map(({ id, label, value }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Box>
  );
}
