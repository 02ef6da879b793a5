import { Autocomplete, Group, Input, SegmentedControl } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRunProvider } from '../cycles/cycle-query.ts';
import { cyclesQuery, type Where } from './import-calls.ts';

/** How long typing rests before it counts. */
const typingMs = 400;

interface WhereProps {
  readonly where: Where;
  readonly onChange: (where: Where) => void;
}

/** Into which cycle the rows go, and who pays them. */
export function WhereTo({ where, onChange }: WhereProps) {
  const { t } = useTranslation(['import', 'batches']);
  const cycles = useQuery(cyclesQuery).data?.data ?? [];
  const [typed, setTyped] = useState(where.cycleId);
  const choose = (cycleId: string) => {
    if (cycleId.trim() !== where.cycleId) onChange({ ...where, cycleId: cycleId.trim() });
  };
  // Nobody has to know a key to go on: what is typed counts when the typing rests.
  const rest = useDebouncedCallback(choose, typingMs);
  return (
    <Group align="flex-start" gap="lg">
      <Autocomplete
        label={t('where.cycle')}
        description={t('where.cycleHint')}
        required
        flex={1}
        miw={220}
        data={cycles.map(({ id }) => id)}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          rest(text);
        }}
        onOptionSubmit={choose}
        onBlur={() => choose(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') choose(typed);
        }}
      />
      <Input.Wrapper label={t('where.provider')} description={t('where.providerHint')} labelElement="div">
        <SegmentedControl
          mt={4}
          aria-label={t('where.provider')}
          value={where.provider}
          onChange={(provider) => {
            if (isRunProvider(provider)) onChange({ ...where, provider });
          }}
          data={(['paypal', 'stripe'] as const).map((value) => ({
            value,
            label: t(`batches:provider.${value}`),
          }))}
        />
      </Input.Wrapper>
    </Group>
  );
}
