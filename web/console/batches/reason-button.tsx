import { Button, type ButtonProps, Stack, Text } from '@mantine/core';
import { type ComponentPropsWithoutRef, useId } from 'react';

interface ReasonButtonProps extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** Why it cannot be pressed now; null: it can. */
  readonly reason: string | null;
}

/** A button that says why it is off: it stays reachable by keyboard, and the reason stands under it. */
export function ReasonButton({ reason, onClick, children, ...props }: ReasonButtonProps) {
  const id = useId();
  if (reason === null)
    return (
      <Button onClick={onClick} {...props}>
        {children}
      </Button>
    );
  return (
    <Stack gap={4} maw={320}>
      <Button {...props} aria-disabled data-disabled aria-describedby={id}>
        {children}
      </Button>
      <Text id={id} size="sm" c="dimmed">
        {reason}
      </Text>
    </Stack>
  );
}
