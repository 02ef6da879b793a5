/** A schedule as people say it: on these days of the week or of the month, or daily, at this time. */
export interface Plan {
  readonly kind: 'weekly' | 'monthly' | 'daily';
  /** Of the week (0 is Sunday) or of the month. */
  readonly days: readonly number[];
  /** "17:00". */
  readonly time: string;
}

const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Reads what this page writes; null for what only cron can say. */
export function planOf(cron: string): Plan | null {
  const [minute = '', hour = '', ofMonth = '', month = '', ofWeek = '', more] = cron.trim().split(/\s+/);
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour) || month !== '*' || more !== undefined)
    return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (ofMonth === '*' && ofWeek === '*') return { kind: 'daily', days: [], time };
  if (ofMonth === '*') return withDays('weekly', ofWeek, time);
  return ofWeek === '*' ? withDays('monthly', ofMonth, time) : null;
}

function withDays(kind: 'weekly' | 'monthly', text: string, time: string): Plan | null {
  const days = text.split(',').map((part) => {
    const named = names.indexOf(part.toUpperCase());
    return named === -1 ? Number(part) : named;
  });
  const fits =
    kind === 'weekly' ? (day: number) => day >= 0 && day <= 7 : (day: number) => day >= 1 && day <= 31;
  if (!days.every((day) => Number.isInteger(day) && fits(day))) return null;
  // Both 0 and 7 are Sunday.
  return { kind, days: kind === 'weekly' ? days.map((day) => day % 7) : days, time };
}

export function cronOf({ kind, days, time }: Plan): string {
  const [hour = '0', minute = '0'] = time.split(':');
  const at = `${Number(minute)} ${Number(hour)}`;
  const list = days.toSorted((one, other) => one - other).join(',');
  if (kind === 'daily') return `${at} * * *`;
  return kind === 'weekly' ? `${at} * * ${list}` : `${at} ${list} * *`;
}
