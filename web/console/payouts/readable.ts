import { dateTime, day } from '../../app/format.ts';

const moment = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;
const date = /\b\d{4}-\d{2}-\d{2}\b/g;

/** The server's words with its times and days written as the reader writes them. */
export function readable(words: string): string {
  return words
    .replaceAll(moment, (at) => dateTime(at))
    .replaceAll(date, (at) => day(`${at}T00:00:00Z`, 'UTC'));
}
