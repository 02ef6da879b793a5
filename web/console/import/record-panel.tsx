import { Anchor, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TurnedAwayError, useDeed } from '../../app/deed.ts';
import { count, moneyList } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { EarningsRecorded, ImportCheck, Preview } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { tell } from '../../app/tell.ts';
import { LeftOut } from '../cycles/left-out.tsx';
import { PayDialog } from '../cycles/pay-dialog.tsx';
import {
  previewOf,
  record,
  type Recorded,
  type RecordedFile,
  type Scope,
  scopeOf,
  type Where,
} from './import-calls.ts';
import type { ImportFile } from './import-file.ts';

interface RecordPanelProps {
  readonly file: ImportFile;
  readonly check: ImportCheck;
  readonly where: Where;
  /** The file is being judged anew. */
  readonly stale: boolean;
  readonly onRecorded: () => void;
}

/** The end of an import: record what is good, and pay it. Asked twice, each row is recorded and paid once. */
export function RecordPanel({ file, check, where, stale, onRecorded }: RecordPanelProps) {
  const { t } = useTranslation('import');
  const [without, setWithout] = useState(false);
  const earnings = check.rows.flatMap(({ earning }) => (earning === null ? [] : [earning]));
  const mayPay = useMay('operate');
  const reason = reasonOf({ mayPay, stale, without, bad: check.badRows, good: earnings.length });
  const steps = useSteps(where, { earnings, leftOutOf: check.badRows > 0 ? file : null }, onRecorded);
  const facts = { count: earnings.length, n: count(earnings.length), total: moneyList(check.totals) };
  return (
    <Stack>
      {check.badRows > 0 && (
        <Checkbox
          label={t('do.without', { count: check.badRows, n: count(check.badRows) })}
          checked={without}
          onChange={(event) => setWithout(event.currentTarget.checked)}
        />
      )}
      <Group align="flex-start">
        <ReasonedButton
          below
          loading={steps.pending === 'pay'}
          reason={reason === null ? null : t(reason)}
          onClick={() => steps.start('pay')}
        >
          {t('do.pay', facts)}
        </ReasonedButton>
        <ReasonedButton
          below
          variant="default"
          loading={steps.pending === 'record'}
          reason={reason === null ? null : t('do.only')}
          onClick={() => steps.start('record')}
        >
          {t('do.record', facts)}
        </ReasonedButton>
      </Group>
      <Outcome where={where} steps={steps} />
    </Stack>
  );
}

function reasonOf(now: { mayPay: boolean; stale: boolean; without: boolean; bad: number; good: number }) {
  if (!now.mayPay) return 'do.noRight';
  if (now.good === 0) return 'do.nothing';
  if (now.stale) return 'do.wait';
  return now.bad > 0 && !now.without ? 'do.mend' : null;
}

type Aim = 'pay' | 'record';

interface Steps {
  readonly start: (aim: Aim) => void;
  readonly pending: Aim | null;
  readonly error: Error | null;
  readonly recorded: RecordedFile | undefined;
  readonly preview: Preview | null;
  readonly scope: Scope;
  readonly look: () => Promise<void>;
  readonly leave: () => void;
}

/** First what is earned is recorded, then exactly that is looked at once more, then it is paid. */
function useSteps(where: Where, what: Recorded, onRecorded: () => void): Steps {
  const { t } = useTranslation('import');
  const [aim, setAim] = useState<Aim>('record');
  const [preview, setPreview] = useState<Preview | null>(null);
  const scope = scopeOf(what.earnings);
  const look = useMutation({ mutationFn: () => previewOf(where, scope), onSuccess: setPreview });
  const write = useDeed(
    (input: { aim: Aim; where: Where; what: Recorded }, key) => record(input.where, input.what, key),
    {
      what: ({
        what: {
          earnings: { length },
        },
      }) => t('do.record', { count: length, n: count(length) }),
      onDone: ({ counts, notRemembered }, input) => {
        onRecorded();
        const known = t('do.known', { count: counts.unchanged, n: count(counts.unchanged) });
        const made = t('do.recorded', { count: counts.created, n: count(counts.created) });
        tell(counts.unchanged === 0 ? made : `${made}, ${known}`);
        // Said here, too: who pays leaves this page.
        if (notRemembered !== null) tell(t(`done.${notRemembered}`));
        if (input.aim === 'pay') look.mutate();
      },
    },
  );
  return {
    start: (next) => {
      setAim(next);
      write.mutate({ aim: next, where, what });
    },
    pending: write.isPending || look.isPending ? aim : null,
    error: write.error ?? look.error,
    recorded: write.data,
    preview,
    scope,
    look: async () => {
      await look.mutateAsync();
    },
    leave: () => setPreview(null),
  };
}

/** What came of it: an error, rows that were refused after all, the last look before paying, or the way to the cycle. */
function Outcome({ where, steps }: { readonly where: Where; readonly steps: Steps }) {
  const { t } = useTranslation('import');
  const navigate = useNavigate();
  const { error, recorded, preview } = steps;
  const toCycle = `/cycles/${encodeURIComponent(where.cycleId)}`;
  return (
    <>
      {error !== null && !(error instanceof TurnedAwayError) && <TroubleNote error={error} />}
      {recorded !== undefined && steps.pending === null && (
        <Note
          tone={refusedIn(recorded) > 0 || recorded.notRemembered !== null ? 'warn' : 'good'}
          title={t('done.title')}
        >
          {refusedIn(recorded) > 0 && (
            <Text>{t('done.refused', { count: refusedIn(recorded), n: count(refusedIn(recorded)) })}</Text>
          )}
          {recorded.notRemembered !== null && <Text>{t(`done.${recorded.notRemembered}`)}</Text>}
          {preview?.eligibleCount === 0 && <Text>{t('done.nobody')}</Text>}
          <Anchor component={Link} to={toCycle}>
            {t('done.cycle', { id: where.cycleId })}
          </Anchor>
        </Note>
      )}
      {preview?.eligibleCount === 0 && <LeftOut rows={preview.notEligible} />}
      {preview !== null && preview.eligibleCount > 0 && (
        <PayDialog
          cycle={{ id: where.cycleId, name: '' }}
          provider={where.provider}
          preview={preview}
          scope={steps.scope}
          onPreview={steps.look}
          onClose={steps.leave}
          onStarted={() => void navigate({ to: toCycle })}
        />
      )}
    </>
  );
}

function refusedIn({ counts }: EarningsRecorded): number {
  return counts.conflict + counts.invalid;
}
