import { Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultAt } from '../../app/form-fields.ts';
import { api, isProblem } from '../../app/api.ts';
import { TurnedAwayError, useDeed } from '../../app/deed.ts';
import { count, money, moneyList } from '../../app/format.ts';
import type { Cycle, Preview } from '../../client/types.ts';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Money } from '../../ui/money.tsx';
import { Note } from '../../ui/note.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';
import { FailsAgain } from '../batches/fails-again.tsx';
import { starter } from '../batches/starter.ts';
import { ActiveNote } from './active-note.tsx';
import { cycleQuery, type RunProvider } from './cycle-query.ts';
import { shortWords } from './float-for.tsx';
import { PayRefusal } from './pay-refusal.tsx';
import { Preparing } from './preparing.tsx';
import { useTakenBy } from './why-not.ts';

interface PayDialogProps {
  readonly cycle: Pick<Cycle, 'id' | 'name'>;
  readonly provider: RunProvider;
  /** What was seen; with its checksum nothing else is paid. */
  readonly preview: Preview;
  /** What the run is narrowed to; the preview was, too. */
  readonly scope?: Pick<Run, 'newOnly' | 'only' | 'leaveOutUnmended'>;
  readonly onPreview: () => Promise<void>;
  readonly onClose: () => void;
  readonly onStarted: (batchId: string) => void;
}

interface Run {
  readonly provider: RunProvider;
  readonly checksum?: string;
  readonly newOnly?: boolean;
  readonly leaveOutUnmended?: boolean;
  readonly only?: { sourceType: string; references: string[] };
  readonly notes: string | null;
  readonly acceptShortfall: boolean;
}

/** The last look before money moves: how many, how much, through whom. */
export function PayDialog(props: PayDialogProps) {
  const { cycle, provider, preview, scope, onPreview, onClose, onStarted } = props;
  const { t } = useTranslation(['cycles', 'batches', 'forms']);
  const [notes, setNotes] = useState('');
  const [accepts, setAccepts] = useState(false);
  const total = moneyList(preview.eligibleTotals);
  const facts = { count: preview.eligibleCount, n: count(preview.eligibleCount), total };
  const pay = useDeed(
    (run: Run, idempotencyKey) =>
      api.post('/payout-batches/process', { body: { cycleId: cycle.id, ...run }, idempotencyKey }),
    {
      what: () => t('pay.confirm', facts),
      onDone: ({ batchId, replayed }) => {
        if (replayed) tell(t('forms:run.replayed'));
        onStarted(batchId);
      },
    },
  );
  const short = shortWords(preview.float);
  const isShort = short.length > 0 || isProblem(pay.error, 'insufficient_float');
  const isOld = isProblem(pay.error, 'changed_since_preview');
  // As live as the page behind: who was faster is said before it is pressed.
  const now = useQuery(cycleQuery(cycle.id)).data;
  const other = useTakenBy(now);
  // After a try of one's own, whose answer may be lost, the lock may be one's own: the server decides.
  const takenBy = pay.error === null ? other : null;
  const lack = isOld ? t('forms:run.lookFirst') : isShort && !accepts ? t('pay.acceptFirst') : null;
  const reason = takenBy === null ? lack : t('pay.activeOther', { by: starter(takenBy) });
  const start = () =>
    pay.mutate({
      provider,
      ...scope,
      notes: notes.trim() === '' ? null : notes.trim(),
      acceptShortfall: accepts,
      ...(preview.checksum === null ? {} : { checksum: preview.checksum }),
    });
  const title = t('pay.title', { cycle: cycle.name || cycle.id });
  if (pay.isPending)
    return (
      <Dialog size="lg" onClose={onClose} title={title}>
        <Preparing people={preview.eligibleCount} total={total} />
      </Dialog>
    );
  return (
    <Dialog size="lg" onClose={onClose} title={title}>
      <Stack>
        <Whom preview={preview} />
        {scope?.leaveOutUnmended === false && <FailsAgain tried={preview.triedBefore ?? []} />}
        <Text>{t('pay.through', { provider: t(`batches:provider.${provider}`) })}</Text>
        {preview.sandbox && <Text c="dimmed">{t('pay.sandbox')}</Text>}
        <Textarea
          label={t('pay.notes')}
          description={t('pay.notesHint')}
          value={notes}
          error={faultAt(pay.error, 'notes')}
          maxLength={500}
          autosize
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        {short.length > 0 && !isProblem(pay.error, 'insufficient_float') && (
          <Note tone="warn" title={t('pay.short')}>
            {short.join(' ')}
          </Note>
        )}
        {pay.error !== null && !(pay.error instanceof TurnedAwayError) && (
          <PayRefusal error={pay.error} onPreview={() => void onPreview().then(() => pay.reset())} />
        )}
        {isShort && (
          <Checkbox
            label={t('pay.accept')}
            checked={accepts}
            onChange={(event) => setAccepts(event.currentTarget.checked)}
          />
        )}
        <div aria-live="polite">{now !== undefined && takenBy !== null && <ActiveNote cycle={now} />}</div>
        <Group justify="flex-end" align="flex-start">
          <Back onClick={onClose}>{t('pay.cancel')}</Back>
          <ReasonedButton below reason={reason} onClick={start}>
            {t('pay.confirm', facts)}
          </ReasonedButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** People and totals, large. */
function Whom({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('cycles');
  return (
    <div>
      <Text>{t('pay.people', { count: preview.eligibleCount, n: count(preview.eligibleCount) })}</Text>
      {Object.entries(preview.eligibleTotals).map(([currency, amount]) => (
        <Text key={currency} size="xl" fw={650}>
          <Money>{money(amount, currency)}</Money>
        </Text>
      ))}
    </div>
  );
}
