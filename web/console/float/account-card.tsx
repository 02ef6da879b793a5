import { Badge, Box, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { count, dateTime, type Minor, money } from '../../app/format.ts';
import { Money } from '../../ui/money.tsx';
import { Note } from '../../ui/note.tsx';
import { Section } from '../../ui/section.tsx';
import type { Account } from './float-query.ts';
import { Projection } from './projection-panel.tsx';
import { WhenPaidTable } from './when-paid-table.tsx';

/** One currency of one provider account: what is there, what leaves, what the next runs need. */
export function AccountCard({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['float', 'batches']);
  const { currency, shortfall, error } = account;
  const isShort = isShortBy(shortfall);
  return (
    <Section
      title={t('account', { provider: t(`batches:provider.${account.provider}`), currency })}
      lead={readingWords(account, t)}
      aside={
        account.sandbox && (
          <Badge variant="dot" color="orange" tt="none" fw={500}>
            {t('sandbox')}
          </Badge>
        )
      }
    >
      {error !== null && (
        <Note tone="warn" title={t('unread')}>
          {error}
        </Note>
      )}
      {isShort ? <Note tone="bad" title={account.words} /> : <Text fw={600}>{account.words}</Text>}
      {!isQuiet(account) && <Figures account={account} />}
      <Projection account={account} />
      <WhenPaidTable account={account} />
    </Section>
  );
}

function isShortBy(shortfall: Account['shortfall']): boolean {
  return shortfall !== null && BigInt(shortfall) > 0n;
}

/** Nothing left since the reading and nothing is to leave: the sentence says all that the figures would. */
function isQuiet({ needed, sentSince, after }: Account): boolean {
  return after !== null && BigInt(needed) === 0n && BigInt(sentSince) === 0n;
}

function readingWords({ readAt, fresh }: Account, t: TFunction): string {
  if (readAt === null) return t('neverRead');
  return t(fresh ? 'readAt' : 'readLongAgo', { at: dateTime(readAt) });
}

/** From what is there to what is left. */
function Figures({ account }: { readonly account: Account }) {
  const { t } = useTranslation('float');
  const { available, sentSince, queued, approved, needed, after, shortfall, currency } = account;
  const facts: [string, Minor | null, string?][] = [
    ['available', available],
    ['sentSince', sentSince],
    ['queued', queued.amount, count(queued.count)],
    ['approved', approved.amount, count(approved.count)],
    ['needed', needed],
    ['after', after],
    ...(isShortBy(shortfall) ? [['shortfall', shortfall] as [string, Minor | null]] : []),
  ];
  return (
    <Box
      component="dl"
      m={0}
      display="grid"
      style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 190px), 1fr))', gap: '12px 20px' }}
    >
      {facts.map(([name, amount, many]) => (
        <div key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {many === undefined
              ? t(`figure.${name}`)
              : t('figure.many', { what: t(`figure.${name}`), n: many })}
          </Text>
          <Text component="dd" m={0} fw={650}>
            {amount === null ? t('figure.unknown') : <Money>{money(amount, currency)}</Money>}
          </Text>
        </div>
      ))}
    </Box>
  );
}
