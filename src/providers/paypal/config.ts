/** How to reach one PayPal account. */
export interface PaypalConfig {
  /** `https://api-m.paypal.com`, `https://api-m.sandbox.paypal.com`, or any server that speaks PayPal's API. */
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Id of the webhook at PayPal; without it no event can be verified, and polling does all. */
  readonly webhookId: string | null;
  /** For one call, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** True when the built-in sandbox stands in for PayPal. */
  readonly sandbox: boolean;
}

/** The providers' clock in milliseconds since 1970, handed in. */
export interface PaypalDeps {
  readonly now: () => number;
}

const officialHosts: Record<string, 'live' | 'sandbox'> = {
  'api.paypal.com': 'live',
  'api-m.paypal.com': 'live',
  'api.sandbox.paypal.com': 'sandbox',
  'api-m.sandbox.paypal.com': 'sandbox',
};

/** Which of PayPal's own environments an address belongs to; null when the host is not PayPal's, or not by https. */
export function environmentOf(url: URL): 'live' | 'sandbox' | null {
  if (url.protocol !== 'https:' || url.port !== '') return null;
  return Object.hasOwn(officialHosts, url.hostname) ? (officialHosts[url.hostname] ?? null) : null;
}

/** The base address without a trailing slash. Throws RangeError when it cannot be one (a mistake in configuration). */
export function readApiBase(apiBase: string): URL {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : null;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === null || !plain || !['http:', 'https:'].includes(url.protocol)) {
    throw new RangeError(
      'The PayPal API base must be an http or https address without credentials or query. No money moved. ' +
        'Set PAYPAL_API_BASE to https://api-m.paypal.com or https://api-m.sandbox.paypal.com.',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The full address of an API path that starts with a slash. */
export function addressOf(base: URL, path: string): string {
  return base.origin + (base.pathname === '/' ? '' : base.pathname) + path;
}
