import { parseCookies } from 'better-auth/cookies';
import { constantTimeEqual, makeSignature } from 'better-auth/crypto';

/** Longest Cookie header that is looked at. */
const cookieCharsMax = 8_192;

/** Our cookies, with the prefixes they carry over https. */
const ours = /^(__secure-|__host-)?purser\./i;

/**
 * Our cookies of a header; undefined when a name stands twice or the header is too long. Readers differ in which of two
 * they believe, so whoever is checked could be another than the one who acts: the library is handed nothing but this.
 */
export function ownCookies(header: string | undefined): string | undefined {
  if (header === undefined || header.length > cookieCharsMax) return undefined;
  const pairs = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => ours.test(part));
  const names = pairs.map((pair) => pair.split('=', 1)[0]?.trim().toLowerCase());
  return new Set(names).size === names.length ? pairs.join('; ') : undefined;
}

/** The value of a signed cookie of `ownCookies`, or null when it is missing or not signed with this secret. */
export async function signedCookie(
  header: string | undefined,
  name: string,
  secret: string,
): Promise<string | null> {
  if (header === undefined) return null;
  const whole = parseCookies(header).get(name) ?? '';
  const dot = whole.lastIndexOf('.');
  if (dot < 1) return null;
  const value = whole.slice(0, dot);
  return constantTimeEqual(whole.slice(dot + 1), await makeSignature(value, secret)) ? value : null;
}

/** A Cookie header without the cookie of this name. */
export function cookiesWithout(header: string | undefined, name: string | null): string | undefined {
  if (header === undefined || name === null) return header;
  return header
    .split(';')
    .filter((part) => !part.trim().startsWith(`${name}=`))
    .join(';');
}
