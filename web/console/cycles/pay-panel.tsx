import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { count, money } from '../../app/format.ts';
import type { Cycle, Preview, TriedBefore } from '../../client/types.ts';
import { Empty } from '../../ui/empty.tsx';
import { Money } from '../../ui/money.tsx';
import { TriedNote } from '../batches/tried-note.tsx';
import { isRunProvider, type RunProvider } from './cycle-query.ts';
import { PayButton } from './pay-button.tsx';
import { PayDialog } from './pay-dialog.tsx';
import { useIsMine } from './why-not.ts';

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

/** Who can be paid now and what it comes to; the button that pays them, and the last look before. */
export function PayPanel(props: PayPanelProps) {
  const { cycle, provider, leaveOut, onPreview, onStarted } = props;
  const [seen, setSeen] = useState<Preview | null>(null);
  const isMine = useIsMine(cycle);
  // One's own run has begun, whatever became of the answer: how far it is, is shown instead.
  if (seen !== null && isMine) setSeen(null);
  return (
    <>
      {cycle.eligibleCount === 0 ? (
        <Nobody cycle={cycle} preview={props.preview} />
      ) : (
        <Eligible {...props} isAsking={seen !== null} onAsk={setSeen} />
      )}
      {/* It stays when nobody is left to be paid: it says itself what has changed meanwhile. */}
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
    </>
  );
}

/** Nobody can be paid now: because all are, or because they wait for something. */
function Nobody({ cycle, preview }: Pick<PayPanelProps, 'cycle' | 'preview'>) {
  const { t } = useTranslation('cycles');
  if (cycle.activeBatchId !== null)
    return <Empty title={t('nobody.activeTitle')}>{t('nobody.activeWords')}</Empty>;
  return (preview?.notEligible.length ?? 0) > 0 ? (
    <Empty title={t('nobody.waitsTitle')}>{t('nobody.waitsWords')}</Empty>
  ) : (
    <Empty title={t('nobody.title')}>{t('nobody.words')}</Empty>
  );
}

interface EligibleProps extends PayPanelProps {
  readonly isAsking: boolean;
  readonly onAsk: (preview: Preview) => void;
}

function Eligible(props: EligibleProps) {
  const { t } = useTranslation('cycles');
  const { cycle, provider, preview, isAsking, onAsk } = props;
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
        <PayButton cycle={cycle} preview={preview} known={known(props)} isAsking={isAsking} onAsk={onAsk} />
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
function known({ cycle, provider }: Pick<PayPanelProps, 'cycle' | 'provider'>): number {
  return cycle.eligibleByProvider.find((of) => of.provider === provider)?.eligibleCount ?? 0;
}
