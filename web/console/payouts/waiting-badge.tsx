import { Badge } from '@mantine/core';
import type { Payout } from '../../client/types.ts';
import { useTurnWords } from './turn-words.ts';

const colors = {
  you: 'orange',
  approver: 'orange',
  payee: 'grape',
  provider: 'sea',
  clock: 'gray',
  nobody: 'gray',
} as const;

/** Whose turn it is. */
export function WaitingBadge({ waitingOn }: { readonly waitingOn: Payout['waitingOn'] }) {
  const wordsOf = useTurnWords();
  return (
    <Badge color={colors[waitingOn]} variant="light" tt="none" fw={600} miw="max-content">
      {wordsOf(waitingOn)}
    </Badge>
  );
}
