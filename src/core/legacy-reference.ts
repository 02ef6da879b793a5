/** One way to understand an item reference. What it does not name is null. */
export interface Reading {
  readonly selectionId: string | null;
  readonly userId: string | null;
  readonly email: string | null;
}

/** Every way to understand a reference, the likeliest first; none, and `problem` says why. */
export interface ReadReference {
  readonly readings: readonly Reading[];
  readonly problem: 'missing' | 'too_long' | 'unreadable' | null;
}

/** Longest reference that is looked at, in characters; PayPal keeps 63 of a `sender_item_id`. */
const referenceCharsMax = 200;
/** Ways to cut one reference in two that are looked up. */
const cutsMax = 6;

const emailForm = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const attemptForm = /^(.+)-a\d{1,4}$/;

/** The e-mail address in a text as it is compared, or null. */
export function addressIn(text: string): string | null {
  return emailForm.test(text) ? text.toLowerCase() : null;
}

/**
 * Reads an item reference of this or of an older system: `winner-{selection}-{user}` with or without `-aN`,
 * `winner_12_34`, `12-34`, a bare id (of a selection or of a user), `user_34`, an e-mail address. Ids may hold separators
 * themselves, so there can be several readings; whoever knows the payees and earnings decides. It never throws.
 */
export function readReference(text: string): ReadReference {
  const whole = text.trim();
  if (whole === '') return { readings: [], problem: 'missing' };
  if (whole.length > referenceCharsMax) return { readings: [], problem: 'too_long' };
  const email = addressIn(whole);
  if (email !== null) return { readings: [{ ...nothing, email }], problem: null };
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._:#/+@-]*$/u.test(whole)) return { readings: [], problem: 'unreadable' };
  const first = attemptForm.exec(whole)?.[1];
  const readings = first === undefined ? readingsOf(whole) : [...readingsOf(first), ...readingsOf(whole)];
  return { readings: distinct(readings), problem: null };
}

const nothing: Reading = { selectionId: null, userId: null, email: null };

function readingsOf(text: string): Reading[] {
  const winner = /^winner[-_](.+)$/i.exec(text)?.[1];
  if (winner !== undefined) return [...cutsOf(winner), { ...nothing, selectionId: winner }];
  const user = /^user[-_]?(.+)$/i.exec(text)?.[1];
  const ofUser = user === undefined ? [] : [{ ...nothing, userId: user }];
  const bare = [
    { ...nothing, selectionId: text },
    { ...nothing, userId: text },
  ];
  return [...ofUser, ...cutsOf(text), ...turned(text), ...bare];
}

/** `12-34` as selection and user, at every separator. */
function cutsOf(text: string): Reading[] {
  return [...text.matchAll(/(?<=[^-_])[-_](?=[^-_])/g)]
    .slice(0, cutsMax)
    .map(({ index }) => ({ ...nothing, selectionId: text.slice(0, index), userId: text.slice(index + 1) }));
}

/** Two bare numbers say nothing of their order. */
function turned(text: string): Reading[] {
  const [, userId, selectionId] = /^(\d+)[-_](\d+)$/.exec(text) ?? [];
  return userId === undefined || selectionId === undefined ? [] : [{ ...nothing, selectionId, userId }];
}

function distinct(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((one) => [JSON.stringify(one), one])).values()];
}
