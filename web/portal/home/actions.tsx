import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import type { OwnPayout, OwnPayoutMethod, Profile } from '../../client/types.ts';
import { PageLink, places } from '../page-link.tsx';
import { canFix, isKept } from '../payouts/look.ts';

interface Act {
  readonly key: string;
  /** `act`: the payee must do something; `bad`: something is stopped; `info`: to know. */
  readonly tone: 'act' | 'bad' | 'info';
  readonly title: string;
  readonly words: string;
  readonly to?: string;
  readonly button?: string;
}

/** What needs the payee, or keeps their money, before everything else; nothing when all is well. */
export function RequiredActions({
  profile,
  methods,
  payouts,
}: {
  readonly profile: Profile | undefined;
  readonly methods: readonly OwnPayoutMethod[] | undefined;
  readonly payouts: readonly OwnPayout[] | undefined;
}) {
  const { t } = useTranslation();
  const acts = [...useStops(profile), ...useMethodActs(methods), ...usePayoutActs(payouts ?? [], profile)];
  if (acts.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label={t('actions.title')}>
      {acts.map((act) => (
        <ActCard key={act.key} act={act} />
      ))}
    </Stack>
  );
}

function ActCard({ act }: { readonly act: Act }) {
  return (
    <Paper withBorder p="md" ps={26} radius="lg" className="portal-act" data-tone={act.tone}>
      <Title order={2} size="h4">
        {act.title}
      </Title>
      <Text mt={4}>{act.words}</Text>
      {act.to !== undefined && (
        <Button
          component={PageLink}
          to={act.to}
          mt="sm"
          h={44}
          variant={act.tone === 'info' ? 'default' : 'filled'}
        >
          {act.button}
        </Button>
      )}
    </Paper>
  );
}

function useStops(profile: Profile | undefined): Act[] {
  const { t } = useTranslation();
  if (!profile || profile.notice === null) return [];
  return [{ key: 'blocked', tone: 'bad', title: t('actions.blocked'), words: profile.notice }];
}

function useMethodActs(methods: readonly OwnPayoutMethod[] | undefined): Act[] {
  const { t } = useTranslation();
  if (methods === undefined) return [];
  const used = methods.find((method) => method.isDefault);
  if (!used)
    return [
      {
        key: 'method',
        tone: 'act',
        title: t('actions.noMethod'),
        words: t('actions.noMethodWords'),
        to: places.addMethod,
        button: t('methods.add'),
      },
    ];
  if (used.status === 'ready') return [];
  return [
    {
      key: 'method',
      tone: used.status === 'frozen' ? 'bad' : 'info',
      title: t(used.status === 'frozen' ? 'actions.frozen' : 'actions.cooling'),
      words: used.note,
      to: places.methods,
      button: t('actions.seeMethods'),
    },
  ];
}

function usePayoutActs(payouts: readonly OwnPayout[], profile: Profile | undefined): Act[] {
  const { t } = useTranslation();
  const isStopped = typeof profile?.notice === 'string';
  return payouts.flatMap((payout): Act[] => {
    const amount = money(payout.amount, payout.currency);
    // While everything is paused nothing can be mended, and that it is paused is said once for all of them.
    if (canFix(payout) && isStopped) return [];
    if (canFix(payout))
      return [
        {
          key: payout.id,
          tone: 'act',
          title: t('actions.fix', { amount }),
          words: payout.nextStep,
          to: places.fix(payout.id),
          button: t('actions.fixIt'),
        },
      ];
    const isHeld = isKept(payout);
    if (payout.waitingOn !== 'you' && (!isHeld || isStopped)) return [];
    return [
      {
        key: payout.id,
        tone: isHeld ? 'info' : 'act',
        title: t(isHeld ? 'actions.hold' : 'actions.claim', { amount }),
        words: payout.nextStep,
        to: places.payout(payout.id),
        button: t('actions.look'),
      },
    ];
  });
}
