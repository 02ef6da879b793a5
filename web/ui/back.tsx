import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useHeld } from './hold.ts';

interface BackProps extends ButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly 'data-autofocus'?: boolean;
}

/** Away from a dialog without doing what it asks; not while that is on its way. */
export function Back({ disabled = false, ...props }: BackProps) {
  const held = useHeld();
  return <Button variant="default" {...props} disabled={disabled || held} />;
}
