import type { Browser } from 'playwright-core';
import { codeOfMoment } from '../../src/auth/people-totp.ts';
import type { Role } from '../../src/core/roles.ts';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { newContext, openPage } from './chromium.ts';

const password = 'a long password for tests';

/** Somebody of the team, set up over HTTP with password and authenticator app. */
export interface Member {
  readonly email: string;
  readonly password: string;
  /** The code of the app of this moment. */
  code(): string;
  readonly recoveryCodes: readonly string[];
  readonly cookies: { name: string; value: string; url: string; httpOnly: boolean; sameSite: 'Strict' }[];
}

/** Invites a person with this role, who joins and signs in; signing in counts as their second factor for ten minutes. */
export async function addMember(
  story: Story,
  role: Role,
  name: string,
  email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@team.example`,
): Promise<Member> {
  const invited = await story.ask('POST', '/api/admin/people/invitations', { email, name, role });
  const token = new URL(String(invited.body['link'])).searchParams.get('token');
  const jar = new Map<string, string>();
  const ask = async (path: string, body: unknown) => {
    const got = await fetch(story.url + path, {
      method: 'POST',
      headers: {
        origin: story.url,
        'content-type': 'application/json',
        cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '),
      },
      body: JSON.stringify(body),
    });
    for (const cookie of got.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    if (!got.ok) throw new Error(`${path} answered ${got.status}: ${await got.text()}`);
    return (await got.json()) as Record<string, unknown>;
  };
  await ask('/api/people/accept-invitation', { token, name, password });
  await ask('/api/auth/sign-in/email', { email, password });
  const { totpURI, backupCodes } = await ask('/api/auth/two-factor/enable', { password });
  const secret = new URL(String(totpURI)).searchParams.get('secret') ?? '';
  await ask('/api/auth/two-factor/verify-totp', { code: codeOfMoment(secret, Date.now()) });
  return {
    email,
    password,
    code: () => codeOfMoment(secret, Date.now()),
    recoveryCodes: (backupCodes as string[]) ?? [],
    cookies: [...jar].map(([key, value]) => ({
      name: key,
      value,
      url: story.url,
      httpOnly: true,
      sameSite: 'Strict',
    })),
  };
}

/** The console as this person has it, signed in already. */
export async function asMember(
  browser: Browser,
  member: Member,
  more: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const context = await newContext(browser, more);
  await context.addCookies(member.cookies);
  return openPage(context);
}

/** The portal as this payee has it, signed in by a link. */
export async function asPayee(
  browser: Browser,
  story: Story,
  payeeId: string,
  more: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const link = await story.portalLink(payeeId);
  const watched = await openPage(
    await newContext(browser, { viewport: { width: 390, height: 844 }, ...more }),
  );
  await watched.page.goto(link.replace(/^https?:\/\/[^/]+/, story.url));
  await watched.page.getByRole('button').click();
  return watched;
}
