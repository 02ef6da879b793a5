import { z } from 'zod';
import { changeSchedule } from '../actions/schedules.ts';
import { refuse } from '../core/refusal.ts';
import { findPayee } from '../store/payees.ts';
import { scheduleOf } from '../store/schedules.ts';
import { payeeScheduleView, platformScheduleView, schedulePatch } from '../wire/schedules.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { payeeOf } from './payee-self.ts';
import { ok, route } from './route.ts';
import { payeeSchedule, platformSchedule } from './schedule-view.ts';

const params = z.object({ id: anyId });

async function shown(deps: ApiDeps, payeeId: bigint, toTeam: boolean) {
  const own = await scheduleOf(deps.db, payeeId);
  if (!own) throw new Error('a payee that was just found is not there');
  return ok(await payeeSchedule(deps, own, toTeam));
}

/** When payees are paid by the clock. */
export const scheduleRoutes = [
  route({
    method: 'GET',
    path: '/schedule',
    right: 'read',
    summary: 'The next run by the clock with what it would ask for, and the last runs',
    answer: platformScheduleView,
    async handle(deps) {
      return ok(await platformSchedule(deps));
    },
  }),
  route({
    method: 'GET',
    path: '/payees/:id/schedule',
    right: 'read',
    summary: 'How often a payee is paid by the clock, from which amounts, and when next',
    answer: payeeScheduleView,
    refuses: ['payee_not_found'],
    params,
    async handle(deps, { params: { id } }) {
      const payee = await findPayee(deps.db, id);
      return payee ? shown(deps, payee.id, true) : refuse('payee_not_found', { payeeId: id });
    },
  }),
  route({
    method: 'PATCH',
    path: '/payees/:id/schedule',
    right: 'operate',
    stepUp: true,
    summary: 'Changes how often a payee is paid by the clock, and from which amounts',
    answer: payeeScheduleView,
    refuses: ['payee_not_found', 'below_platform_minimum'],
    params,
    body: schedulePatch,
    async handle(deps, { params: { id }, body }) {
      const payee = await findPayee(deps.db, id);
      if (!payee) return refuse('payee_not_found', { payeeId: id });
      const changed = await changeSchedule(deps, payee.id, body);
      return changed.ok ? shown(deps, payee.id, true) : changed;
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/schedule',
    right: 'self',
    summary: 'How often the payee who calls is paid by the clock, and when next',
    answer: payeeScheduleView,
    async handle(deps, { caller }) {
      return shown(deps, payeeOf(caller), false);
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/payee/schedule',
    right: 'self',
    summary: 'Changes how often the payee who calls is paid by the clock, and from which amounts',
    answer: payeeScheduleView,
    refuses: ['payee_not_found', 'below_platform_minimum'],
    body: schedulePatch,
    async handle(deps, { body, caller }) {
      const payeeId = payeeOf(caller);
      const changed = await changeSchedule(deps, payeeId, body);
      return changed.ok ? shown(deps, payeeId, false) : changed;
    },
  }),
];
