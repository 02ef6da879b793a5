import { escapeHtml } from '../core/html.ts';
import type { Language } from '../core/language.ts';
import { languages } from '../core/language.ts';
import { languageNames, portalTexts } from './portal-texts.ts';

/** The only style of these pages, with the look of the portal; the policy of the answer names its hash. */
export const portalStyle =
  ':root{color-scheme:light dark;--ink:#1f2a30;--dim:#4c565d;--page:#f5f8fa;--card:#fff;--line:#d9e0e5;--sea:#0b5f88;--on:#fff;--bad:#a61e1e}' +
  '@media(prefers-color-scheme:dark){:root{--ink:#e3e6e8;--dim:#b8bfc4;--page:#1a1d1f;--card:#24282b;--line:#3a4146;--sea:#257dae;--bad:#ff9a9a}}' +
  '*{box-sizing:border-box}' +
  'body{font:16px/1.55 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,system-ui,sans-serif;margin:0;min-height:100dvh;' +
  'display:flex;flex-direction:column;align-items:center;padding:24px 16px;color:var(--ink);background:var(--page)}' +
  'header{display:flex;gap:10px;align-items:center;font-weight:650;margin:8px 0 24px}' +
  'main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px}' +
  'h1{font-size:1.5rem;line-height:1.25;margin:0 0 8px}p{margin:0 0 16px}main>:last-child{margin-bottom:0}' +
  'form{margin:0 0 16px}label{display:block;font-weight:600;margin-bottom:6px}' +
  'input{font:inherit;color:inherit;background:var(--page);min-height:48px;width:100%;padding:0 14px;border:1px solid var(--dim);border-radius:8px}' +
  'button{font:inherit;font-weight:650;min-height:48px;width:100%;padding:0 20px;border:0;border-radius:8px;background:var(--sea);color:var(--on);cursor:pointer}' +
  'button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--sea);outline-offset:2px}' +
  '.sandbox{align-self:stretch;margin:-24px -16px 16px;padding:4px 8px;background:repeating-linear-gradient(135deg,#ffc56b 0 14px,#ffb84d 14px 28px);color:#2b1700;font-size:.8125rem;font-weight:650;text-align:center}' +
  '.sandbox::before{content:"";position:fixed;inset:0;border:4px solid #d97a00;pointer-events:none}' +
  '.bad{color:var(--bad);font-weight:600}' +
  'nav{display:flex;gap:4px;margin-top:16px}nav a{color:var(--dim);padding:12px;min-height:44px}nav [aria-current]{color:var(--ink);font-weight:650;text-decoration:none}';

const mark =
  '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0b4f6c"/><path d="M9 25V7h8.5a6 6 0 0 1 0 12H13v6z" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>';

/** Where a page is, so that its links to other languages lead back to it. */
export interface Place {
  readonly language: Language;
  readonly path: string;
  readonly token?: string;
  /** Every provider is a sandbox, and the page says so from the first on. */
  readonly isSandbox: boolean;
}

/** A page of its own, without a script. `body` is HTML. */
function page(place: Place, title: string, body: string): string {
  const { language } = place;
  const { name, sandbox } = portalTexts[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${escapeHtml(name)}</title>
<style>${portalStyle}</style>
</head>
<body>
${place.isSandbox ? `<aside class="sandbox">${escapeHtml(sandbox)}</aside>\n` : ''}<header>${mark}<span>${escapeHtml(name)}</span></header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${languageLinks(place)}
</body>
</html>
`;
}

function languageLinks({ language, path, token }: Place): string {
  const links = languages.map((lang) => {
    const query = new URLSearchParams({ ...(token === undefined ? {} : { token }), lang });
    const here = lang === language ? ' aria-current="true"' : '';
    return `<a href="${escapeHtml(`${path}?${query.toString()}`)}" lang="${lang}"${here}>${languageNames[lang]}</a>`;
  });
  return `<nav aria-label="${escapeHtml(portalTexts[language].languages)}">${links.join('')}</nav>`;
}

function paragraph(words: string): string {
  return `<p>${escapeHtml(words)}</p>`;
}

function form({ language, path, token }: Place, fields: string, button: string): string {
  const hidden =
    token === undefined ? '' : `<input type="hidden" name="token" value="${escapeHtml(token)}">\n`;
  return `<form method="post" action="${path}">
<input type="hidden" name="lang" value="${language}">
${hidden}${fields}<button type="submit">${escapeHtml(button)}</button>
</form>`;
}

/** The page a link leads to. Opening it changes nothing; its one button does, as mail scanners open links but press nothing. */
export function confirmPage(place: Place): string {
  const { signIn, confirm } = portalTexts[place.language];
  return page(place, signIn, `${paragraph(confirm)}\n${form(place, '', signIn)}`);
}

/** Asks for the address a link is mailed to; `notice` says why one is here. */
export function askPage(place: Place, notice: string | null): string {
  const { signIn, ask, email, mailMe } = portalTexts[place.language];
  const said = notice === null ? '' : `<p role="alert" class="bad">${escapeHtml(notice)}</p>\n`;
  const field = `<p><label for="email">${escapeHtml(email)}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="320"></p>\n`;
  return page(place, signIn, `${said}${paragraph(ask)}\n${form(place, field, mailMe)}`);
}

/** Asks once more before everything of a payee is stopped. */
export function notMePage(place: Place): string {
  const { notMe, notMeLead, notMeStop, notMeElse } = portalTexts[place.language];
  return page(
    place,
    notMe,
    `${paragraph(notMeLead)}\n${form(place, '', notMeStop)}\n${paragraph(notMeElse)}`,
  );
}

/** A page that only says something. */
export function wordsPage(place: Place, title: string, words: string): string {
  return page(place, title, paragraph(words));
}
