import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { createPerson } from '../../src/actions/people.ts';
import { readPortalSession } from '../../src/auth/portal-session.ts';
import type { Role } from '../../src/core/roles.ts';
import { all } from '../../src/store/db.ts';
import { undocumented } from '../api/documented.ts';
import type { House } from '../api/support.ts';
import { openHouse } from '../api/support.ts';

export const goodPassword = 'correct horse battery';
/** Hashing is slow on purpose: once for everybody who is only there to sign in. */
let goodHash: Promise<string> | undefined;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly setCookies: readonly string[];
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** A browser: keeps cookies, says where a request comes from, follows nothing. */
export class Browser {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  /** What it says as its page's origin; null: it is no browser and says nothing. */
  origin: string | null;

  constructor(url: string) {
    this.url = url;
    this.origin = url;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const got = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size > 0 ? { cookie: this.cookieHeader } : {}),
        ...(this.origin === null || method === 'GET' ? {} : { origin: this.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const setCookies = got.headers.getSetCookie();
    for (const cookie of setCookies) this.keep(cookie);
    const text = await got.text();
    const wrong = undocumented(method, path, { status: got.status, headers: got.headers, text });
    if (wrong !== '') throw new Error(wrong);
    const isJson = got.headers.get('content-type')?.includes('json') === true;
    const parsed = isJson ? (JSON.parse(text) as Answer['body']) : {};
    return { status: got.status, headers: got.headers, setCookies, text, body: parsed };
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.post('/api/auth/sign-in/email', { email, password });
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

/** A server whose clock is the machine's, plus what a test adds: the library cannot be told the time. */
async function openPeopleHouse(more: Parameters<typeof openHouse>[0] = {}): Promise<House> {
  const house = await openHouse(more);
  house.clock.ms = Date.now();
  return house;
}

/** A house that lets people and payees in, by their cookies. */
export async function withSessions(more: Parameters<typeof openHouse>[0] = {}): Promise<House> {
  const sessions: Parameters<typeof openHouse>[0] = { sessions: [] };
  const list = sessions.sessions as House['deps']['sessions'][number][];
  const house = await openPeopleHouse({ ...more, ...sessions });
  list.push((cookie, origin) => house.deps.people.caller(cookie, origin), readPortalSession(house.deps));
  return house;
}

/** Adds a person who has chosen a password already. */
export async function addPerson(house: House, email: string, role: Role = 'owner'): Promise<string> {
  goodHash ??= house.deps.people.hashPassword(goodPassword);
  const passwordHash = await goodHash;
  const made = await createPerson(house.deps, { email, name: email, role, passwordHash });
  if (!made.ok) throw new Error(made.code);
  await sql`update person set temporary_password_until = null where id = ${made.value.id}`.execute(house.db);
  return made.value.id;
}

/** A browser in which this person is signed in by password. */
export async function signedIn(house: House, email: string): Promise<Browser> {
  await sql`delete from person_rate_limit`.execute(house.db);
  const browser = new Browser(house.url);
  const got = await browser.signIn(email, goodPassword);
  if (got.status !== 200) throw new Error(got.text);
  return browser;
}

/** Six digits of RFC 6238 for the secret of an otpauth address. */
export function codeOf(totpUri: string, atMs: number): string {
  const secret = fromBase32(new URL(totpUri).searchParams.get('secret') ?? '');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = text
    .split('')
    .map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Sets up an authenticator app; answers its address and the recovery codes. The code used is the one of the step before. */
export async function enrolTotp(browser: Browser): Promise<{ uri: string; codes: string[] }> {
  const enabled = await browser.post('/api/auth/two-factor/enable', { password: goodPassword });
  if (enabled.status !== 200) throw new Error(enabled.text);
  const uri = enabled.body['totpURI'] as string;
  // The code of the period before, so that the present one is left to be used. It is too old when the period ends on the way.
  const verify = () =>
    browser.post('/api/auth/two-factor/verify-totp', { code: codeOf(uri, Date.now() - 30_000) });
  const first = await verify();
  const verified = first.status === 200 ? first : await verify();
  if (verified.status !== 200) throw new Error(verified.text);
  return { uri, codes: enabled.body['backupCodes'] as string[] };
}

/** Names of what went on record, in order. */
export async function eventsOf(house: House): Promise<string[]> {
  const rows = await all(house.db, sql<{ event: string }>`select event from audit_event order by id`);
  return rows.map((row) => row.event);
}
