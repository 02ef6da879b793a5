import { Button, Skeleton, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '../../client/types.ts';
import type { Turn } from './turns.ts';
import { whereOf } from './where.ts';

interface NeedActionsProps {
  readonly item: InboxItem;
  /** Null: not known yet. */
  readonly turns: readonly Turn[] | null;
  /** It is the next right deed of the page. */
  readonly isNext: boolean;
}

/** The way to what is to be done: one for each whose turn it is, as not all of it is to be tried again. Each list shows as many as its button says, and all of them together are what the card counts. */
export function NeedActions({ item, turns, isNext }: NeedActionsProps) {
  const { t } = useTranslation('inbox');
  if (turns === null) return <Skeleton h={44} w={220} />;
  if (turns.length === 0) {
    return (
      <Button component={Link} {...whereOf(item)} variant={isNext ? 'filled' : 'light'} title={item.action}>
        {t(`actions.${item.kind}`, { defaultValue: t('actions.other') })}
      </Button>
    );
  }
  return (
    <Stack gap="xs" align="stretch">
      {turns.map(({ kind, turn, count }) => (
        <Button
          key={turn}
          component={Link}
          to="/payouts"
          search={{ status: kind, need: kind, waitingOn: turn } as never}
          variant={turn !== 'you' ? 'default' : isNext ? 'filled' : 'light'}
        >
          {t(`turns.${kind}.${turn}`, { count })}
        </Button>
      ))}
    </Stack>
  );
}
