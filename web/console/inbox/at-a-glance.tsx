import { Anchor, Box, Paper, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { count, dateTime, moneyList } from '../../app/format.ts';
import type { Inbox } from '../../client/types.ts';
import { periodsQuery } from '../numbers/numbers-query.ts';
import { lastMonth } from '../numbers/range.ts';
import { arrivedOf } from '../numbers/sums.ts';
import { inboxQuery, scheduleQuery } from './inbox-query.ts';

/** What was paid, what failed, what is next: the three questions of the morning, before anything is scrolled. */
export function AtAGlance() {
  const { t } = useTranslation('inbox');
  const { data: inbox } = useQuery(inboxQuery);
  return (
    <Paper withBorder p="md" mb="lg" component="section" aria-label={t('glance.title')}>
      <Box
        component="dl"
        m={0}
        display="grid"
        style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))', gap: '12px 24px' }}
      >
        <Paid />
        <Failed inbox={inbox} />
        <Next inbox={inbox} />
      </Box>
    </Paper>
  );
}

function Paid() {
  const { t } = useTranslation('inbox');
  const { data } = useQuery(periodsQuery(lastMonth));
  const arrived = data && arrivedOf(data);
  return (
    <Fact
      name={t('glance.paid', { days: lastMonth.days })}
      note={
        arrived && arrived.count > 0
          ? t('glance.payouts', { count: arrived.count, n: count(arrived.count) })
          : undefined
      }
      search={{ status: 'completed' }}
    >
      {arrived && (arrived.count === 0 ? t('glance.nothing') : moneyList(arrived.totals))}
    </Fact>
  );
}

function Failed({ inbox }: { readonly inbox: Inbox | undefined }) {
  const { t } = useTranslation('inbox');
  const failed = inbox?.items.find(({ kind }) => kind === 'failed');
  return (
    <Fact
      name={t('glance.failed')}
      note={failed && t('glance.payouts', { count: failed.count, n: count(failed.count) })}
      search={{ status: 'failed', need: 'failed' }}
    >
      {inbox && (failed === undefined ? t('glance.nothing') : moneyList(failed.totals))}
    </Fact>
  );
}

function Next({ inbox }: { readonly inbox: Inbox | undefined }) {
  const { t } = useTranslation('inbox');
  const { data } = useQuery(scheduleQuery);
  const isShort = inbox?.items.some(({ kind }) => kind === 'float_short') ?? false;
  if (data === undefined) return <Fact name={t('glance.next')} />;
  const { nextRun, timezone } = data;
  return (
    <Fact
      name={t('glance.next')}
      note={
        <>
          {nextRun !== null && wouldRequest(nextRun.wouldRequest, t)}
          {isShort && (
            <Text component="span" inherit c="var(--mantine-color-error)">
              {t('glance.short')}
            </Text>
          )}
        </>
      }
    >
      {nextRun === null ? t('noRun') : dateTime(nextRun.at, timezone)}
    </Fact>
  );
}

function wouldRequest(
  { payouts, totals }: { readonly payouts: number; readonly totals: Record<string, number | string> },
  t: TFunction<'inbox'>,
): string {
  return payouts === 0 ? t('runNothing') : t('runWords', { count: payouts, total: moneyList(totals) });
}

interface FactProps {
  readonly name: string;
  /** Undefined: on its way. */
  readonly children?: string | undefined;
  readonly note?: ReactNode;
  /** Which payouts are meant. */
  readonly search?: Readonly<Record<string, string>>;
}

function Fact({ name, children, note, search }: FactProps) {
  return (
    <div>
      <Text component="dt" c="dimmed" size="sm">
        {name}
      </Text>
      <Text component="dd" m={0} fw={650} size="lg" className="amount" style={{ whiteSpace: 'normal' }}>
        {children ?? <Skeleton component="span" display="block" h={28} w={140} />}
      </Text>
      {note !== undefined && (
        <Text component="dd" m={0} size="sm" c="dimmed">
          {search === undefined ? (
            note
          ) : (
            <Anchor component={Link} to="/payouts" search={search as never} inherit className="link-target">
              {note}
            </Anchor>
          )}
        </Text>
      )}
    </div>
  );
}
