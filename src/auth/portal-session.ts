import type { Hash } from '../core/ids.ts';
import type { Db } from '../store/db.ts';
import { useSession } from '../store/portal-sessions.ts';
import type { Caller, Origin } from './caller.ts';

/** What is needed to tell whose portal cookie it is. */
export interface PortalGate {
  readonly db: Db;
  readonly hash: Hash;
  now(): Date;
  /** Where people reach this Purser; over HTTPS the cookie is bound to it. */
  readonly publicUrl: string;
}

/** Other than every name of the team's cookies, so that neither is ever read as the other. */
const plainName = 'purser-portal.session';

/** `__Host-`: only this very host could have set it, over HTTPS (RFC 6265bis, 4.1.3.2). */
function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? `__Host-${plainName}` : plainName;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https://');
}

/** The Set-Cookie line that signs a payee in for `maxAgeMs`; with 0 it signs them out. */
export function portalCookie(publicUrl: string, token: string, maxAgeMs: number): string {
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  const age = Math.floor(maxAgeMs / 1000);
  return `${cookieName(publicUrl)}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/** Reads the cookie of a payee's session: a caller who is nobody but this payee; null when it is none, or over. */
export function readPortalSession(
  gate: PortalGate,
): (cookie: string | undefined, origin: Origin) => Promise<Caller | null> {
  return async (cookie, origin) => {
    const token = valueOf(cookie, cookieName(gate.publicUrl));
    if (token === null) return null;
    const session = await useSession(gate.db, gate.hash(token), gate.now());
    if (!session) return null;
    const { payeeId, payeePublicId, name, publicId, through } = session;
    return {
      actor: { kind: 'payee', id: payeePublicId, name, ...origin, through },
      name,
      role: 'payee',
      scope: null,
      payeeId,
      session: { id: publicId, steppedUpAt: null },
    };
  };
}

/** Tokens are 32 bytes in base64url; anything else is not looked up. */
function valueOf(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
