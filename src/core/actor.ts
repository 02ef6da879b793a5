/** A person who signed in, an API key, a payee in the portal, Purser itself, or nobody known. */
export const actorKinds = ['person', 'key', 'payee', 'system', 'stranger'] as const;

/** How somebody beside its payee may hold a link to the portal. */
export const linkHows = ['made', 'new_key', 'read', 'address'] as const;
export type LinkHow = (typeof linkHows)[number];

/** Who beside its payee may hold a link to the portal. */
export interface LinkHand {
  readonly kind: 'person' | 'key';
  readonly id: string;
  readonly name: string;
  readonly how: LinkHow;
}

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
  /** Of a payee: who else may have held the link of this session. What is done in it counts as done by them, too. */
  readonly through?: readonly LinkHand[];
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
