import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { singlePayouts, statementsCsv } from '../../examples/creator-royalties/make.ts';
import { ticketStory } from '../../examples/event-tickets/make.ts';
import { earningsBody } from '../../src/wire/earnings.ts';
import { projectRoot } from '../support/processes.ts';
import { readAll } from './reading.ts';

const read = (...parts: string[]) => readFile(path.join(projectRoot, 'examples', ...parts), 'utf8');

test('the royalties of the example are the ones their generator makes, and all can be paid', async () => {
  expect(await read('creator-royalties', 'statements.csv')).toBe(statementsCsv());
  for (const [file, body] of Object.entries(singlePayouts()))
    expect(await read('creator-royalties', file)).toBe(`${JSON.stringify(body, null, 2)}\n`);
  const { rows, bad } = await readAll(statementsCsv());
  expect(bad).toEqual([]);
  expect(rows).toHaveLength(30);
  expect(new Set(rows.map((row) => row.destination?.value)).size).toBe(30);
});

test('the tickets of the example are the ones their generator makes, each with a number of its own', async () => {
  for (const [file, body] of Object.entries(ticketStory()))
    expect(await read('event-tickets', file)).toBe(`${JSON.stringify(body, null, 2)}\n`);
  const { earnings } = earningsBody.parse(JSON.parse(await read('event-tickets', 'tickets.json')));
  const ids = earnings.map((ticket) => (ticket as { externalId: string }).externalId);
  expect(new Set(ids).size).toBe(149);
});

test('told of another day, the tickets are the same and their events are as many days away', () => {
  const endOf = (day: string) =>
    (ticketStory(day)['tickets.json'] as { earnings: { eventEndsAt: string }[] }).earnings[0]?.eventEndsAt;
  expect(endOf('2026-11-20')).toBe('2026-10-30T23:30:00.000Z');
  expect(endOf('2027-03-05')).toBe('2027-02-12T23:30:00.000Z');
});
