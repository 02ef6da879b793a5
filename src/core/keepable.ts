/** First and last moment that a database, its drivers and RFC 3339 write alike: the years 1 to 9999, in UTC. */
const [firstMs, lastMs] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** True for a moment that can be kept; false also for a date that is none. */
export function isKeepable(moment: Date): boolean {
  return moment.getTime() >= firstMs && moment.getTime() <= lastMs;
}
