import { Box, Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';

interface ReasonedButtonProps extends ButtonProps {
  /** Why it cannot be pressed now, in words; null: it can. */
  readonly why: string | null;
  readonly onClick: () => void;
  readonly children: string;
  /** Its whole name where the word alone stands several times on a page; begins with the word. */
  readonly label?: string;
}

/** A button that stays where it is when it cannot be pressed, and says why to pointer, keyboard and screen reader. */
export function ReasonedButton({ why, onClick, children, label, ...rest }: ReasonedButtonProps) {
  const id = useId();
  const props = label === undefined ? rest : { ...rest, 'aria-label': label };
  if (why === null)
    return (
      <Button onClick={onClick} {...props}>
        {children}
      </Button>
    );
  return (
    <Tooltip
      label={why}
      multiline
      maw="min(280px, 70vw)"
      withinPortal={false}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Box component="span" display="inline-block">
        <Button {...props} data-disabled aria-disabled aria-describedby={id}>
          {children}
        </Button>
        <VisuallyHidden id={id}>{why}</VisuallyHidden>
      </Box>
    </Tooltip>
  );
}
