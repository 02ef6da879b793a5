import { advanceClock } from '../actions/sandbox-clock.ts';
import { telling } from '../core/told.ts';
import { noteBalanceSet, noteFaultsCleared, noteFaultsOrdered } from '../actions/sandbox-faults.ts';
import { pageOf } from '../wire/paging.ts';
import { no } from '../wire/problem.ts';
import type { TestClock } from '../wire/sandbox.ts';
import {
  balanceBody,
  balanceView,
  clockBody,
  clockView,
  effectsQuery,
  effectView,
  faultsBody,
  faultsView,
  presentEffect,
  presentFault,
} from '../wire/sandbox.ts';
import { pageOfView } from '../wire/shapes.ts';
import type { ApiDeps } from './deps.ts';
import { isSandbox } from './providers.ts';
import type { Answer, Route } from './route.ts';
import { ok, route } from './route.ts';
import type { TestBench } from './test-bench.ts';
import { SandboxAwayError } from './test-bench.ts';

/** Seconds after which a sandbox that was away is asked again. */
const retryAfterSeconds = 2;
const notHeld = {
  en: { detail: 'The provider has no such currency, or takes no such amount of it. Nothing was changed.' },
  fr: {
    detail: 'Le prestataire n’a pas cette devise, ou n’en prend pas un tel montant. Rien n’a été changé.',
  },
};
const refuses = ['not_a_sandbox', 'sandbox_away'] as const;

/** With a real provider there is nothing here to read or move, whatever the request says: it is not even looked at. */
function onBench(declared: Route): Route {
  return {
    ...declared,
    async run(deps, call, around) {
      if (!deps.testBench || !isSandbox(deps)) return no('not_a_sandbox');
      try {
        return await declared.run(deps, call, around);
      } catch (error) {
        if (error instanceof SandboxAwayError) return no('sandbox_away', { retryAfter: retryAfterSeconds });
        throw error;
      }
    },
  };
}

function benchOf(deps: ApiDeps): TestBench {
  if (!deps.testBench) throw new Error('a route of the sandbox ran without one');
  return deps.testBench;
}

async function clockOf(deps: ApiDeps): Promise<Answer> {
  const bench = benchOf(deps);
  const providers = await bench.providerClocks();
  return ok({ now: deps.now(), offsetSeconds: bench.offsetSeconds(), providers } satisfies TestClock);
}

async function faultsOf(deps: ApiDeps): Promise<Answer> {
  const rules = await benchOf(deps).faults();
  return ok({ data: rules.map((rule) => presentFault(rule)), nextCursor: null });
}

export const sandboxRoutes = [
  route({
    method: 'GET',
    path: '/api/sandbox/clock',
    right: 'own',
    summary: 'Reads the test clock.',
    answer: clockView,
    refuses,
    handle: clockOf,
  }),
  route({
    method: 'POST',
    path: '/api/sandbox/clock',
    right: 'own',
    summary: 'Moves the test clock of Purser and of its provider sandboxes forward.',
    answer: clockView,
    refuses: [...refuses, 'clock_too_far'],
    body: clockBody,
    async handle(deps, { body: { advanceSeconds } }) {
      const advanced = await advanceClock(deps, advanceSeconds);
      if (!advanced.ok) return advanced;
      await benchOf(deps).reach(advanced.value.offsetSeconds);
      return clockOf(deps);
    },
  }),
  route({
    method: 'GET',
    path: '/api/sandbox/effects',
    right: 'read',
    summary: 'Lists the money that the sandbox of one provider moved, by its own account, oldest first.',
    answer: pageOfView(effectView),
    refuses,
    query: effectsQuery,
    async handle(deps, { query: { provider, limit, cursor, reference } }) {
      const page = { provider, after: cursor ?? 0n, limit: limit + 1, reference: reference ?? null };
      return ok(pageOf(await benchOf(deps).effects(page), limit, presentEffect));
    },
  }),
  route({
    method: 'GET',
    path: '/api/sandbox/faults',
    right: 'own',
    summary: 'Lists the faults that were ordered and how often each has happened.',
    answer: faultsView,
    refuses,
    handle: faultsOf,
  }),
  route({
    method: 'POST',
    path: '/api/sandbox/faults',
    right: 'own',
    summary: 'Orders faults of the provider sandboxes.',
    answer: faultsView,
    status: 201,
    refuses,
    body: faultsBody,
    async handle(deps, { body }) {
      await noteFaultsOrdered(deps, body);
      const rules = await benchOf(deps).addFaults(body);
      return { status: 201, body: { data: rules.map((rule) => presentFault(rule)), nextCursor: null } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/sandbox/faults',
    right: 'own',
    summary: 'Clears all faults.',
    answer: null,
    status: 204,
    refuses,
    async handle(deps) {
      await benchOf(deps).clearFaults();
      await noteFaultsCleared(deps);
      return { status: 204, body: undefined };
    },
  }),
  route({
    method: 'POST',
    path: '/api/sandbox/balance',
    right: 'own',
    summary: 'Sets what a provider account holds.',
    answer: balanceView,
    refuses,
    body: balanceBody,
    async handle(deps, { body }) {
      if (!(await benchOf(deps).setBalance(body))) return telling(no('invalid_request'), notHeld);
      await noteBalanceSet(deps, body);
      return ok(body);
    },
  }),
].map((declared) => onBench(declared));
