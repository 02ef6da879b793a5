import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { keptWords } from '../../src/core/alert-words.ts';
import { openAlerts, openAlertsList } from '../../src/store/alerts.ts';
import { english } from '../support/english.ts';
import { onBoth } from './engines.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0024-alert-facts.sql');
const now = new Date('2026-11-21T12:00:00Z');

onBoth((engine) => {
  it('keeps alerts that were open before as they were written, and tells new ones in either language', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const run = (text: string) => sql.raw(text).execute(db);
    await run('alter table alert drop column facts');
    await run(`insert into alert (kind, subject, message, opened_at, last_at)
      values ('key_expired', 'old', 'It was written before.', now(), now())`);
    for (const statement of (await readFile(migration, 'utf8'))
      .split(/;\n/)
      .filter((one) => one.trim() !== ''))
      await run(statement);
    const read = async () => {
      const alerts = await openAlertsList(db, 10);
      return alerts.map((alert) => [alert.seen, keptWords(alert, 'en'), keptWords(alert, 'fr')]);
    };
    expect(await read()).toEqual([[1, 'It was written before.', 'It was written before.']]);
    // Told once more, it has facts like any other.
    await openAlerts(db, [{ kind: 'key_expired', subject: 'old', facts: {} }], now);
    const cause = 'HTTP 500: {"a": "\\\\ \\" \'x\'"}';
    await openAlerts(db, [{ kind: 'outcome_unknown', subject: 'new', facts: { cause } }], now);
    const [unknown, again] = await read();
    expect(unknown).toEqual([
      1,
      expect.stringContaining(`(${cause}). It is`),
      expect.stringContaining(cause),
    ]);
    expect(again).toEqual([2, expect.stringContaining('has forgotten the key'), expect.any(String)]);
    for (const words of [unknown?.[2], again?.[2]]) expect(english(String(words))).toEqual([]);
    await expect(run(`update alert set facts = '[]'`)).rejects.toThrow(/check/);
  });
});
