import { Checkbox, Group, NativeSelect, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { frequencies } from '../../../src/core/schedule.ts';
import { payeeMails } from '../../../src/core/settings.ts';
import { type Draft, type Fault, shares, wholes } from './draft.ts';
import { Lines } from './lines.tsx';
import { NumberField } from './number-field.tsx';
import { ScheduleField } from './schedule-field.tsx';

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
    case 'fxRateMaxAgeHours':
      return (
        <NumberField
          label={label}
          hint={hint}
          typed={draft[name]}
          limits={wholes[name]}
          fault={faults[0]}
          wrong={wrong(name)}
          unit={t(name.endsWith('Hours') ? 'unit.hours' : 'unit.days')}
          onChange={(typed) => onChange({ [name]: typed })}
        />
      );
    case 'fxSpreadBps':
    case 'fxRateJumpBps':
      return (
        <NumberField
          label={label}
          hint={hint}
          typed={draft[name]}
          limits={shares[name]}
          fault={faults[0]}
          wrong={wrong(name)}
          unit={t('unit.percent')}
          onChange={(typed) => onChange({ [name]: typed })}
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
