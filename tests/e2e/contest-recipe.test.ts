import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStory } from './story.ts';

const recipeMs = 180_000;
/** The first of the 1,000 winners; contest-winners.test.ts pays them all. */
const winnerCount = 300;

it(
  'contest winners: the recipe runs from data to paid, word for word',
  async () => {
    const story = await openStory();
    const file = 'examples/contest-winners/winners.csv';
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, 1 + winnerCount);
    mkdirSync(path.join(story.directory, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(story.directory, file), `${rows.join('\n')}\n`);
    const failed = rows.filter((row) => /\+(failed|blocked)/.test(row)).length;
    const printed = await story.follow('contest-winners.md');
    expect(printed).toContain(`${winnerCount} people, `);
    expect(printed).toMatch(new RegExp(`Paying \\[#+\\] ${winnerCount}/${winnerCount} 100%`));
    expect(printed).toMatch(new RegExp(`Paying \\[#+\\] ${failed}/${failed} 100%`));
    const { body } = await story.ask('GET', '/api/admin/payouts/sel-2');
    expect(body).toMatchObject({ status: 'completed', attemptCount: 2 });
    await story.close();
  },
  recipeMs,
);
