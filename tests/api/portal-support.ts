import type { House } from './support.ts';

/** The token at the end of a link. */
export function tokenOf(url: unknown): string {
  return /token=([A-Za-z0-9_-]{43})/.exec(String(url))?.[1] ?? '';
}

/** The token of a link that the platform made for this payee, with its key. */
export async function makeLink(house: House, payeeId: string): Promise<string> {
  const got = await house.ask('POST', `/api/admin/payees/${payeeId}/portal-link`, undefined, {
    key: house.keys.operator,
  });
  if (got.status !== 201) throw new Error(`no link: ${got.text}`);
  return tokenOf(got.body['url']);
}

export async function verify(house: House, token: string) {
  return house.ask('POST', '/api/payee/sign-in/verify', { token }, { key: null });
}

/** A call as the payee of this cookie. */
export function asPayee(house: House, cookie: string) {
  return (method: string, path: string, body?: unknown) =>
    house.ask(method, `/api/payee${path}`, body, { key: null, headers: { cookie } });
}

/** Signs a payee in and answers their calls. */
export async function signIn(house: House, payeeId: string) {
  const got = await verify(house, await makeLink(house, payeeId));
  if (got.status !== 200) throw new Error(`not signed in: ${got.text}`);
  const cookie = cookieOf(got.headers);
  return { cookie, ask: asPayee(house, cookie) };
}

/** `name=value` of the cookie that was set. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

/** Asks for links and answers the mails this made, newest first, bodies and all. */
export async function mailed(house: House, email: string) {
  const before = await outbox(house);
  const got = await house.ask('POST', '/api/payee/sign-in', { email }, { key: null });
  const known = new Set(before.map((mail) => mail['id']));
  const fresh = (await outbox(house)).filter((mail) => !known.has(mail['id']));
  const mails = [];
  for (const mail of fresh)
    mails.push((await house.ask('GET', `/api/admin/outbox/${mail['id'] as string}`)).body);
  return { got, mails };
}

async function outbox(house: House) {
  return (await house.ask('GET', '/api/admin/outbox?limit=500')).body.data;
}
