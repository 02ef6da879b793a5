import { Box, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** The line below the sum. */
  readonly sum?: boolean;
  /** An address, a reference or a moment: below its name on a phone. */
  readonly long?: boolean;
}

/** Names and values in two columns; what is false is left out. */
export function Facts({ rows, ...box }: BoxProps & { readonly rows: readonly (Fact | false)[] }) {
  return (
    <Box component="dl" className="portal-facts" {...box}>
      {rows.map((row) => row !== false && <Row key={row.name} fact={row} />)}
    </Box>
  );
}

function Row({ fact: { name, value, sum = false, long = false } }: { readonly fact: Fact }) {
  const looks = ['portal-fact', ...(sum ? ['is-sum'] : []), ...(long ? ['is-long'] : [])];
  return (
    <div className={looks.join(' ')}>
      <dt>{name}</dt>
      <dd className="amount" style={{ whiteSpace: 'normal' }}>
        {value}
      </dd>
    </div>
  );
}
