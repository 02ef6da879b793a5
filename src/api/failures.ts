import { hasMoreFailures, newestErrors, retryableBatches } from '../store/failures.ts';
import { failuresView, presentErrors, presentRetryable } from '../wire/failures.ts';
import { teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

/** Batches that are named. */
const batchesMax = 10;
/** Reasons that are named. */
const errorsMax = 10;

export const failuresRoutes = [
  route({
    method: 'GET',
    path: '/status/failures',
    right: 'read',
    summary: 'What failed and waits: batches that can be retried, and the newest errors by reason',
    answer: failuresView,
    async handle(deps) {
      const batches = await retryableBatches(deps.db, deps.now(), batchesMax);
      const errors = presentErrors(await newestErrors(deps.db), teamLanguageIn(deps));
      return ok({
        retryable: presentRetryable(batches),
        errors: errors.slice(0, errorsMax),
        capped: await hasMoreFailures(deps.db),
      });
    },
  }),
];
