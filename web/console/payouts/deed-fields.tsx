import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAmount, showAmount } from '../../app/amounts.ts';
import type { At } from '../../app/form.ts';
import type { FieldNames } from '../../app/form-fields.ts';
import type { DeedWords } from './deed-calls.ts';
import type { Deed } from './deeds.ts';

interface FieldsProps {
  readonly deed: Deed;
  readonly currency: string;
  readonly words: DeedWords;
  readonly onChange: (words: DeedWords) => void;
  readonly at: At;
}

const reasoned: ReadonlySet<Deed> = new Set(['decline', 'cancel', 'hold', 'unpay', 'settle_part']);
const reasonCharsMax = 500;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Faults that stand at their fields; which payouts and what of them was seen, the page says by itself. */
export const deedAtFields: FieldNames = {
  reason: null,
  until: null,
  paymentReferenceId: null,
  paymentDate: null,
  paymentNotes: null,
  amount: null,
};

/** What a person must or may say with a deed. */
export function DeedFields(props: FieldsProps) {
  const { deed } = props;
  return (
    <>
      {deed === 'settle_part' && <PartFields {...props} />}
      {deed === 'mark_paid' && <PaidFields {...props} />}
      {reasoned.has(deed) && <ReasonField {...props} />}
      {deed === 'hold' && <UntilField {...props} />}
    </>
  );
}

function ReasonField({ words, onChange, at }: FieldsProps) {
  const { t } = useTranslation('payouts');
  return (
    <Textarea
      label={t('fields.reason')}
      {...at('reason')}
      description={t('fields.reasonHint')}
      required
      autosize
      minRows={2}
      maxLength={reasonCharsMax}
      data-autofocus
      value={words.reason ?? ''}
      onChange={(event) => onChange({ ...words, reason: event.currentTarget.value })}
    />
  );
}

function UntilField({ words, onChange, at }: FieldsProps) {
  const { t } = useTranslation('payouts');
  return (
    <TextInput
      type="datetime-local"
      label={t('fields.until')}
      {...at('until')}
      description={t('fields.untilHint', { zone: zone() })}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...words, until: value === '' ? null : new Date(value).toISOString() })
      }
    />
  );
}

function PaidFields({ words, onChange, at }: FieldsProps) {
  const { t } = useTranslation('payouts');
  return (
    <>
      <TextInput
        label={t('fields.reference')}
        {...at('paymentReferenceId')}
        description={t('fields.referenceHint')}
        required
        data-autofocus
        value={words.paymentReferenceId ?? ''}
        onChange={(event) => onChange({ ...words, paymentReferenceId: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('fields.paidOn')}
        {...at('paymentDate')}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...words, paymentDate: value === '' ? null : value })
        }
      />
      <Textarea
        label={t('fields.notes')}
        {...at('paymentNotes')}
        autosize
        minRows={2}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...words, paymentNotes: value === '' ? null : value })
        }
      />
    </>
  );
}

function PartFields({ currency, words, onChange, at }: FieldsProps) {
  const { t } = useTranslation(['payouts', 'forms']);
  const [typed, setTyped] = useState(showAmount(words.amount, currency));
  const isAmount = readAmount(typed, currency) !== undefined;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('fields.part', { currency })}
        description={t('forms:part.hint')}
        inputMode="decimal"
        required
        value={typed}
        {...at('amount', isAmount ? undefined : t('forms:schedule.notAnAmount'))}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          onChange({ ...words, amount: readAmount(value, currency) ?? 0 });
        }}
      />
      <Radio.Group
        label={t('fields.decision')}
        value={words.decision ?? 'keep'}
        onChange={(value) => onChange({ ...words, decision: value === 'pay_again' ? 'pay_again' : 'keep' })}
      >
        <Radio mt="xs" value="pay_again" label={t('fields.payAgain')} />
        <Radio mt="xs" value="keep" label={t('fields.keep')} />
      </Radio.Group>
    </Stack>
  );
}
