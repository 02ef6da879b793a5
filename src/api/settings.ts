import { changeSettings } from '../actions/settings.ts';
import { readSettings } from '../store/settings.ts';
import { presentSettings, settingsPatch, settingsView } from '../wire/settings.ts';
import { no } from '../wire/problem.ts';
import { ok, route } from './route.ts';

export const settingsRoutes = [
  route({
    method: 'GET',
    path: '/settings',
    right: 'read',
    summary: 'What the team decided about minimums, approvals and settlement',
    answer: settingsView,
    async handle(deps) {
      return ok(presentSettings(await readSettings(deps.db)));
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
      const { payoutSchedule } = body;
      const fault = payoutSchedule === undefined ? null : deps.calendar.fault(payoutSchedule);
      if (fault !== null)
        return no('invalid_request', { errors: [{ path: 'payoutSchedule', message: fault }] });
      return ok(presentSettings(await changeSettings(deps, body)));
    },
  }),
];
