import { Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { useDeed } from '../../app/deed.ts';
import { count, dateTime, moneyList } from '../../app/format.ts';
import type { Payout } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { triedOf } from '../batches/tried-before.ts';
import { SaidSettled } from '../batches/said-settled.tsx';
import { TriedNote } from '../batches/tried-note.tsx';
import type { BulkResult } from './bulk-calls.ts';
import { doBulk } from './bulk-calls.ts';
import type { BulkDeed, BulkPlan } from './bulk-plan.ts';
import { planOf, withoutUnmended } from './bulk-plan.ts';
import type { DeedWords } from './deed-calls.ts';
import { deedAtFields, DeedFields } from './deed-fields.tsx';
import { DeedTrouble } from './deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Names that are listed of those who are passed over. */
const namesMax = 5;

interface Bulk {
  readonly deed: BulkDeed;
  readonly payouts: readonly Payout[];
}

interface BulkDialogProps extends Bulk {
  readonly onClose: (isDone: boolean) => void;
}

/** Says what will be done to whom and who is passed over, does it, and says what became of each. */
export function BulkDialog({ deed, payouts, onClose }: BulkDialogProps) {
  const { t } = useTranslation('payouts');
  // What was chosen when the dialog opened; the list behind it goes on changing.
  const [seen] = useState(payouts);
  const [isDone, setDone] = useState(false);
  const close = () => onClose(isDone);
  return (
    <Dialog onClose={close} title={t(`bulk.${deed}.title`)} size="lg">
      <BulkForm deed={deed} payouts={seen} onDone={() => setDone(true)} onClose={close} />
    </Dialog>
  );
}

interface BulkFormProps extends Bulk {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function BulkForm({ deed, payouts, onDone, onClose }: BulkFormProps) {
  const { t } = useTranslation('payouts');
  const [words, setWords] = useState<DeedWords>({});
  const [leaveOut, setLeaveOut] = useState(true);
  const whole = planOf(deed, payouts);
  const tried = deed === 'retry' ? triedOf(whole.able) : [];
  const plan = deed === 'retry' && leaveOut ? withoutUnmended(whole) : whole;
  const said = { count: plan.able.length, total: moneyList(plan.totals) };
  const act = useDeed((input: DeedWords, key) => doBulk(deed, plan.able, input, key), {
    what: () => t(`bulk.${deed}.confirm`, said),
    onDone,
  });
  const { form, at } = useForm(() => {
    if (!act.isPending) act.mutate(words);
  }, act.error);
  if (act.data !== undefined)
    return <Became deed={deed} result={act.data} payouts={payouts} onClose={onClose} />;
  return (
    <form {...form}>
      <Stack>
        <Paper withBorder p="md">
          <Text size="xl" fw={650} className="amount" style={{ whiteSpace: 'normal' }}>
            {t('bulk.sum', said)}
          </Text>
          <Text c="dimmed">{t(`bulk.${deed}.lead`)}</Text>
        </Paper>
        <TriedNote
          of="chosen"
          tried={tried}
          leaveOut={leaveOut}
          onChange={setLeaveOut}
          whole={whole.able.length}
        />
        <SaidSettled of="chosen" said={deed === 'retry' ? saidOf(plan.able) : []} />
        <ByItself payouts={deed === 'retry' ? plan.able : []} />
        {(plan.able.length === whole.able.length || plan.skipped.size > 0) && <Skipped plan={plan} />}
        <DeedFields deed={deed} currency="" words={words} onChange={setWords} at={at} />
        <DeedTrouble error={act.error} fields={deedAtFields} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={act.isPending} disabled={plan.able.length === 0}>
            {t(`bulk.${deed}.confirm`, said)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whose payees say that it is settled. */
function saidOf(payouts: readonly Payout[]) {
  return payouts.flatMap(({ id: payoutId, payeeName, settledAt: saidAt }) =>
    saidAt === null ? [] : [{ payoutId, payeeName, saidAt }],
  );
}

/** A retry by hand comes before one by the clock. */
function ByItself({ payouts }: { readonly payouts: readonly Payout[] }) {
  const { t } = useTranslation('again');
  const n = payouts.filter(({ nextRetryAt }) => nextRetryAt !== null).length;
  return n === 0 ? null : <Text>{t('byItself', { count: n, n: count(n) })}</Text>;
}

function Skipped({ plan }: { readonly plan: BulkPlan }) {
  const { t } = useTranslation('payouts');
  if (plan.skipped.size === 0) return <Text>{t('bulk.noneSkipped')}</Text>;
  const many = [...plan.skipped.values()].reduce((sum, one) => sum + one.length, 0);
  return (
    <Note tone="warn" title={t('bulk.skipped', { count: many })}>
      <List size="sm">
        {[...plan.skipped].map(([why, payouts]) => (
          <List.Item key={why}>
            {t('bulk.skippedWhy', {
              names: namesOf(payouts),
              why: t(why),
            })}
          </List.Item>
        ))}
      </List>
    </Note>
  );
}

function namesOf(payouts: readonly Payout[]): string {
  const names = payouts.slice(0, namesMax).map(({ payeeName }) => payeeName);
  const rest = payouts.length - names.length;
  return rest > 0 ? `${names.join(', ')} +${rest}` : names.join(', ');
}

interface BecameProps extends Bulk {
  readonly result: BulkResult;
  readonly onClose: () => void;
}

function Became({ deed, result: { done, refused }, payouts, onClose }: BecameProps) {
  const { t } = useTranslation('payouts');
  const names = new Map(payouts.map(({ id, payeeName }) => [id, payeeName]));
  return (
    <Stack>
      <Note tone={done > 0 ? 'good' : 'warn'} urgent title={t(`bulk.${deed}.done`, { count: done })} />
      {refused.length > 0 && (
        <Note tone="warn" title={t('bulk.refused', { count: refused.length })}>
          <List size="sm">
            {refused.map(({ payoutId, message, doneBy, doneAt }) => (
              <List.Item key={payoutId}>
                {`${names.get(payoutId) ?? payoutId}: ${message} `}
                {doneBy !== null &&
                  t('fasterWas', {
                    who: doneBy,
                    at: doneAt === null ? '' : dateTime(doneAt),
                    deed: t('events.other'),
                  })}
              </List.Item>
            ))}
          </List>
        </Note>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('close')}</Button>
      </Group>
    </Stack>
  );
}
