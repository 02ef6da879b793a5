/** Longest name of a time zone. */
const zoneCharsMax = 64;

/** True for a time zone of the IANA database, such as `America/Port-au-Prince`. */
export function isTimezone(name: string): boolean {
  // An offset such as +05:00 is accepted by some engines and none by others; it also knows no daylight saving.
  if (!/^[A-Za-z]/.test(name) || name.length > zoneCharsMax) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A moment to the minute with its zone, as mails write it: `2026-11-20 12:00 UTC`, or in the zone that was chosen. */
export function momentText(at: Date, timezone: string | null): string {
  if (timezone === null) return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${day} ${part('hour')}:${part('minute')} (${timezone})`;
}
