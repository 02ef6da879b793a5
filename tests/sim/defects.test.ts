import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defects } from './defects.ts';

it('has planted defects that still fit the source, so that none of them is planted in vain', () => {
  const stray = defects.filter(({ file, find }) => {
    const text = readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8');
    return text.split(find).length !== 2;
  });
  expect(stray.map((defect) => defect.name)).toEqual([]);
  expect(new Set(defects.map((defect) => defect.name)).size).toBe(defects.length);
});
