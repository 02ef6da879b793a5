import { escapeHtml } from '../core/html.ts';
import { formatMoney } from '../core/money.ts';
import type { presentBalance, presentOwnMethod, presentOwnPayout, presentProfile } from '../wire/portal.ts';

/** The only style of these pages; the policy of the answer names its hash. */
export const portalStyle =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}' +
  'button{font:inherit;min-height:44px;padding:0 1.25rem}input{font:inherit;min-height:44px;width:100%;box-sizing:border-box}' +
  'li{margin:0 0 1rem}.amount{font-variant-numeric:tabular-nums;font-weight:600}';

/** A page of its own, without a script. `body` is HTML. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${portalStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The page a link leads to. Opening it changes nothing; its one button does, as mail scanners open links but press nothing. */
export function confirmPage(token: string): string {
  return page(
    'Sign in',
    `<p>This link signs you in to your payouts. It works once.</p>
<form method="post" action="/portal/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<button type="submit">Sign in</button>
</form>`,
  );
}

/** Asks for the address a link is mailed to; `notice` says why one is here. */
export function askPage(notice: string | null): string {
  const said = notice === null ? '' : `<p role="alert">${escapeHtml(notice)}</p>\n`;
  return page(
    'Sign in',
    `${said}<p>We mail you a link that signs you in. There is no password.</p>
<form method="post" action="/portal/sign-in">
<p><label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="320"></p>
<button type="submit">Mail me a link</button>
</form>`,
  );
}

/** Asks once more before everything of a payee is stopped. */
export function notMePage(token: string): string {
  return page(
    'This was not me',
    `<p>If you did not change how you are paid, press the button: nothing more is paid to you until the platform that pays you has looked into it. Somebody of theirs then sets it right with you.</p>
<form method="post" action="/portal/not-me">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<button type="submit">Stop my payouts</button>
</form>
<p>If it was you, close this page. Nothing has been changed.</p>`,
  );
}

/** A page that only says something. */
export function wordsPage(title: string, words: string): string {
  return page(title, `<p>${escapeHtml(words)}</p>`);
}

export interface HomeFacts {
  readonly profile: ReturnType<typeof presentProfile>;
  readonly balance: ReturnType<typeof presentBalance>;
  /** The zone in which payouts are scheduled. */
  readonly zone: string;
  readonly payouts: readonly ReturnType<typeof presentOwnPayout>[];
  readonly methods: readonly ReturnType<typeof presentOwnMethod>[];
}

/** What belongs to the payee: balance, payouts with what happens next, payout method. */
export function homePage({ profile, balance, zone, payouts, methods }: HomeFacts): string {
  const notice = profile.notice === null ? '' : `<p role="alert">${escapeHtml(profile.notice)}</p>\n`;
  return page(
    'Your payouts',
    `<p>Signed in as ${escapeHtml(profile.name === '' ? (profile.email ?? profile.id) : profile.name)}.</p>
${notice}<h2>Balance</h2>
${listOf(balance.balances.map(balanceLine), 'Nothing earned yet.')}
<p>${escapeHtml(nextPayout(balance.nextPayoutDate, zone))}</p>
<h2>Payouts</h2>
${listOf(payouts.map(payoutLine), 'No payouts yet.')}
<h2>Payout method</h2>
${listOf(methods.map(methodLine), 'None yet. Tell the platform that pays you how you want to be paid.')}
<form method="post" action="/portal/sign-out"><button type="submit">Sign out</button></form>`,
  );
}

function nextPayout(at: Date | null, zone: string): string {
  if (at === null) return 'No payout is scheduled.';
  const date = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' });
  return `Next payout: ${date.format(at)} (${zone}), of what is available then.`;
}

function listOf(lines: readonly string[], none: string): string {
  if (lines.length === 0) return `<p>${escapeHtml(none)}</p>`;
  return `<ul>\n${lines.map((line) => `<li>${line}</li>`).join('\n')}\n</ul>`;
}

function amountOf(amount: bigint, currency: string): string {
  return `<span class="amount">${escapeHtml(formatMoney(amount, currency))}</span>`;
}

function balanceLine(row: HomeFacts['balance']['balances'][number]): string {
  const { currency } = row;
  return [
    `Available ${amountOf(row.available, currency)}`,
    `pending ${amountOf(row.pending, currency)}`,
    `on its way ${amountOf(row.reserved + row.onItsWay, currency)}`,
    `earned in total ${amountOf(row.totalEarnings, currency)}`,
  ].join(', ');
}

function payoutLine(row: HomeFacts['payouts'][number]): string {
  const day = row.createdAt.toISOString().slice(0, 10);
  const from = row.conversion === null ? '' : ` ${escapeHtml(row.conversion.words)}`;
  return `${amountOf(row.amount, row.currency)}${from}, ${day} UTC: <strong>${escapeHtml(row.label)}</strong>. ${escapeHtml(row.nextStep)}`;
}

function methodLine(row: HomeFacts['methods'][number]): string {
  const part = row.isDefault ? ' (in use)' : row.isBackup ? ' (in reserve)' : '';
  const note = row.status === 'ready' ? '' : `. ${escapeHtml(row.note)}`;
  return `${escapeHtml(row.type)} ${escapeHtml(row.destination)}${part}${note}`;
}
