import type { ApiDeps } from './deps.ts';

/**
 * The same, by the clock that people and their devices live by. The test clock of the sandboxes moves what Purser pays
 * and waits for; a session, an authenticator's code and a second factor stay in real time.
 */
export function byWallClock(deps: ApiDeps): ApiDeps {
  return { ...deps, now: () => deps.people.now() };
}
