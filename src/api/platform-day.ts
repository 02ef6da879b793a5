import type { ApiDeps } from './deps.ts';

/** Days of the platform's time zone, as `2026-11-27`. */
export function platformDays(deps: Pick<ApiDeps, 'calendar'>): (at: Date) => string {
  // Sweden writes days as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: deps.calendar.zone, dateStyle: 'short' });
  return (at) => format.format(at);
}
