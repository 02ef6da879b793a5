import { Group, Paper, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { count, dateTime, money } from '../../app/format.ts';
import { meQuery, useMay } from '../../app/me.ts';
import type { Cycle, Preview, TriedBefore } from '../../client/types.ts';
import { Empty } from '../../ui/empty.tsx';
import { Money } from '../../ui/money.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { TriedNote } from '../batches/tried-note.tsx';
import { isRunProvider, type RunProvider } from './cycle-query.ts';
import { PayDialog } from './pay-dialog.tsx';

interface PayPanelProps {
  readonly cycle: Cycle;
  readonly provider: RunProvider;
  /** Undefined while it is on its way. */
  readonly preview: Preview | undefined;
  /** What failed before and would be tried again. */
  readonly tried: readonly TriedBefore[];
  /** Whether the run leaves out of them what would fail again. */
  readonly leaveOut: boolean;
  readonly onLeaveOut: (leaveOut: boolean) => void;
  readonly onPreview: () => Promise<Preview | undefined>;
  readonly onStarted: (batchId: string) => void;
}

/** Who can be paid now and what it comes to; the button that pays them. Without anybody there is no button. */
export function PayPanel(props: PayPanelProps) {
  const { t } = useTranslation('cycles');
  const { cycle, provider, preview } = props;
  if (cycle.eligibleCount === 0) {
    const waits = (preview?.notEligible.length ?? 0) > 0;
    if (cycle.activeBatchId !== null)
      return <Empty title={t('nobody.activeTitle')}>{t('nobody.activeWords')}</Empty>;
    return waits ? (
      <Empty title={t('nobody.waitsTitle')}>{t('nobody.waitsWords')}</Empty>
    ) : (
      <Empty title={t('nobody.title')}>{t('nobody.words')}</Empty>
    );
  }
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('eligible.title')}>
      <Group justify="space-between" align="flex-start" gap="lg">
        <Stack gap="lg" flex={1} miw={{ base: '100%', sm: 320 }}>
          <div>
            <Title order={2}>
              {t('eligible.count', { count: cycle.eligibleCount, n: count(cycle.eligibleCount) })}
            </Title>
            {Object.entries(cycle.eligibleTotals).map(([currency, total]) => (
              <Text key={currency} size="xl" fw={650}>
                <Money>{money(total, currency)}</Money>
              </Text>
            ))}
          </div>
          {cycle.eligibleByProvider.length > 1 && <ProviderChoice cycle={cycle} now={provider} />}
          <TriedNote
            of="cycle"
            tried={props.tried}
            leaveOut={props.leaveOut}
            onChange={props.onLeaveOut}
            whole={known(props)}
            see={{ status: 'failed', cycle: cycle.id }}
          />
        </Stack>
        <PayButton {...props} />
      </Group>
    </Paper>
  );
}

/** A run pays through one provider; with people of both, one says whom first. */
function ProviderChoice({ cycle, now }: { readonly cycle: Cycle; readonly now: RunProvider }) {
  const { t } = useTranslation(['cycles', 'batches']);
  const [, change] = useFilters();
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4} id="provider-choice">
        {t('eligible.provider')}
      </Text>
      <SegmentedControl
        aria-labelledby="provider-choice"
        fullWidth
        value={now}
        onChange={(provider) => change({ provider })}
        data={cycle.eligibleByProvider
          .filter(({ provider }) => isRunProvider(provider))
          .map(({ provider, eligibleCount }) => ({
            value: provider,
            label: t('eligible.through', {
              provider: t(`batches:provider.${provider}`),
              n: count(eligibleCount),
            }),
          }))}
      />
    </div>
  );
}

/** Whom a run through this provider could pay. */
function known({ cycle, provider }: PayPanelProps): number {
  return cycle.eligibleByProvider.find((of) => of.provider === provider)?.eligibleCount ?? 0;
}

function PayButton(props: PayPanelProps) {
  const { cycle, provider, preview, leaveOut, onPreview, onStarted } = props;
  const { t } = useTranslation('cycles');
  const reason = useReason(cycle);
  const [seen, setSeen] = useState<Preview | null>(null);
  // A dialog that is open stays: it says itself what has changed meanwhile.
  const isAsking = seen !== null;
  if (!isAsking && preview === undefined && reason === null) return <Skeleton h={44} w={180} />;
  const n = preview?.eligibleCount ?? known(props);
  if (!isAsking && n === 0) return null;
  return (
    <Group>
      <ReasonedButton below size="md" reason={reason} onClick={() => setSeen(preview ?? null)}>
        {t('pay.button', { count: n, n: count(n) })}
      </ReasonedButton>
      {seen !== null && (
        <PayDialog
          cycle={cycle}
          provider={provider}
          preview={seen}
          scope={{ leaveOutUnmended: leaveOut }}
          onPreview={async () => setSeen((await onPreview()) ?? seen)}
          onClose={() => setSeen(null)}
          onStarted={(batchId) => {
            setSeen(null);
            onStarted(batchId);
          }}
        />
      )}
    </Group>
  );
}

/** Why nobody can be paid now; null: they can. */
function useReason(cycle: Cycle): string | null {
  const { status, activeBatchId, activeBatchStartedBy, activeBatchStartedById, lock } = cycle;
  const { t } = useTranslation('cycles');
  const mayPay = useMay('operate');
  const me = useQuery(meQuery).data?.id;
  if (!mayPay) return t('pay.noRight');
  if (status === 'closed') return t('pay.closed');
  if (activeBatchId !== null)
    return activeBatchStartedById === me
      ? t('pay.active')
      : t('pay.activeOther', { by: activeBatchStartedBy });
  if (lock !== null) return t('active.locked', { by: lock.lockedBy, until: dateTime(lock.expiresAt) });
  return null;
}
