import { describe, expect, it } from 'vitest';
import { isTimezone, momentText } from '../../src/core/local-time.ts';

describe('a moment in a mail', () => {
  it('is written in UTC, or in the zone that was chosen, across summer time and midnight', () => {
    const winter = new Date('2026-01-10T04:30:00Z');
    expect(momentText(winter, null)).toBe('2026-01-10 04:30 UTC');
    expect(momentText(winter, 'America/Port-au-Prince')).toBe('2026-01-09 23:30 (America/Port-au-Prince)');
    expect(momentText(new Date('2026-07-10T22:00:00Z'), 'Europe/Paris')).toBe(
      '2026-07-11 00:00 (Europe/Paris)',
    );
  });

  it('takes names of zones and nothing else', () => {
    for (const name of ['UTC', 'Europe/Paris', 'America/Port-au-Prince']) expect(isTimezone(name)).toBe(true);
    for (const name of ['', 'Mars/Olympus', '+05:00', 'x'.repeat(65), "UTC'; --"])
      expect(isTimezone(name)).toBe(false);
  });
});
