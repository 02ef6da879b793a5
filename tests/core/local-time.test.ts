import { describe, expect, it } from 'vitest';
import { isTimezone } from '../../src/core/local-time.ts';

describe('a time zone', () => {
  it('takes names of zones and nothing else', () => {
    for (const name of ['UTC', 'Europe/Paris', 'America/Port-au-Prince']) expect(isTimezone(name)).toBe(true);
    for (const name of ['', 'Mars/Olympus', '+05:00', 'x'.repeat(65), "UTC'; --"])
      expect(isTimezone(name)).toBe(false);
  });
});
