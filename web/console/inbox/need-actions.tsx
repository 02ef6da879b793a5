import { Button, Stack } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import type { InboxItem } from '../../client/types.ts';
import { whereOf } from './where.ts';

/** The way to what is to be done. What failed or came back is told apart by whose turn it is: not all of it is to be tried again. */
export function NeedActions({ item }: { readonly item: InboxItem }) {
  const { kind } = item;
  return kind === 'failed' || kind === 'returned' ? <ByTurn item={item} kind={kind} /> : <One item={item} />;
}

function One({ item }: { readonly item: InboxItem }) {
  const { t } = useTranslation('inbox');
  return (
    <Button component={Link} {...whereOf(item)} variant="light" title={item.action}>
      {t(`actions.${item.kind}`, { defaultValue: t('actions.other') })}
    </Button>
  );
}

/** Whose turn it can be; what the clock tries again needs nobody. */
const turns = ['you', 'payee', 'provider'] as const;

interface ByTurnProps {
  readonly item: InboxItem;
  readonly kind: 'failed' | 'returned';
}

/** One way for each whose turn it is; each list shows as many as its button says. */
function ByTurn({ item, kind }: ByTurnProps) {
  const { t } = useTranslation('inbox');
  const found = useQueries({
    queries: turns.map((waitingOn) => ({
      queryKey: ['payouts', 'counts', { status: kind, waitingOn }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get('/payouts/counts', { query: { status: kind, waitingOn }, signal }),
    })),
  });
  const ways = turns.flatMap((turn, at) => {
    const count = found[at]?.data?.total ?? 0;
    return count === 0 ? [] : [{ turn, count }];
  });
  if (ways.length === 0) return <One item={item} />;
  return (
    <Stack gap="xs" align="stretch">
      {ways.map(({ turn, count }) => (
        <Button
          key={turn}
          component={Link}
          to="/payouts"
          search={{ status: kind, waitingOn: turn } as never}
          variant={turn === 'you' ? 'light' : 'default'}
        >
          {t(`turns.${kind}.${turn}`, { count })}
        </Button>
      ))}
    </Stack>
  );
}
