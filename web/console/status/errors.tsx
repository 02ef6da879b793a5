import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count, dateTime, moneyList } from '../../app/format.ts';
import type { RecentError } from '../../client/types.ts';
import { Section } from '../../ui/section.tsx';

interface ErrorsProps {
  readonly errors: readonly RecentError[];
  /** There are more than were counted. */
  readonly capped: boolean;
}

/** Why payouts failed or came back that still wait, the newest reason first, each with what to do. */
export function Errors({ errors, capped }: ErrorsProps) {
  const { t } = useTranslation('status');
  if (errors.length === 0) return null;
  return (
    <Section title={t('errors.title')} lead={t(capped ? 'errors.leadCapped' : 'errors.lead')}>
      <Stack component="ul" m={0} p={0} gap="lg" style={{ listStyle: 'none' }}>
        {errors.map((one) => (
          <One key={`${one.code} ${one.status} ${one.provider}`} error={one} />
        ))}
      </Stack>
    </Section>
  );
}

function One({ error }: { readonly error: RecentError }) {
  const { t } = useTranslation(['status', 'batches', 'payouts']);
  const { code, status, provider, count: many, totals, lastAt } = error;
  return (
    <Stack component="li" gap={4}>
      <Text fw={600}>{error.operator}</Text>
      <Text>{error.fix}</Text>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t(`errors.facts.${status}`, {
            count: many,
            n: count(many),
            total: moneyList(totals),
            provider: t(`payouts:methods.${provider}`, { defaultValue: provider }),
            at: dateTime(lastAt),
          })}
        </Text>
        <Anchor
          component={Link}
          to="/payouts"
          search={{ status, reason: code, method: provider } as never}
          size="sm"
          className="link-target"
        >
          {t('errors.see', { count: many, n: count(many) })}
        </Anchor>
      </Group>
    </Stack>
  );
}
