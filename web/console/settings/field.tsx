import { Checkbox, Group, NativeSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { frequencies } from '../../../src/core/schedule.ts';
import { payeeMails } from '../../../src/core/settings.ts';
import type { Draft, Fault } from './draft.ts';
import { Lines } from './lines.tsx';
import { PercentInput } from './percent-input.tsx';
import { ScheduleField } from './schedule-field.tsx';

/** Least and most of what is a plain number. */
const numbers = {
  approvalExpiryDays: [1, 3650],
  settlementHoldDays: [0, 3650],
  methodCoolOffHours: [0, 2160],
  fxRateMaxAgeHours: [1, 2160],
} as const;

export interface FieldProps {
  readonly name: keyof Draft;
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  /** What the server said of a setting, or of one of its lines. */
  readonly wrong: (path: string) => string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** The control of one setting. */
export function Field({ name, draft, faults, wrong, onChange }: FieldProps) {
  const { t } = useTranslation('settings');
  const label = t(`names.${name}`);
  const hint = t(`hints.${name}`);
  switch (name) {
    case 'minimumPayout':
    case 'secondApproverAbove':
    case 'feeBpsBySource':
    case 'settlementHoldDaysBySource':
      return (
        <Lines
          name={name}
          lines={draft[name]}
          faults={faults}
          wrong={(line) => wrong(`${name}.${line}`)}
          onChange={(lines) => onChange({ [name]: lines })}
        />
      );
    case 'approvalExpiryDays':
    case 'settlementHoldDays':
    case 'methodCoolOffHours':
    case 'fxRateMaxAgeHours': {
      const [min, max] = numbers[name];
      return (
        <NumberInput
          label={label}
          description={hint}
          maw={320}
          min={min}
          max={max}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="blur"
          value={draft[name]}
          error={wrong(name)}
          suffix={t(name.endsWith('Hours') ? 'suffix.hours' : 'suffix.days')}
          onChange={(value) => typeof value === 'number' && onChange({ [name]: value })}
        />
      );
    }
    case 'fxSpreadBps':
    case 'fxRateJumpBps':
      return (
        <PercentInput
          label={label}
          description={hint}
          bps={draft[name]}
          error={wrong(name)}
          max={name === 'fxSpreadBps' ? 20 : 10_000}
          onChange={(bps) => onChange({ [name]: bps })}
        />
      );
    case 'autoRetry':
    case 'sendApprovedOnSchedule':
      return (
        <Switch
          label={label}
          description={hint}
          checked={draft[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
        />
      );
    case 'payeeMails':
      return (
        <Checkbox.Group
          label={label}
          description={hint}
          value={draft.payeeMails}
          onChange={(chosen) => onChange({ payeeMails: payeeMails.filter((mail) => chosen.includes(mail)) })}
        >
          <Stack gap="xs" mt="xs">
            {payeeMails.map((mail) => (
              <Checkbox key={mail} value={mail} label={t(`mails.${mail}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'payoutFrequency':
      return (
        <Group>
          <NativeSelect
            label={label}
            description={hint}
            maw={420}
            flex={1}
            value={draft.payoutFrequency}
            data={frequencies.map((value) => ({ value, label: t(`frequency.${value}`) }))}
            onChange={(event) => {
              const chosen = frequencies.find((frequency) => frequency === event.currentTarget.value);
              if (chosen) onChange({ payoutFrequency: chosen });
            }}
          />
        </Group>
      );
    case 'payoutSchedule':
      return (
        <ScheduleField
          cron={draft.payoutSchedule}
          error={wrong(name)}
          onChange={(cron) => onChange({ payoutSchedule: cron })}
        />
      );
    default:
      return null;
  }
}
