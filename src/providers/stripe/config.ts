/** How to reach one Stripe platform account. */
export interface StripeConfig {
  /** `https://api.stripe.com`, or any server that speaks Stripe's API. */
  readonly apiBase: string;
  /** `sk_…` or a restricted `rk_…` that may read and write transfers and read accounts and balance. */
  readonly secretKey: string;
  /** Signing secrets (`whsec_…`) of the webhook endpoints, new and old during a rotation; none: no event is taken. */
  readonly webhookSecrets: readonly string[];
  /** For one call, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** True when the built-in sandbox stands in for Stripe. */
  readonly sandbox: boolean;
}

/** The providers' clock in milliseconds since 1970, handed in. */
export interface StripeDeps {
  readonly now: () => number;
}

/** The base address without a trailing slash. Throws RangeError when it cannot be one (a mistake in configuration). */
export function readApiBase(apiBase: string): URL {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : null;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === null || !plain || !['http:', 'https:'].includes(url.protocol)) {
    throw new RangeError(
      'The Stripe API base must be an http or https address without credentials or query. No money moved. ' +
        'Set STRIPE_API_BASE to https://api.stripe.com.',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The full address of an API path that starts with a slash. */
export function addressOf(base: URL, path: string): string {
  return base.origin + (base.pathname === '/' ? '' : base.pathname) + path;
}
