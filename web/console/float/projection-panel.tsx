import { Box, Button, Collapse, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Minor, money } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import type { Account } from './float-query.ts';
import { dayWords, shortWords, thereNow } from './projection.ts';
import { ProjectionLine } from './projection-line.tsx';
import { ProjectionTable } from './projection-table.tsx';

/** What leaves in the next days by the clock and its runs: as a sentence, a line along the calendar, and a table. */
export function Projection({ account }: { readonly account: Account }) {
  const { t, i18n } = useTranslation('float');
  const { projection, currency } = account;
  const there = thereNow(account);
  const isShort = projection.firstShort !== null;
  const words = projectionWords(account, i18n.language, t);
  return (
    <Stack gap="sm">
      <Title order={3}>{t('projection.title')}</Title>
      {isShort ? <Note tone="bad" title={words} /> : <Text>{words}</Text>}
      {projection.steps.length > 0 && (
        <>
          {there !== null && (
            <Box aria-hidden>
              <ProjectionLine account={account} there={there} />
            </Box>
          )}
          <Asides account={account} />
          <Behind>
            <ProjectionTable plan={projection} currency={currency} />
          </Behind>
        </>
      )}
    </Stack>
  );
}

/** What the line takes for granted. */
function Asides({ account: { projection, currency, fees } }: { readonly account: Account }) {
  const { t } = useTranslation('float');
  const asks = projection.steps.reduce((sum, step) => sum + BigInt(step.asks.amount), 0n);
  return (
    <>
      {asks > 0n && (
        <Text size="sm" c="dimmed">
          {t('projection.asks', { amount: money(asks, currency) })}
        </Text>
      )}
      {fees !== null && (
        <Text size="sm" c="dimmed">
          {t('projection.fees', { charged: money(fees.charged, currency), sent: money(fees.sent, currency) })}
        </Text>
      )}
      {!projection.complete && (
        <Text size="sm" c="dimmed">
          {t('projection.more')}
        </Text>
      )}
    </>
  );
}

function Behind({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('float');
  const [open, { toggle }] = useDisclosure(false);
  const table = useId();
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={open}
        aria-controls={table}
        style={{ alignSelf: 'flex-start' }}
      >
        {t(open ? 'projection.hide' : 'projection.show')}
      </Button>
      <Collapse expanded={open} id={table}>
        {children}
      </Collapse>
    </>
  );
}

/** "On Fri 27 Nov the account falls 1,240.00 USD short", or that all of it can be paid. */
export function projectionWords(account: Account, language: string, t: TFunction): string {
  const { projection, currency } = account;
  const { firstShort, steps, to } = projection;
  const there = thereNow(account);
  const until = dayWords(to, language);
  const left = (amount: Minor) => money(amount, currency);
  const withFees = account.fees !== null;
  if (firstShort !== null) return shortWords(firstShort.day, left(firstShort.shortfall), withFees, language);
  if (there === null) return t('projection.unknown');
  if (steps.length === 0) return t('projection.quiet', { until, left: left(there) });
  return t(withFees ? 'projection.coveredWithFees' : 'projection.covered', {
    until,
    left: left(steps.at(-1)?.left ?? there),
  });
}
