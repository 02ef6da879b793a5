import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

const colors = { bad: 'red', warn: 'orange', good: 'teal', info: 'sea' } as const;

interface NoteProps {
  readonly tone: keyof typeof colors;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Said at once by screen readers; for what just went wrong. */
  readonly urgent?: boolean;
}

/** A box of words: what went wrong, what is special, what was done. */
export function Note({ tone, title, children, urgent = false }: NoteProps) {
  return (
    <Alert color={colors[tone]} title={title} role={urgent ? 'alert' : 'note'} variant="light">
      {children}
    </Alert>
  );
}
