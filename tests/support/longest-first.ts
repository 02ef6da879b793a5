import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** The files that take longest, the longest first. The rest fills the gaps whatever its order. */
const longest = [
  'tests/chaos/kills.test.ts',
  'tests/e2e/contest-winners.test.ts',
  'tests/engine/crash-after.test.ts',
  'tests/engine/crash-before.test.ts',
  'tests/sim/simulation.test.ts',
  'tests/store/plans.test.ts',
  'tests/main/secret.test.ts',
  'tests/browser/portal-fix.test.ts',
  'tests/browser/story-royalties.test.ts',
  'tests/browser/cycles.test.ts',
  'tests/browser/settings.test.ts',
  'tests/browser/payees.test.ts',
  'tests/browser/approvals.test.ts',
  'tests/engine/stripe-crash.test.ts',
  'tests/browser/rough.test.ts',
  'tests/browser/story-contest.test.ts',
  'tests/browser/payouts.test.ts',
  'tests/e2e/creator-royalties.test.ts',
  'tests/browser/portal.test.ts',
  'tests/browser/turns.test.ts',
  'tests/main/doctor.test.ts',
  'tests/e2e/stripe-double.test.ts',
];

/**
 * Begins with the longest files, so that no worker is alone with one of them at the end. By itself Vitest goes by the size of a file
 * in a fresh clone, and what takes longest here is short: a few lines that go through every crash point.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const gone = longest.filter((name) => !existsSync(path.join(root, name)));
    if (gone.length > 0) throw new Error(`${gone.join(', ')}: no such test; mend the list of the longest`);
    const place = (file: TestSpecification) => {
      const found = longest.indexOf(path.relative(root, file.moduleId).split(path.sep).join('/'));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
