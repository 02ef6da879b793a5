import { Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { At } from '../../app/form.ts';
import type { MethodFields } from './method-input.ts';
import { fieldsOf, methodTypes } from './method-input.ts';

/** How somebody wants to be paid, field by field; what is wrong stands at its field. */
export function MethodFieldset({
  fields,
  onChange,
  faults,
  at,
}: {
  readonly fields: MethodFields;
  readonly onChange: (fields: MethodFields) => void;
  /** What is wrong with what stands there now. */
  readonly faults: Readonly<Record<string, string>>;
  readonly at: At;
}) {
  const { t } = useTranslation();
  const set = (change: Partial<MethodFields>) => onChange({ ...fields, ...change });
  return (
    <Stack gap="md">
      <Radio.Group
        size="md"
        label={t('methods.how')}
        value={fields.type}
        onChange={(value) => set({ type: methodTypes.find((type) => type === value) ?? fields.type })}
      >
        <Stack gap={0} mt={4}>
          {methodTypes.map((type) => (
            <Radio
              key={type}
              value={type}
              label={t(`methods.type.${type}`)}
              size="md"
              className="portal-choice"
            />
          ))}
        </Stack>
      </Radio.Group>
      {fields.type === 'bank' && (
        <Radio.Group
          size="md"
          label={t('methods.bankHow')}
          value={fields.bank}
          onChange={(value) => set({ bank: value === 'account' ? 'account' : 'iban' })}
        >
          <Stack gap={0} mt={4}>
            <Radio value="iban" label={t('methods.byIban')} size="md" className="portal-choice" />
            <Radio value="account" label={t('methods.byAccount')} size="md" className="portal-choice" />
          </Stack>
        </Radio.Group>
      )}
      {fieldsOf(fields).map(({ name, label, hint, kind, complete }) => (
        <TextInput
          key={name}
          name={name}
          size="md"
          label={t(`methods.field.${label}`)}
          description={hint === undefined ? undefined : t(`methods.hint.${hint}`)}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
          {...at(name, faults[name])}
          type={kind === 'email' ? 'email' : kind === 'tel' ? 'tel' : 'text'}
          inputMode={kind}
          autoComplete={complete}
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      ))}
    </Stack>
  );
}
