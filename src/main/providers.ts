import { Providers } from '../actions/providers.ts';
import { createPaypalProvider } from '../providers/paypal/provider.ts';
import type { PayoutLimits } from '../core/limits.ts';
import { outsideLimits } from '../core/limits.ts';
import type { PayoutProvider } from '../providers/provider.ts';
import { createStripeProvider } from '../providers/stripe/provider.ts';
import type { Config } from './config.ts';
import type { SandboxEvents } from './sandbox.ts';

/** What the built-in sandbox signs its events for. It listens to this machine alone, and an event only makes Purser look. */
const sandboxWebhookId = 'SANDBOX-WEBHOOK';
const sandboxWebhookSecret = 'whsec_sandbox';

/** Where the built-in sandbox sends its events. */
export function sandboxEvents(webhooksUrl: string): SandboxEvents {
  return {
    webhook: { url: `${webhooksUrl}/paypal`, id: sandboxWebhookId },
    stripeWebhook: { url: `${webhooksUrl}/stripe`, secret: sandboxWebhookSecret },
  };
}

/**
 * The providers that are set up, or, when none is, all of them at the sandbox. Beside a real one no sandbox stands in for
 * another: it would look like paying and pay nobody.
 */
export function connectProviders(
  config: Config,
  sandboxUrl: string | null,
  now: () => number,
): Providers<PayoutProvider> {
  const { providerTimeoutMs: timeoutMs } = config;
  const sandbox = sandboxUrl !== null;
  const paypal = sandbox ? sandboxPaypal(sandboxUrl) : config.paypal;
  const stripe = sandbox ? sandboxStripe(sandboxUrl) : config.stripe;
  return new Providers(
    [
      ...(paypal ? [createPaypalProvider({ ...paypal, timeoutMs, sandbox }, { now })] : []),
      ...(stripe ? [createStripeProvider({ ...stripe, timeoutMs, sandbox }, { now })] : []),
    ].map((provider) => withinLimits(provider, config.payoutLimits)),
  );
}

/** The provider, told the limits that are set for one payout: an item outside of them is never sent. */
function withinLimits(provider: PayoutProvider, limits: PayoutLimits): PayoutProvider {
  return {
    ...provider,
    validate(item) {
      const message = outsideLimits(item.amount, limits);
      return message === null ? provider.validate(item) : { code: 'amount_outside_limits', message };
    },
  };
}

function sandboxPaypal(apiBase: string) {
  return { apiBase, clientId: 'sandbox', clientSecret: 'sandbox', webhookId: sandboxWebhookId };
}

function sandboxStripe(apiBase: string) {
  return { apiBase, secretKey: 'sk_test_sandbox', webhookSecrets: [sandboxWebhookSecret] };
}
