import { amountsIn } from '../core/amount-search.ts';
import { payoutNamed } from '../core/hand-transfer.ts';
import { mask } from '../core/mask.ts';
import { formatMoney } from '../core/money.ts';
import { searchTexts } from '../core/search-words.ts';
import { operatorMoment } from '../core/when.ts';
import { listPayees } from '../store/payees.ts';
import { payoutsOfAmounts } from '../store/payout-amounts.ts';
import { findPayout } from '../store/payouts.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { batchesNamed, cyclesNamed } from '../store/search.ts';
import { presentPayout } from '../wire/payouts.ts';
import type { SearchHit } from '../wire/search.ts';
import { searchQuery, searchView } from '../wire/search.ts';
import type { ApiDeps } from './deps.ts';
import { lookOf } from './providers.ts';
import { readerOf, teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

/** Hits of each kind. */
const hitsMax = 10;

export const searchRoutes = [
  route({
    method: 'GET',
    path: '/search',
    right: 'read',
    summary:
      'Finds payees, payouts, batches and cycles by an id, a reference, an address, words of a name or an amount',
    answer: searchView,
    query: searchQuery,
    async handle(deps, { query: { q } }) {
      const wanted = q.trim();
      if (wanted === '') return ok({ hits: [] });
      const hits = [
        ...(await payouts(deps, wanted)),
        ...(await payees(deps, wanted)),
        ...(await batches(deps, wanted)),
        ...(await cycles(deps, wanted)),
        ...(await ofAmount(deps, wanted)),
      ];
      return ok({ hits });
    },
  }),
];

/** The payout of an id, also as it is written on a transfer by hand, or of a reference: the newest of its payouts. */
async function payouts(deps: ApiDeps, q: string): Promise<SearchHit[]> {
  const found = (await findPayout(deps.db, q)) ?? (await findPayout(deps.db, payoutNamed(q)));
  return found ? [payoutHit(deps, found)] : [];
}

/** The newest payouts of exactly this amount, last: a short number is more often an id. */
async function ofAmount(deps: ApiDeps, q: string): Promise<SearchHit[]> {
  const found = await payoutsOfAmounts(deps.db, amountsIn(q), hitsMax);
  return found.map((row) => payoutHit(deps, row));
}

function payoutHit(deps: ApiDeps, row: PayoutRow): SearchHit {
  const { id, payeeName, payeeId, label } = presentPayout(row, lookOf(deps));
  const language = teamLanguageIn(deps);
  const money = formatMoney(row.amount, row.currency, language);
  const title = searchTexts[language].payout(money, payeeName === '' ? payeeId : payeeName);
  return { kind: 'payout', id, title, subtitle: payeeName === '' ? label : `${payeeId}, ${label}` };
}

/** Your id and the masked address stand below the name: namesakes are told apart before one of them is opened. */
async function payees(deps: ApiDeps, q: string): Promise<SearchHit[]> {
  const { blocked } = searchTexts[teamLanguageIn(deps)];
  const { rows } = await listPayees(deps.db, { q, status: null, canBePaid: null }, hitsMax, null, deps.now());
  return rows.map(({ publicId: id, name, externalId, email, status }) => {
    const known = email === null ? externalId : `${externalId}, ${mask(email)}`;
    const subtitle = status === 'blocked' ? blocked(known) : known;
    return { kind: 'payee', id, title: name === '' ? externalId : name, subtitle };
  });
}

async function batches(deps: ApiDeps, q: string): Promise<SearchHit[]> {
  const { language, zone } = readerOf(deps);
  const { batchOf, batch } = searchTexts[language];
  const found = await batchesNamed(deps.db, q, deps.providers.names, hitsMax);
  return found.map(({ publicId: id, cycleId, state, totalItems, createdAt }) => ({
    kind: 'batch',
    id,
    title: cycleId === null ? id : batchOf(id, cycleId),
    subtitle: batch(state, totalItems, operatorMoment(zone, createdAt, language)),
  }));
}

async function cycles(deps: ApiDeps, q: string): Promise<SearchHit[]> {
  const { cycle } = searchTexts[teamLanguageIn(deps)];
  const found = await cyclesNamed(deps.db, q, hitsMax);
  return found.map(({ publicId: id, name, status }) => ({
    kind: 'cycle',
    id,
    title: name === '' ? id : name,
    subtitle: cycle(id, status),
  }));
}
