import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statesDocument } from '../support/states-doc.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'states.md');

it('keeps docs/states.md as the tables are', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, statesDocument());
  expect(readFileSync(file, 'utf8'), 'stale: run this test with UPDATE_DOCS=1').toBe(statesDocument());
});
