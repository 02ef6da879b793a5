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
