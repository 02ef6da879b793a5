import { Autocomplete, Button, CloseButton, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currencies } from '../../../src/core/currencies.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Fault, Line } from './draft.ts';
import { settingsQuery } from './settings-query.ts';

interface LinesProps {
  readonly name: 'minimumPayout' | 'secondApproverAbove' | 'feeBpsBySource' | 'settlementHoldDaysBySource';
  readonly lines: readonly Line[];
  readonly faults: readonly Fault[];
  readonly wrong: (line: string) => string | undefined;
  readonly onChange: (lines: readonly Line[]) => void;
}

const byCurrency = new Set(['minimumPayout', 'secondApproverAbove']);

/** A value for each currency, or for each kind of earning, with what holds for the rest below. */
export function Lines({ name, lines, faults, wrong, onChange }: LinesProps) {
  const { t } = useTranslation(['settings', 'common']);
  const isMoney = byCurrency.has(name);
  const change = (index: number, line: Line) => onChange(lines.map((old, at) => (at === index ? line : old)));
  return (
    <Fieldset legend={t(`names.${name}`)} variant="unstyled">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t(`hints.${name}`)}
        </Text>
        {lines.map((line, index) => (
          // Lines have no name but their place: two may have the same one while somebody types.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} align="flex-start" gap="sm" wrap="nowrap">
            <NameInput
              isMoney={isMoney}
              value={line.name}
              error={wordsOf(t, faults, index, true)}
              onChange={(value) => change(index, { ...line, name: value })}
            />
            <TextInput
              aria-label={t(`names.${name}Of`, { name: line.name })}
              placeholder={t(`examples.${name}`)}
              inputMode="decimal"
              flex={1}
              maw={180}
              value={line.value}
              error={wordsOf(t, faults, index, false) ?? wrong(line.name)}
              rightSection={
                <Text size="sm" c="dimmed">
                  {t(`unit.${name}`, { name: line.name })}
                </Text>
              }
              rightSectionWidth={56}
              onChange={(event) => change(index, { ...line, value: event.currentTarget.value })}
            />
            <CloseButton
              size="lg"
              aria-label={t('removeLine', { name: line.name })}
              onClick={() => onChange(lines.filter((_, at) => at !== index))}
            />
          </Group>
        ))}
        <Text size="sm">{t('common:named', { name: t(`names.${name}Rest`), words: t(`rest.${name}`) })}</Text>
        <Group>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="add" size={16} />}
            onClick={() => onChange([...lines, { name: '', value: '' }])}
          >
            {t(isMoney ? 'addCurrency' : 'addSource')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface NameInputProps {
  readonly isMoney: boolean;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (name: string) => void;
}

function NameInput({ isMoney, value, error, onChange }: NameInputProps) {
  const { t } = useTranslation('settings');
  const { data } = useQuery(settingsQuery);
  const known = Object.keys({ ...data?.feeBpsBySource, ...data?.settlementHoldDaysBySource });
  return (
    <Autocomplete
      aria-label={t(isMoney ? 'currency' : 'source')}
      placeholder={t(isMoney ? 'examples.currency' : 'examples.source')}
      data={isMoney ? [...currencies] : known}
      limit={8}
      flex={1}
      maw={200}
      value={value}
      error={error}
      onChange={(typed) => onChange(isMoney ? typed.toUpperCase() : typed)}
    />
  );
}

function wordsOf(
  t: (key: string) => string,
  faults: readonly Fault[],
  line: number,
  isName: boolean,
): string | undefined {
  const fault = faults.find(
    (one) =>
      one.line === line &&
      (one.why === 'name' || one.why === 'twice' || one.why === 'currency_unknown') === isName,
  );
  return fault && t(`faults.${fault.why}`);
}
