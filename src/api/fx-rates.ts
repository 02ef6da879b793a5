import { teamLanguageOf } from '../core/language.ts';
import { parsing } from '../wire/parsing.ts';
import type { RateResult } from '../actions/fx-rates.ts';
import { enterRates } from '../actions/fx-rates.ts';
import { listRates } from '../store/fx-rates.ts';
import {
  invalidRate,
  presentEntered,
  presentRate,
  presentRatesEntered,
  rateItem,
  ratesBody,
  ratesEnteredView,
  ratesQuery,
  rateView,
} from '../wire/fx-rates.ts';
import { pageOf } from '../wire/paging.ts';
import { faultsOf } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { afterRaces } from './failure.ts';
import { ok, route } from './route.ts';

export const fxRateRoutes = [
  route({
    method: 'GET',
    path: '/fx-rates',
    right: 'read',
    summary: 'Rates as they were entered, the last first; of one pair with from and to',
    answer: pageOfView(rateView),
    query: ratesQuery,
    async handle(deps, { query: { limit, cursor, from, to } }) {
      const pair = from === undefined || to === undefined ? null : { from, to };
      const rows = await listRates(deps.db, pair, limit + 1, cursor ?? null);
      return ok(pageOf(rows, limit, presentRate));
    },
  }),
  route({
    method: 'POST',
    path: '/fx-rates',
    right: 'operate',
    stepUp: true,
    summary:
      'Enters rates, each once per pair and moment and never changed; up to 1,000. One far from the last is refused unless it is accepted',
    answer: ratesEnteredView,
    body: ratesBody,
    async handle(deps, { body, language }) {
      const reader = teamLanguageOf(language);
      const parsed = body.rates.map((item) => rateItem.safeParse(item, parsing));
      const good = parsed.flatMap((one) => one.data ?? []);
      const entered: RateResult[] =
        good.length === 0 ? [] : await afterRaces(() => enterRates(deps, good, body.acceptJump));
      const judged = entered[Symbol.iterator]();
      const results = parsed.map((one, index) => {
        if (!one.success) return invalidRate(index, faultsOf(one.error.issues), reader);
        const result = judged.next();
        if (result.done) throw new Error('a rate got no result');
        return presentEntered(index, result.value, reader);
      });
      return ok(presentRatesEntered(results));
    },
  }),
];
