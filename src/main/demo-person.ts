import { randomBytes } from 'node:crypto';
import { codeOfMoment } from '../auth/people-totp.ts';
import type { ApiClient } from '../cli/client.ts';
import { ApiProblem, call } from '../cli/client.ts';
import type { Io } from '../cli/command.ts';
import { oneTimePassword } from '../core/one-time-password.ts';

const email = 'demo@purser.localhost';
const passwordBytes = 20;
/** Recovery codes shown: enough to try what asks for a second factor. */
const codesShown = 3;

type Body = Record<string, unknown>;

/** Somebody to look around as: an owner of invented money, with a second factor that needs no phone. */
export async function showConsole(io: Io, api: ApiClient, address: string): Promise<void> {
  io.out(`The console: ${address}`);
  const made = await makePerson(api);
  if (made === null) {
    io.out(`  Sign in as ${email} as before; forgotten: npx purser user reset ${email} --second-factors`);
    return;
  }
  io.out(`  Sign in as ${email}, password ${made.password}`);
  io.out(`  Code, instead of an authenticator app, each once: ${made.codes.join('  ')}`);
}

/** Null when the demo was told before: passwords are shown once. */
async function makePerson(api: ApiClient): Promise<{ password: string; codes: readonly string[] } | null> {
  const first = await addOwner(api);
  if (first === null) return null;
  const password = oneTimePassword(randomBytes(passwordBytes));
  const ask = browser(api.where);
  await ask('/api/auth/sign-in/email', { email, password: first });
  await ask('/api/auth/change-password', { currentPassword: first, newPassword: password });
  const { totpURI, backupCodes } = await ask('/api/auth/two-factor/enable', { password });
  const secret = new URL(String(totpURI)).searchParams.get('secret') ?? '';
  await ask('/api/auth/two-factor/verify-totp', { code: codeOfMoment(secret, Date.now()) });
  return { password, codes: (backupCodes as string[]).slice(0, codesShown) };
}

async function addOwner(api: ApiClient): Promise<string | null> {
  try {
    const body = { email, name: 'Demo Owner', role: 'owner' };
    return (await call<{ oneTimePassword: string }>(api, 'POST', '/api/admin/people', body)).oneTimePassword;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'person_exists') return null;
    throw error;
  }
}

/** Keeps its cookies and says where it comes from, as signing in asks. */
function browser(url: string): (path: string, body: Body) => Promise<Body> {
  const cookies = new Map<string, string>();
  return async (path, body) => {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { origin: url, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const said = (await answer.json()) as Body;
    if (!answer.ok) throw new ApiProblem(answer.status, said);
    return said;
  };
}
