import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { useOnlyLooks } from '../../app/me.ts';
import { PageHead } from '../../ui/page-head.tsx';
import type { Inbox, InboxItem } from '../../client/types.ts';
import { Accounts } from './accounts.tsx';
import { AllClear } from './all-clear.tsx';
import { AtAGlance } from './at-a-glance.tsx';
import { inboxQuery } from './inbox-query.ts';
import { Lately } from './lately.tsx';
import { NeedCard } from './need-card.tsx';
import { useTurnsKnown } from './turns.ts';

/** Where things stand in three figures, then what needs somebody. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const { data, error, refetch } = useQuery(inboxQuery);
  return (
    <>
      <PageHead title={t('inbox')} lead={data ? leadOf(data, t) : t('looking')} />
      <AtAGlance />
      {error !== null && data === undefined && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Cards count={2} />}
      {data !== undefined && <Found inbox={data} />}
      <Accounts />
      <Lately />
    </>
  );
}

function leadOf({ items, allClear, checkedAt }: Inbox, t: TFunction<'inbox'>): string {
  const at = dateTime(checkedAt);
  return allClear ? t('leadClear', { at }) : t('lead', { count: items.length, at });
}

/** Stands for cards that are on their way. */
function Cards({ count }: { readonly count: number }) {
  return (
    <Stack gap="sm" mb="xl">
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} h={104} />
      ))}
    </Stack>
  );
}

const ours = new Set<InboxItem['waitingOn']>(['you', 'approver']);

function Found({ inbox: { items, allClear, checkedAt } }: { readonly inbox: Inbox }) {
  const { t } = useTranslation('inbox');
  const mine = items.filter(({ waitingOn }) => ours.has(waitingOn));
  const others = items.filter(({ waitingOn }) => !ours.has(waitingOn));
  const now = new Date(checkedAt);
  const onlyLooks = useOnlyLooks();
  // What is told apart later would push what stands below it.
  if (!useTurnsKnown(items)) return <Cards count={items.length} />;
  return (
    <Stack gap="xl" mb="xl">
      {mine.length === 0 && <AllClear nothingAtAll={allClear} />}
      <Needs title={t(onlyLooks ? 'needsTeam' : 'needsYou')} items={mine} now={now} hasNext={!onlyLooks} />
      <Needs title={t('forOthers')} items={others} now={now} />
    </Stack>
  );
}

interface NeedsProps {
  readonly title: string;
  readonly items: readonly InboxItem[];
  readonly now: Date;
  /** The first of them is what to do next. */
  readonly hasNext?: boolean;
}

function Needs({ title, items, now, hasNext = false }: NeedsProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((item, at) => (
          <NeedCard key={item.kind} item={item} now={now} isNext={hasNext && at === 0} />
        ))}
      </Stack>
    </section>
  );
}
