import { listRequests } from '../store/request-log.ts';
import { pageOfFound } from '../wire/paging.ts';
import { loggedRequestView, presentRequest, requestsQuery } from '../wire/request-log.ts';
import { pageOfView } from '../wire/shapes.ts';
import { ok, route } from './route.ts';

export const requestRoutes = [
  route({
    method: 'GET',
    path: '/requests',
    right: 'own',
    summary: 'Lists what was asked of the API lately and how it was answered, newest first',
    answer: pageOfView(loggedRequestView),
    query: requestsQuery,
    async handle(deps, { query: { status, keyId, route: pattern, limit, cursor } }) {
      const filter = {
        statusClass: status === undefined ? null : Number(status[0]),
        actorId: keyId ?? null,
        route: pattern ?? null,
      };
      return ok(pageOfFound(await listRequests(deps.db, filter, limit, cursor ?? null), presentRequest));
    },
  }),
];
