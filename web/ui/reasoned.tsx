import { Button, type ButtonProps, Stack, Text, Tooltip } from '@mantine/core';
import { type MouseEventHandler, type ReactNode, useId } from 'react';

interface ReasonedProps extends ButtonProps {
  readonly children: ReactNode;
  /** Why it cannot be pressed now; undefined or null: it can. */
  readonly reason: string | null | undefined;
  /** The reason stands below it for all to read; else it comes up where one points. */
  readonly below?: boolean;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly type?: 'button' | 'submit';
}

/** A button that says why it is off: to the mouse, to the keyboard, which can still reach it, and to a screen reader. */
export function ReasonedButton(props: ReasonedProps) {
  const { reason, below = false, onClick, type = 'button', children, ...rest } = props;
  const id = useId();
  const isOff = reason !== undefined && reason !== null;
  const button = (
    <Button
      {...rest}
      type={type}
      aria-disabled={isOff}
      {...(isOff && { 'data-disabled': true })}
      aria-describedby={isOff ? id : undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {isOff && !below && (
        <span id={id} hidden>
          {reason}
        </span>
      )}
    </Button>
  );
  if (below)
    return (
      <Stack gap={4} {...(isOff && { maw: 320 })}>
        {button}
        {isOff && (
          <Text id={id} size="sm" c="dimmed">
            {reason}
          </Text>
        )}
      </Stack>
    );
  return (
    <Tooltip
      label={reason ?? ''}
      disabled={!isOff}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      withinPortal={false}
      maw="min(320px, 80vw)"
    >
      {button}
    </Tooltip>
  );
}
