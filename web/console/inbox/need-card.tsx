import { Flex, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ago, dateTime, moneyList } from '../../app/format.ts';
import type { InboxItem } from '../../client/types.ts';
import { readable } from '../payouts/readable.ts';
import { WaitingBadge } from '../payouts/waiting-badge.tsx';
import { NeedActions } from './need-actions.tsx';
import { useTurns } from './turns.ts';

/** Kinds that mean that something went wrong. */
const wrong = new Set([
  'unknown_outcome',
  'float_short',
  'failed',
  'returned',
  'discrepancies',
  'frozen_methods',
]);

/** One kind of work: how many, how old, how much, and the one thing to do. */
export function NeedCard({
  item,
  now,
  isNext = false,
}: {
  readonly item: InboxItem;
  readonly now: Date;
  /** The first of what needs the person. */
  readonly isNext?: boolean;
}) {
  const { t } = useTranslation('inbox');
  const tone = wrong.has(item.kind) ? 'red' : item.waitingOn === 'clock' ? 'gray' : 'orange';
  const turns = useTurns(item);
  const total = moneyList(item.totals);
  return (
    <Paper
      component="li"
      withBorder
      p="md"
      style={{ borderInlineStart: `4px solid var(--mantine-color-${tone}-filled)` }}
    >
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} flex={1} miw={240}>
          <Group gap="xs">
            <Title order={3} size="h3">
              {item.title}
            </Title>
            {(turns?.length ? turns.map(({ turn }) => turn) : [item.waitingOn]).map((turn) => (
              <WaitingBadge key={turn} waitingOn={turn} />
            ))}
          </Group>
          <Text>{readable(item.detail)}</Text>
          <Text c="dimmed" size="sm">
            {[
              item.oldestAt === null ? null : t('oldest', { when: ago(item.oldestAt, now) }),
              item.dueAt === null ? null : t('due', { when: ago(item.dueAt, now), at: dateTime(item.dueAt) }),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </Text>
        </Stack>
        <Flex
          direction="column"
          align={{ base: 'stretch', sm: 'flex-end' }}
          gap="xs"
          w={{ base: '100%', sm: 'auto' }}
        >
          {total !== '' && (
            <Text
              fw={650}
              size="lg"
              className="amount"
              style={{ whiteSpace: 'normal' }}
              ta={{ base: 'start', sm: 'end' }}
            >
              {total}
            </Text>
          )}
          <NeedActions item={item} turns={turns} isNext={isNext} />
        </Flex>
      </Group>
    </Paper>
  );
}
