import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** The line below the sum. */
  readonly sum?: boolean;
}

/** Names and values in two columns; what is false is left out. */
export function Facts({ rows, ...box }: BoxProps & { readonly rows: readonly (Fact | false)[] }) {
  return (
    <Box component="dl" className="portal-facts" {...box}>
      {rows.map((row) => row !== false && <Row key={row.name} fact={row} />)}
    </Box>
  );
}

function Row({ fact: { name, value, sum = false } }: { readonly fact: Fact }) {
  return (
    <div className={sum ? 'portal-fact is-sum' : 'portal-fact'}>
      <dt>{name}</dt>
      <dd className="amount" style={{ whiteSpace: 'normal' }}>
        {value}
      </dd>
    </div>
  );
}
