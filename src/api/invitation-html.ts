import type { No } from '../wire/problem.ts';

/** The only style of the page; its hash stands in the policy, so a style that somebody adds does not apply. */
export const pageStyle =
  'body{font:16px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}' +
  'label{display:block;margin:1rem 0 .25rem}input{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}' +
  'button{font:inherit;margin-top:1.5rem;padding:.5rem 1.5rem}[role=alert]{border-left:4px solid #b00020;padding-left:1rem}';

/** No script, nothing from elsewhere, no frame around it, and the form goes nowhere but here. */
export const pagePolicy =
  "default-src 'none'; style-src 'sha256-+OTP+r7ilbW45Y4RAgE5yNSe6sQd2pm7hioYxdBRVgU='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface Shown {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** The form to join with, and what was wrong with the last try. */
export function formPage({ token, email, name, role }: Shown, refused?: No): string {
  return html(`<h1>Join Purser</h1>
${refused ? alert(refused) : ''}<p>You are invited as <strong>${safe(role)}</strong> with the e-mail <strong>${safe(email)}</strong>.</p>
<form method="post" action="/invitation">
<input type="hidden" name="token" value="${safe(token)}">
<label for="name">Your name</label>
<input id="name" name="name" value="${safe(name)}" maxlength="200" autocomplete="name">
<label for="password">A password of 12 characters or more</label>
<input id="password" name="password" type="password" minlength="12" maxlength="128" required autocomplete="new-password">
<button>Join</button>
</form>`);
}

export function acceptedPage(email: string): string {
  return html(`<h1>Welcome</h1>
<p>You belong to the team now. Sign in with <strong>${safe(email)}</strong> and your password, then set up a second factor. There is no\npage to sign in yet: whoever invited you has the calls (docs/operate/people.md).</p>`);
}

export function overPage(refused?: No): string {
  const words = refused ?? {
    message: 'This invitation is not open: it was used, ended, or its 72 hours are over.',
    action: 'Ask an owner for a new invitation.',
  };
  return html(`<h1>This link opens nothing</h1>\n${alert(words)}`);
}

function alert({ message, action, errors = [] }: Pick<No, 'message' | 'action' | 'errors'>): string {
  const faults = errors.map(({ path, message: fault }) => `<li>${safe(path)}: ${safe(fault)}</li>`).join('');
  return `<div role="alert"><p>${safe(message)} ${safe(action)}</p><ul>${faults}</ul></div>\n`;
}

function html(body: string): string {
  return `<!doctype html>
<html lang="en">
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
