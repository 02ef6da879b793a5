import { teamLanguageOf } from '../core/language.ts';
import { parsing } from '../wire/parsing.ts';
import type { EarningResult } from '../actions/earning-item.ts';
import { recordEarnings } from '../actions/earnings.ts';
import { reverseEarnings } from '../actions/reversals.ts';
import {
  earningItem,
  earningsBody,
  presentResult,
  presentUnreadable,
  recordedView,
} from '../wire/earnings.ts';
import { reversalsBody, reversedView } from '../wire/reversals.ts';
import { faultsOf } from '../wire/problem.ts';
import { afterRaces } from './failure.ts';
import { bulkBodyMaxBytes, ok, route } from './route.ts';

/** Characters of a bad item's own names that are repeated in its result. */
const echoedCharsMax = 400;

export const earningRoutes = [
  route({
    method: 'POST',
    path: '/earnings',
    right: 'operate',
    stepUp: true,
    summary: 'Records what people earned, once per source type and external id; up to 5,000',
    answer: recordedView,
    bodyLimit: bulkBodyMaxBytes,
    body: earningsBody,
    async handle(deps, { body, language }) {
      const reader = teamLanguageOf(language);
      const parsed = body.earnings.map((earning) => earningItem.safeParse(earning, parsing));
      const recorded = await afterRaces(() =>
        recordEarnings(
          deps,
          parsed.flatMap((one) => one.data ?? []),
        ),
      );
      const judged = recorded[Symbol.iterator]();
      const results = parsed.map((one, index) => {
        const { sourceType = null, externalId = null } = one.data ?? namesOf(body.earnings[index]);
        if (!one.success) {
          return { index, sourceType, externalId, ...presentUnreadable(faultsOf(one.error.issues), reader) };
        }
        const result = judged.next();
        if (result.done) throw new Error('an earning got no result');
        return { index, sourceType, externalId, ...presentResult(result.value, one.data.currency, reader) };
      });
      return ok({ counts: countsOf(results), results });
    },
  }),
  route({
    method: 'POST',
    path: '/earnings/reverse',
    right: 'operate',
    stepUp: true,
    summary: 'Takes earnings back, one or up to 5,000; what was paid is recovered from the next request',
    answer: reversedView,
    bodyLimit: bulkBodyMaxBytes,
    body: reversalsBody,
    async handle(deps, { body }) {
      const items = 'earnings' in body ? body.earnings : [body];
      const reversed = await afterRaces(() => reverseEarnings(deps, items));
      const counts = { reversed: 0, owed: 0, unchanged: 0, not_found: 0 };
      const results = reversed.map(({ status, payoutId }, index) => {
        counts[status] += 1;
        const { sourceType = '', externalId = '' } = items[index] ?? {};
        return { index, sourceType, externalId, status, payoutId };
      });
      return ok({ counts, results });
    },
  }),
];

/** What a bad item calls itself, so that its sender finds it. */
function namesOf(item: unknown): { sourceType?: string; externalId?: string } {
  const read = (key: string) => {
    const value = item !== null && typeof item === 'object' ? Reflect.get(item, key) : undefined;
    return typeof value === 'string' ? { [key]: value.slice(0, echoedCharsMax).toWellFormed() } : {};
  };
  return { ...read('sourceType'), ...read('externalId') };
}

function countsOf(results: readonly { status: EarningResult['status'] }[]) {
  const counts = { created: 0, unchanged: 0, conflict: 0, invalid: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}
