import { changeSettings } from '../actions/settings.ts';
import { readSettings } from '../store/settings.ts';
import { settingsPatch, settingsView } from '../wire/settings.ts';
import { ok, route } from './route.ts';

export const settingsRoutes = [
  route({
    method: 'GET',
    path: '/settings',
    right: 'read',
    summary: 'What the team decided about minimums, approvals and settlement',
    answer: settingsView,
    async handle(deps) {
      return ok(await readSettings(deps.db));
    },
  }),
  route({
    method: 'PATCH',
    path: '/settings',
    right: 'own',
    stepUp: true,
    summary: 'Changes settings; those that are not named stay',
    answer: settingsView,
    body: settingsPatch,
    async handle(deps, { body }) {
      return ok(await changeSettings(deps, body));
    },
  }),
];
