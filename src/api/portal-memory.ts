import type { FastifyRequest } from 'fastify';
import type { Language } from '../core/language.ts';
import { languages } from '../core/language.ts';
import { languageOfRequest } from './refuse.ts';

// What the door of the portal remembers of a browser, in two cookies that say nothing of who it is: the language somebody
// chose (set by the pages), and the page they were on their way to when they had to sign in.

/** Written by `web/portal/door-language.ts`. */
const languageCookie = 'purser-portal.language';
const wantedCookie = 'purser-portal.wanted';
/** How long somebody may take to find the mail and open its link. */
const wantedSeconds = 60 * 60;
const wantedCharsMax = 300;
/** Our own pages and nothing else: no other host (`//`), no way up, no line breaks. */
const ownPage = /^\/portal(?:\/[\w-]+)+(?:\?[\w.=&-]*)?$/;
/** Pages that are doors themselves. */
const doors = /^\/portal\/(?:sign-in|sign-out|not-me)\b/;

/** The path of a page behind the door, or null when it is none. */
export function ownPageOf(path: unknown): string | null {
  if (typeof path !== 'string' || path.length > wantedCharsMax) return null;
  return ownPage.test(path) && !doors.test(path) ? path : null;
}

/** What this browser reads: the language chosen in the portal, else the one it asks for. */
export function languageRemembered(request: FastifyRequest): Language {
  const kept = cookieValue(request, languageCookie);
  return languages.find((language) => language === kept) ?? languageOfRequest(request);
}

/** Where somebody wanted to go before they were asked who they are. Written by whoever: it is judged like any address. */
export function pageWanted(request: FastifyRequest): string | null {
  return ownPageOf(decoded(cookieValue(request, wantedCookie)));
}

/** The Set-Cookie line that keeps a page for after the sign-in; null forgets it. */
export function wantedLine(path: string | null): string {
  const age = path === null ? 0 : wantedSeconds;
  return `${wantedCookie}=${encodeURIComponent(path ?? '')}; Path=/portal; Max-Age=${age}; HttpOnly; SameSite=Lax`;
}

function cookieValue({ headers }: FastifyRequest, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return null;
}

function decoded(value: string | null): string | null {
  try {
    return value === null ? null : decodeURIComponent(value);
  } catch {
    // Not written by us.
    return null;
  }
}
