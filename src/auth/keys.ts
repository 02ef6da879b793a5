import { commandLine } from '../core/actor.ts';
import type { Hash } from '../core/ids.ts';
import type { Db } from '../store/db.ts';
import { useKey } from '../store/keys.ts';
import type { Caller, Origin } from './caller.ts';

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
export async function authenticate(
  gate: Gate,
  header: string | undefined,
  origin: Origin,
): Promise<Caller | null> {
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined || token.length > tokenCharsMax) return null;
  const hashed = gate.hash(token);
  const own = { payeeId: null, session: null };
  if (gate.trustedToken !== null && hashed === gate.hash(gate.trustedToken)) {
    return {
      ...own,
      scope: null,
      actor: { ...commandLine, ...origin },
      name: commandLine.name,
      role: 'owner',
    };
  }
  const key = await useKey(gate.db, hashed, gate.now());
  if (!key) return null;
  const { publicId: id, name, role, scope } = key;
  return { ...own, scope, actor: { kind: 'key', id, name, ...origin }, name, role };
}
