import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type MouseEventHandler, type ReactNode, useId } from 'react';

interface ReasonedProps extends ButtonProps {
  readonly children: ReactNode;
  /** Why it cannot be pressed now; undefined: it can. */
  readonly reason: string | undefined;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly type?: 'button' | 'submit';
}

/** A button that says why it is off: to the mouse, to the keyboard, which can still reach it, and to a screen reader. */
export function ReasonedButton({ reason, onClick, type = 'button', children, ...props }: ReasonedProps) {
  const id = useId();
  const isOff = reason !== undefined;
  return (
    <Tooltip
      label={reason ?? ''}
      disabled={!isOff}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      withinPortal={false}
      maw="min(320px, 80vw)"
    >
      <Button
        {...props}
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
        {isOff && (
          <span id={id} hidden>
            {reason}
          </span>
        )}
      </Button>
    </Tooltip>
  );
}
