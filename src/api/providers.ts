import type { PayableSteps } from '../core/payable.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Look } from '../wire/payouts.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { readerOf } from './reader.ts';

/** The provider that a request or a batch names, if it is set up here. */
export function providerOf(deps: ApiDeps, name: string): Outcome<ApiProvider> {
  const provider = deps.providers.find(name);
  return provider ? done(provider) : refuse('provider_not_set_up', { provider: name });
}

/** How long an unclaimed item stays open: only providers that let payees claim have such items. */
export function unclaimedDaysOf(deps: ApiDeps): number {
  return Math.max(0, ...deps.providers.all.map(({ capabilities }) => capabilities.unclaimedDays));
}

/** What payouts are looked at with when they are shown. */
export function lookOf(deps: ApiDeps): Look {
  return { ...readerOf(deps), unclaimedDays: unclaimedDaysOf(deps), now: deps.now() };
}

/** True when sandboxes stand in for all providers: no real money moves. */
export function isSandbox(deps: ApiDeps): boolean {
  return deps.providers.all.every(({ sandbox }) => sandbox);
}

/** What the provider of this name pays; whatever is asked for where none is set up, as a person pays by hand. */
export function payableBy(deps: ApiDeps, name: string | null): PayableSteps {
  return (name === null ? undefined : deps.providers.find(name))?.capabilities.payableSteps ?? null;
}
