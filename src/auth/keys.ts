import type { Hash } from '../core/ids.ts';
import type { Role } from '../core/roles.ts';
import type { Db } from '../store/db.ts';
import { useKey } from '../store/keys.ts';

/** Whoever is calling. `name` is what history shows as the one who did it. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
}

export interface Gate {
  readonly db: Db;
  readonly hash: Hash;
  now(): Date;
  /** A bearer token that acts as owner, for the command line of the same machine; null: there is none. */
  readonly trustedToken: string | null;
}

/** Longest bearer token that is looked at. */
const tokenCharsMax = 200;

/** The caller behind an Authorization header, or null. Hashes are compared, so the time taken tells nothing of a key. */
export async function authenticate(gate: Gate, header: string | undefined): Promise<Caller | null> {
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined || token.length > tokenCharsMax) return null;
  const hashed = gate.hash(token);
  if (gate.trustedToken !== null && hashed === gate.hash(gate.trustedToken))
    return { name: 'cli', role: 'owner' };
  const key = await useKey(gate.db, hashed, gate.now());
  return key ? { name: key.name, role: key.role } : null;
}
