/** What an event says, in the order in which it is sealed. */
const eventFields = [
  'publicId',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'event',
  'subjectType',
  'subjectId',
  'before',
  'after',
  'ip',
  'userAgent',
  'requestId',
] as const;

/** An event as text; `at` in milliseconds since 1970, with decimals when there are any. Null where the row has null. */
export type EventText = Readonly<Record<(typeof eventFields)[number], string | null>>;

/** One link of the chain, before its own hash. */
export interface Link {
  readonly seq: bigint;
  readonly eventId: bigint;
  readonly previous: string;
}

/** What stands where the first link names the one before it. */
export const chainStart = '0'.repeat(64);

/** What the MAC of an event is made of, when it is written. */
export function eventBytes(event: EventText): Uint8Array {
  return canonical(['event', ...eventFields.map((field) => event[field])]);
}

/** What the hash of a link is made of: its place, the link before it, and all of the event with its MAC. */
export function linkBytes(link: Link, event: EventText & { readonly mac: string | null }): Uint8Array {
  const { seq, eventId, previous } = link;
  const place = ['link', seq.toString(), previous, eventId.toString()];
  return canonical([...place, ...eventFields.map((field) => event[field]), event.mac]);
}

const encoder = new TextEncoder();

/**
 * Fields one after the other, each as its length in bytes of UTF-8, `:`, the text and `,`; null is `-,`. No two lists
 * have the same bytes, so nothing can move from one field into the next, and empty is not nothing.
 */
function canonical(fields: readonly (string | null)[]): Uint8Array {
  const parts = fields.map((field) => (field === null ? '-,' : `${encoder.encode(field).length}:${field},`));
  return encoder.encode(parts.join(''));
}
