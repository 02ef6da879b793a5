import { Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, type Right } from '../../../src/core/roles.ts';
import { meQuery } from '../../app/me.ts';
import type { InboxItem } from '../../client/types.ts';
import type { Turn } from './turns.ts';
import { whereOf } from './where.ts';

/** One of these rights one must have for what a button says; who has none goes there to look. */
const rights: Readonly<Partial<Record<InboxItem['kind'], readonly Right[]>>> = {
  unknown_outcome: ['approve'],
  approvals_expiring: ['approve'],
  approvals: ['approve'],
  // Exported by one, marked as paid by the other.
  hand_transfers: ['reveal', 'approve'],
  failed: ['operate'],
  returned: ['operate'],
};

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
  const { data: me } = useQuery(meQuery);
  const mayDo = rights[item.kind]?.some((right) => me !== undefined && may(me.role, right)) ?? true;
  const isMine = isNext && mayDo;
  if (turns === null) return <Skeleton h={44} w={220} />;
  if (turns.length === 0) {
    return (
      <Button
        component={Link}
        {...whereOf(item)}
        variant={isMine ? 'filled' : 'light'}
        title={mayDo ? item.action : undefined}
      >
        {t(`${mayDo ? 'actions' : 'looks'}.${item.kind}`, {
          defaultValue: t('actions.other'),
        })}
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
          variant={turn !== 'you' ? 'default' : isMine ? 'filled' : 'light'}
        >
          {t(`turns.${kind}.${turn === 'you' && !mayDo ? 'team' : turn}`, { count })}
        </Button>
      ))}
    </Stack>
  );
}
