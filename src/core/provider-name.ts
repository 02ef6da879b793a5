const names: Readonly<Record<string, string>> = { paypal: 'PayPal', stripe: 'Stripe' };

/** A provider as it writes itself, in every language; one that is not known here by its id. */
export function providerName(provider: string): string {
  return names[provider] ?? provider;
}
