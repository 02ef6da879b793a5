import type { Db } from '../../src/store/db.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { Winner, World } from '../support/world.ts';
import { makeWorld, seedCycle, startOfTime } from '../support/world.ts';

export interface StagedWorld extends World {
  readonly model: ModelProvider;
  readonly clock: { ms: number };
}

/** A world on this database with people in cycle 18. */
export async function stageOn(db: Db, people: readonly Winner[]): Promise<StagedWorld> {
  const clock = { ms: startOfTime };
  const model = new ModelProvider(undefined, () => clock.ms);
  const world = await makeWorld({ db, provider: model, clock });
  await seedCycle(world, '18', people);
  return { ...world, model, clock };
}
