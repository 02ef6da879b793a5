import { Badge, Box, Checkbox, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { day, money } from '../../app/format.ts';
import type { WaitingPayout } from '../../client/types.ts';
import classes from './queue-list.module.css';

interface QueueListProps {
  readonly rows: readonly WaitingPayout[];
  readonly selected: string | undefined;
  readonly chosen: ReadonlySet<string>;
  readonly onSelect: (id: string) => void;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Who waits, the oldest first. One is looked at, any number are ticked. */
export function QueueList({ rows, selected, chosen, onSelect, onChoose }: QueueListProps) {
  const { t } = useTranslation('approvals');
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <Stack component="ul" gap={0} p={0} m={0} className={classes['list'] ?? ''} aria-label={t('waiting')}>
      {rows.map((row) => (
        <Box component="li" key={row.id} className={classes['row'] ?? ''} data-selected={row.id === selected}>
          <Checkbox
            aria-label={t('choose', { name: row.payeeName })}
            checked={chosen.has(row.id)}
            onChange={() => toggle(row.id)}
          />
          <UnstyledButton
            flex={1}
            miw={0}
            py="xs"
            onClick={() => onSelect(row.id)}
            aria-current={row.id === selected ? 'true' : undefined}
          >
            <Summary row={row} />
          </UnstyledButton>
        </Box>
      ))}
    </Stack>
  );
}

function Summary({ row }: { readonly row: WaitingPayout }) {
  const { t } = useTranslation('approvals');
  const { approval } = row;
  const expiresAt = approval?.expiresAt ?? '';
  const [note, ...more] = approval?.warnings ?? [];
  return (
    <>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text fw={600} truncate>
          {row.payeeName}
        </Text>
        <Text fw={600} className="amount">
          {money(row.amount, row.currency)}
        </Text>
      </Group>
      <Group gap="xs" justify="space-between">
        <Text size="sm" c="dimmed">
          {expiresAt === '' ? t('since', { at: day(row.createdAt) }) : t('until', { at: day(expiresAt) })}
        </Text>
        {more.length > 0 && (
          <Badge color="orange" variant="light" tt="none" miw="max-content">
            {t('notes', { count: more.length + 1 })}
          </Badge>
        )}
      </Group>
      {note !== undefined && (
        <Text size="sm" lineClamp={1}>
          {note}
        </Text>
      )}
    </>
  );
}
