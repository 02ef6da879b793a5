import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { CallerRole, Role } from '../core/roles.ts';
import { covers } from '../core/roles.ts';
import { transaction } from '../store/db.ts';
import { findKey, insertKey, revokeKey as endKey } from '../store/keys.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { voidInvitations } from './invitation-ends.ts';

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
  readonly scope: readonly string[] | null;
  readonly expiresAt: Date | null;
}

/** What a key may do and for how long; `scope` null: everything its role may, `expiresAt` null: until it is revoked. */
interface Reach {
  readonly role: Role;
  readonly scope: readonly string[] | null;
  readonly expiresAt: Date | null;
}

/** Why this caller may not make such a key, or null: nobody hands on more than they have, nor for longer. */
export async function refuseWider(
  ctx: ActionContext,
  maker: { role: CallerRole; scope: readonly string[] | null },
  wish: Reach,
): Promise<Refusal | null> {
  if (!covers(maker.role, wish.role)) return refuse('key_too_wide', { limit: 'role' });
  const { scope } = maker;
  const inScope = scope === null || (wish.scope?.every((part) => scope.includes(part)) ?? false);
  if (!inScope) return refuse('key_too_wide', { limit: 'scope' });
  const own = ctx.actor.kind === 'key' ? await findKey(ctx.db, ctx.actor.id) : undefined;
  const ends = own?.expiresAt ?? null;
  if (ends !== null && (wish.expiresAt === null || wish.expiresAt > ends)) {
    return refuse('key_too_wide', { limit: 'expiresAt' });
  }
  return null;
}

/** Makes an API key of 32 random bytes; without `expiresAt` it lives until it is revoked, without `scope` its role is all. */
export async function createKey(
  ctx: ActionContext,
  input: {
    name: string;
    role: Role;
    random: Uint8Array;
    scope?: readonly string[] | null;
    expiresAt?: Date | null;
  },
): Promise<NewKey> {
  const { name, role, random, scope = null, expiresAt = null } = input;
  if (random.length < randomBytesMin) throw new RangeError(`a key needs ${randomBytesMin} random bytes`);
  const id = ctx.newId('ak');
  const key = `pk_${Buffer.from(random).toString('base64url')}`;
  const prefix = key.slice(0, prefixChars);
  const kept = { name, role, scope, expiresAt, publicId: id, prefix, hash: ctx.hash(key) };
  await transaction(ctx.db, async (tx) => {
    await insertKey(tx, kept, ctx.now());
    const after = { name, role, scope, prefix, expiresAt: expiresAt?.toISOString() ?? null };
    await audit(tx, ctx, 'key.created', { type: 'key', id }, { after });
  });
  return { id, key, name, prefix, role, scope, expiresAt };
}

/** Ends a key for good, and the invitations it made; false when there is no such living key. */
export async function revokeKey(ctx: ActionContext, id: string): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const ended = await endKey(tx, id, ctx.now());
    if (!ended) return false;
    await audit(tx, ctx, 'key.revoked', { type: 'key', id });
    await voidInvitations(tx, ctx, { invitedBy: [id] }, 'key_revoked');
    return true;
  });
}
