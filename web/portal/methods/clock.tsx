import { Progress, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../app/api.ts';

const tickMs = 30_000;
const minuteMs = 60_000;
const minutesOfHour = 60;
const minutesOfDay = 1440;

/** How long a new method still waits, as a bar and in words; when it is over the page asks how things stand. */
export function Clock({ from, until }: { readonly from: string; readonly until: string }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useInterval(
    () => {
      setNow(Date.now());
      if (Date.now() >= Date.parse(until)) void queries.invalidateQueries({ queryKey: ['methods'] });
    },
    tickMs,
    { autoInvoke: true },
  );
  const whole = Date.parse(until) - Date.parse(from);
  const left = Math.max(Date.parse(until) - now, 0);
  const passed = whole <= 0 ? 100 : Math.min(Math.max(((whole - left) / whole) * 100, 0), 100);
  return (
    <>
      <Progress value={passed} mt="sm" color="orange" aria-label={t('methods.clock')} />
      <Text size="sm" mt={4}>
        {useLeft(left)}
      </Text>
    </>
  );
}

function useLeft(ms: number): string {
  const { t } = useTranslation();
  const minutes = Math.ceil(ms / minuteMs);
  const days = Math.floor(minutes / minutesOfDay);
  const hours = Math.floor((minutes % minutesOfDay) / minutesOfHour);
  if (days > 0) return t('time.daysLeft', { days, hours });
  return hours > 0
    ? t('time.hoursLeft', { hours, minutes: minutes % minutesOfHour })
    : t('time.minutesLeft', { minutes });
}
