import { parseCookies } from 'better-auth/cookies';
import { constantTimeEqual, makeSignature } from 'better-auth/crypto';

/** Longest Cookie header that is looked at. */
const cookieCharsMax = 8_192;

/** The value of a signed cookie, or null when it is missing or not signed with this secret. */
export async function signedCookie(
  header: string | undefined,
  name: string,
  secret: string,
): Promise<string | null> {
  if (header === undefined || header.length > cookieCharsMax) return null;
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
