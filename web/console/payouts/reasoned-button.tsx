import type { ButtonProps } from '@mantine/core';
import { ReasonedButton as Reasoned } from '../../ui/reasoned.tsx';

interface ReasonedButtonProps extends ButtonProps {
  /** Why it cannot be pressed now, in words; null: it can. */
  readonly why: string | null;
  readonly onClick: () => void;
  readonly children: string;
  /** Its whole name where the word alone stands several times on a page; begins with the word. */
  readonly label?: string;
}

/** A button that stays where it is when it cannot be pressed, and says why. */
export function ReasonedButton({ why, label, ...props }: ReasonedButtonProps) {
  const named = label === undefined ? {} : { 'aria-label': label };
  return <Reasoned reason={why ?? undefined} {...props} {...named} />;
}
