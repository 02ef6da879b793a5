import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { winnersCsv, winnersWithMistakesCsv } from '../../examples/contest-winners/make.ts';
import { mistakes } from '../../examples/contest-winners/mistakes.ts';
import { readAll } from './reading.ts';

const folder = join(import.meta.dirname, '../../examples/contest-winners');

describe('the contest winners of the example', () => {
  test('are the ones their generator makes', async () => {
    expect(await readFile(join(folder, 'winners.csv'), 'utf8')).toBe(winnersCsv());
    expect(await readFile(join(folder, 'winners-with-mistakes.csv'), 'utf8')).toBe(winnersWithMistakesCsv());
  });

  test('can all be paid, in two currencies, each payee and address once', async () => {
    const { result, rows, bad } = await readAll(winnersCsv());
    expect({ ok: result.ok, bad }).toEqual({ ok: true, bad: [] });
    expect(rows).toHaveLength(1_000);
    expect(new Set(rows.map((row) => row.currency))).toEqual(new Set(['USD', 'EUR']));
    expect(new Set(rows.map((row) => row.payeeExternalId)).size).toBe(1_000);
    expect(new Set(rows.map((row) => row.email)).size).toBe(1_000);
    const domains = new Set(rows.map((row) => row.email?.split('@')[1]?.split('.').slice(-2).join('.')));
    expect(domains).toEqual(new Set(['example.com', 'example.org', 'example.net']));
  });

  test('with mistakes are refused for the reasons that are listed', async () => {
    const { rows, bad } = await readAll(winnersWithMistakesCsv());
    expect(rows).toHaveLength(20);
    expect(bad.map(({ cells }) => cells[1])).toEqual(mistakes.map(({ row }) => row.split(',')[1]));
    expect(bad.map(({ issues }) => issues.map(({ code }) => code).sort())).toEqual(
      mistakes.map(({ codes }) => [...codes].sort()),
    );
  });
});
