import type { Role } from '../core/roles.ts';
import { insertKey, revokeKey as endKey } from '../store/keys.ts';
import { transaction } from '../store/db.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Characters of a key that stay visible, `pk_` included: enough to tell keys apart. */
const prefixChars = 11;
const randomBytesMin = 32;

export interface NewKey {
  readonly id: string;
  /** Shown once; only its SHA-256 is kept. */
  readonly key: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: Role;
  readonly expiresAt: Date | null;
}

/** Makes an API key of 32 random bytes; without `expiresAt` it lives until it is revoked. */
export async function createKey(
  ctx: ActionContext,
  input: { name: string; role: Role; random: Uint8Array; expiresAt?: Date | null },
): Promise<NewKey> {
  const { name, role, random, expiresAt = null } = input;
  if (random.length < randomBytesMin) throw new RangeError(`a key needs ${randomBytesMin} random bytes`);
  const id = ctx.newId('ak');
  const key = `pk_${Buffer.from(random).toString('base64url')}`;
  const prefix = key.slice(0, prefixChars);
  await transaction(ctx.db, async (tx) => {
    await insertKey(tx, { name, role, expiresAt, publicId: id, prefix, hash: ctx.hash(key) }, ctx.now());
    const after = { name, role, prefix, expiresAt: expiresAt?.toISOString() ?? null };
    await audit(tx, ctx, 'key.created', { type: 'key', id }, { after });
  });
  return { id, key, name, prefix, role, expiresAt };
}

/** Ends a key for good; false when there is no such living key. */
export async function revokeKey(ctx: ActionContext, id: string): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const ended = await endKey(tx, id, ctx.now());
    if (ended) await audit(tx, ctx, 'key.revoked', { type: 'key', id });
    return ended;
  });
}
