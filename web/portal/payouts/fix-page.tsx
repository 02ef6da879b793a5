import { Button, Paper, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { useDeed } from '../../app/deed.ts';
import type { FieldNames } from '../../app/form-fields.ts';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { OwnPayoutDetails, OwnPayoutMethod } from '../../client/types.ts';
import { Note } from '../../ui/note.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useMethodName } from '../goes-to.tsx';
import { HeldUp } from '../methods/held-up.tsx';
import { MethodFieldset } from '../methods/method-fields.tsx';
import type { MethodFields } from '../methods/method-input.ts';
import { atFields, emptyFields, faultsOf, methodOf } from '../methods/method-input.ts';
import { places, useGo, usePayoutId } from '../page-link.tsx';
import { methodsQuery, payoutQuery } from '../queries.ts';
import { languageNow, useWhen } from '../reader.ts';
import { Back } from '../shell/back.tsx';
import { payAgain } from './pay-again.ts';
import { tell } from '../../app/tell.ts';

/** What went wrong, where the money shall go instead, and one button that does both. */
export function FixPage() {
  const { t } = useTranslation();
  const id = usePayoutId();
  const payout = useQuery(payoutQuery(id));
  const methods = useQuery(methodsQuery);
  const error = payout.error ?? methods.error;
  const isReady = payout.data && methods.data;
  return (
    <>
      <Back to={places.payout(id)}>{t('nav.payout')}</Back>
      {error !== null && <TroubleNote error={error} onRetry={() => void payout.refetch()} />}
      {isReady ? (
        <Fix
          payout={payout.data}
          methods={methods.data.data}
          newUsableFrom={methods.data.newUsableFrom}
          coolOffHours={methods.data.coolOffHours}
        />
      ) : (
        error === null && <Skeleton h={320} radius="lg" />
      )}
    </>
  );
}

interface FixProps {
  readonly payout: OwnPayoutDetails;
  readonly methods: readonly OwnPayoutMethod[];
  readonly newUsableFrom: string | null;
  /** How long a method waits that is added now. */
  readonly coolOffHours: number;
}

function Fix(props: FixProps) {
  const { payout } = props;
  const { t } = useTranslation();
  const amount = money(payout.amount, payout.currency);
  const { fix } = payout;
  if (fix === null || fix.kind === 'claim')
    return (
      <>
        <PageHead title={t('payout.title', { amount })} />
        <Note tone="info" title={payout.label}>
          {payout.nextStep}
        </Note>
      </>
    );
  return (
    <>
      <PageHead title={t('fix.title', { amount })} lead={t('fix.lead')} />
      <Stack>
        <Paper withBorder p="md" ps={26} radius="lg" className="portal-act">
          <Text>{fix.words}</Text>
        </Paper>
        <FixForm {...props} />
      </Stack>
    </>
  );
}

/** What the form sends of a new method stands at its fields. */
const sent: FieldNames = Object.fromEntries(
  Object.entries(atFields).map(([name, at]) => [`method.${name}`, at]),
);

/** What stands for a method that is not there yet, among the ids of those that are. */
const anew = 'new';
/** Nothing is chosen yet. */
const nothing = '';

type Failed = Pick<OwnPayoutDetails, 'fix' | 'kind' | 'method'>;

/** Why it does not go to a method again by this form; null: it can. */
function barOf({ fix, kind, method }: Failed, { id, isDefault }: OwnPayoutMethod) {
  if (fix?.kind === 'method') return id === method?.id ? 'fix.failed' : null;
  if (fix?.kind === 'way') return id === method?.id ? 'fix.refusedWay' : null;
  // Of a run: another one that is in use already leaves nothing to save.
  return kind === 'cycle' && isDefault && id !== method?.id ? 'fix.inUse' : null;
}

/** What is chosen before anybody chose: never what says that something is settled. */
function firstChoice(failed: Failed, methods: readonly OwnPayoutMethod[]): string {
  const used = methods.find((method) => method.isDefault);
  const saysSettled = failed.fix?.kind === 'details' && used?.id === failed.method?.id;
  if (saysSettled && used && used.status !== 'frozen') return nothing;
  return used && barOf(failed, used) === null ? used.id : anew;
}

/** What stands below a method that can be chosen. */
function noteOf({ fix, method }: Failed, { id, isDefault, status }: OwnPayoutMethod) {
  if (!isDefault || status !== 'ready') return `methods.status.${status}` as const;
  return fix?.kind === 'details' && id === method?.id ? 'fix.same' : 'methods.part.default';
}

function FixForm({ payout, methods, newUsableFrom, coolOffHours }: FixProps) {
  const { t, i18n } = useTranslation();
  const go = useGo();
  const when = useWhen();
  const nameOf = useMethodName();
  const known = methods.filter((method) => method.status !== 'frozen');
  const used = methods.find((method) => method.isDefault);
  const [choice, setChoice] = useState(() => firstChoice(payout, methods));
  const [isTried, setTried] = useState(false);
  const [fields, setFields] = useState(() => emptyFields(used?.type, null));
  const faults = faultsOf(fields, languageNow(i18n.language));
  const again = useDeed(payAgain, {
    onDone: (done) => {
      // What it says comes with the answer, so that nothing is told as done that is not.
      tell({
        id: done.id,
        title: t(payout.kind === 'cycle' ? 'fix.saved' : 'fix.done'),
        message: done.nextStep,
      });
      go(places.payout(done.id));
    },
  });
  const until = choice === anew ? newUsableFrom : methods.find((method) => method.id === choice)?.usableFrom;
  // What was refused was said of what stood here before.
  const change = (to: MethodFields) => {
    setFields(to);
    again.reset();
  };
  const { form, at } = useForm(() => {
    if (choice === nothing) return setTried(true);
    if (choice !== anew) again.mutate({ id: payout.id, methodId: choice });
    else again.mutate({ id: payout.id, method: methodOf(fields) });
  }, again.error);
  return (
    <form {...form}>
      <Stack>
        {known.length > 0 && (
          <Paper withBorder p="md" radius="lg">
            <Radio.Group
              size="md"
              label={t('fix.where')}
              value={choice}
              onChange={setChoice}
              error={isTried && choice === nothing ? t('fix.choose') : null}
            >
              <Stack gap={0} mt={4}>
                <Radio value={anew} label={t('fix.new')} size="md" className="portal-choice" />
                {known.map((method) => (
                  <Radio
                    key={method.id}
                    value={method.id}
                    label={nameOf(method)}
                    description={t(barOf(payout, method) ?? noteOf(payout, method))}
                    disabled={barOf(payout, method) !== null}
                    size="md"
                    className="portal-choice"
                  />
                ))}
              </Stack>
            </Radio.Group>
          </Paper>
        )}
        {choice === anew && (
          <Paper withBorder p="md" radius="lg">
            <MethodFieldset
              fields={fields}
              onChange={change}
              faults={faults}
              at={(name, wrong) => at(`method.${name}`, wrong)}
            />
          </Paper>
        )}
        {choice !== nothing && choice !== used?.id && <HeldUp methodId={choice === anew ? null : choice} />}
        <Note tone="info">
          {t(payout.kind === 'cycle' ? 'fix.thenRun' : 'fix.then')}{' '}
          {coolOffHours > 0 && t('fix.coolOff', { count: coolOffHours })}{' '}
          {typeof until === 'string' && t('fix.until', { when: when.moment(until) })}
        </Note>
        {again.error !== null && <TroubleNote error={again.error} fields={sent} />}
        <Button type="submit" size="md" h={52} loading={again.isPending}>
          {t(payout.kind === 'cycle' && choice === payout.method?.id ? 'fix.tell' : 'fix.save')}
        </Button>
      </Stack>
    </form>
  );
}
