import type { TeamLanguage } from '../core/language.ts';
import type { Role } from '../core/roles.ts';
import type { No } from '../wire/problem.ts';
import { inTeamWords } from '../wire/problem-words.ts';
import { invitationTexts } from './invitation-texts.ts';

/** The only style of the page; its hash stands in the policy, so a style that somebody adds does not apply. */
export const pageStyle =
  'body{font:16px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}' +
  'label{display:block;margin:1rem 0 .25rem}input{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}' +
  'button{font:inherit;margin-top:1.5rem;padding:.5rem 1.5rem}[role=alert]{border-left:4px solid #b00020;padding-left:1rem}';

/** No script, nothing from elsewhere, no frame around it, and the form goes nowhere but here. */
export const pagePolicy =
  "default-src 'none'; style-src 'sha256-FVUYNbu6djinD2EdHncPIaHrUPG/flULL1APZCn9dzs='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface Shown {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** The form to join with, and what was wrong with the last try, at its field where it has one. */
export function formPage({ token, email, name, role }: Shown, language: TeamLanguage, refused?: No): string {
  const t = invitationTexts[language];
  const no = refused && inTeamWords(refused, language);
  const at = (field: string) => no?.errors?.find(({ path }) => path === field)?.message;
  return html(
    language,
    `<h1>${t.title}</h1>
${no ? alert(no) : ''}<p>${t.invited(`<strong>${t.roles[role]}</strong>`, `<strong>${safe(email)}</strong>`)}</p>
<form method="post" action="/invitation">
<input type="hidden" name="token" value="${safe(token)}">
<label for="name">${t.name}</label>
<input id="name" name="name" value="${safe(name)}" maxlength="200" autocomplete="name"${described('name', at('name'))}
<label for="password">${t.password}</label>
<input id="password" name="password" type="password" minlength="12" maxlength="128" required autocomplete="new-password"${described('password', at('password'))}
<button>${t.join}</button>
</form>`,
  );
}

/** The end of a field, with what is wrong with it below. */
function described(field: string, fault: string | undefined): string {
  if (fault === undefined) return '>';
  return ` aria-invalid="true" aria-describedby="${field}-fault">\n<p id="${field}-fault">${safe(fault)}</p>`;
}

export function acceptedPage(email: string, language: TeamLanguage): string {
  const t = invitationTexts[language];
  const words = t.belongs(`<strong>${safe(email)}</strong>`);
  return html(language, `<h1>${t.welcome}</h1>\n<p>${words}</p>\n<p><a href="/">${t.toSignIn}</a></p>`);
}

export function overPage(language: TeamLanguage, refused?: No): string {
  const t = invitationTexts[language];
  const words = refused ? inTeamWords(refused, language) : { message: t.isOver, action: t.askAnew };
  return html(language, `<h1>${t.over}</h1>\n${alert(words)}`);
}

function alert({ message, action }: Pick<No, 'message' | 'action'>): string {
  return `<div role="alert"><p>${safe(message)} ${safe(action)}</p></div>\n`;
}

function html(language: TeamLanguage, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>Purser</title><style>${pageStyle}</style></head>
<body><main>
${body}
</main></body>
</html>
`;
}

function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
