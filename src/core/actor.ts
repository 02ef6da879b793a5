/** A person who signed in, an API key, a payee in the portal, Purser itself, or nobody known. */
export const actorKinds = ['person', 'key', 'payee', 'system', 'stranger'] as const;

/** Who does something. */
export interface Actor {
  readonly kind: (typeof actorKinds)[number];
  /** Public id of the person, key or payee; `cli` for the command line of the same machine. */
  readonly id: string;
  /** What history shows as the one who did it. */
  readonly name: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** Whoever types at the command line of the same machine: nobody knows who that is. */
export const commandLine = { kind: 'person', id: 'cli', name: 'cli' } as const;

/** What happens without a caller. */
export const systemActor: Actor = {
  kind: 'system',
  id: 'system',
  name: 'system',
  ip: null,
  userAgent: null,
  requestId: null,
};
