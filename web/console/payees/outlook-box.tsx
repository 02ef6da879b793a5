import {
  Anchor,
  Group,
  List,
  Paper,
  Skeleton,
  Stack,
  Text,
  ThemeIcon,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ago, dateTime } from '../../app/format.ts';
import type { PayeeBlock, PayeeOutlook } from '../../client/types.ts';
import { useNow } from '../inbox/now.ts';
import { linkTo } from '../payouts/links.ts';
import { readable } from '../payouts/readable.ts';
import { WaitingBadge } from '../payouts/waiting-badge.tsx';

/** What is looked at, in this order, before anybody is paid; each is in order unless a block names it. */
const checks = [
  { name: 'method', kinds: ['no_method', 'frozen'] },
  { name: 'coolOff', kinds: ['cooling_off'] },
  { name: 'hold', kinds: ['on_hold', 'blocked'] },
  { name: 'account', kinds: ['account_not_ready'] },
] as const satisfies { name: string; kinds: readonly PayeeBlock['kind'][] }[];

/** Can we pay them? The answer in a sentence, and each thing that decides it. */
export function OutlookBox({ outlook }: { readonly outlook: PayeeOutlook | undefined }) {
  const { t } = useTranslation('payees');
  if (outlook === undefined) return <Skeleton h={240} />;
  const tone = outlook.canBePaid ? 'teal' : 'orange';
  return (
    <Paper
      withBorder
      p="lg"
      component="section"
      aria-labelledby="outlook"
      style={{ borderInlineStart: `5px solid var(--mantine-color-${tone}-filled)` }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed" fw={600}>
          {t('canWePay')}
        </Text>
        <Title order={2} id="outlook" className="anywhere">
          {readable(outlook.headline)}
        </Title>
        <List listStyleType="none" spacing="xs" className="anywhere">
          {checks.map(({ name, kinds }) => {
            const blocks = outlook.blocks.filter(({ kind }) => kinds.some((one) => one === kind));
            return <Check key={name} good={t(`checks.${name}`)} blocks={blocks} />;
          })}
          {outlook.balances.map(({ currency, request }) => (
            <Request key={currency} request={request} asked={askedFor(outlook, currency)} />
          ))}
        </List>
        {outlook.nextPayoutDate !== null && (
          <Text c="dimmed">
            {t(outlook.canBePaid ? 'nextByItself' : 'nextByItselfBarred', {
              at: dateTime(outlook.nextPayoutDate),
            })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function Check({ good, blocks }: { readonly good: string; readonly blocks: readonly PayeeBlock[] }) {
  const { t } = useTranslation('payees');
  const now = useNow();
  if (blocks.length === 0) return <Answer isGood words={good} />;
  return blocks.map(({ kind, words, until, waitingOn }) => (
    <List.Item key={kind} icon={<Mark isGood={false} />}>
      <Group gap="xs">
        <Text component="span">
          {until === null ? words : `${readable(words)} ${t('endsIn', { when: ago(until, now) })}`}
        </Text>
        <WaitingBadge waitingOn={waitingOn} />
      </Group>
    </List.Item>
  ));
}

/** The request of this balance that is under way. */
function askedFor({ underWay }: PayeeOutlook, currency: string): string | null {
  const found = underWay.find(
    ({ kind, conversion, currency: paidIn }) =>
      kind === 'request' && (conversion?.sourceCurrency ?? paidIn) === currency,
  );
  return found?.id ?? null;
}

interface RequestProps {
  readonly request: PayeeOutlook['balances'][number]['request'];
  readonly asked: string | null;
}

/** What a request of the payee would hear. That there is nothing to ask for is in nobody's way. */
function Request({ request: { possible, code, words }, asked }: RequestProps) {
  const { t } = useTranslation('payees');
  if (possible) return <Answer isGood words={readable(words)} />;
  return (
    <List.Item icon={<NotNow />}>
      <Text component="span">{readable(words)}</Text>{' '}
      {code === 'request_in_flight_already' && asked !== null && (
        <Anchor component={Link} {...linkTo.payout(asked)}>
          {t('seeAsked')}
        </Anchor>
      )}
    </List.Item>
  );
}

function NotNow() {
  const { t } = useTranslation('payees');
  return (
    <ThemeIcon color="gray" variant="light" size={24} radius="xl">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
        <path d="M3 7h8" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <VisuallyHidden>{t('notNow')}</VisuallyHidden>
    </ThemeIcon>
  );
}

function Answer({ isGood, words }: { readonly isGood: boolean; readonly words: string }) {
  return (
    <List.Item icon={<Mark isGood={isGood} />}>
      <Text component="span">{words}</Text>
    </List.Item>
  );
}

/** A tick or a cross that is said, too, not only drawn. */
function Mark({ isGood }: { readonly isGood: boolean }) {
  const { t } = useTranslation('payees');
  return (
    <ThemeIcon color={isGood ? 'teal' : 'orange'} variant="light" size={24} radius="xl">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
        <path
          d={isGood ? 'M2 7.5 5.5 11 12 3.5' : 'M3 3l8 8M11 3l-8 8'}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      <VisuallyHidden>{t(isGood ? 'inOrder' : 'inTheWay')}</VisuallyHidden>
    </ThemeIcon>
  );
}
