/** Currencies a transfer may have here; docs.stripe.com/currencies. Not all of them: enough for every rule. */
const currencies = new Set(
  (
    'aed aud bdt bgn bhd brl cad chf clp cny cop czk djf dkk dop egp eur gbp ghs hkd htg huf idr ils inr isk jmd jod jpy ' +
    'kes krw kwd lkr mad mga mur mxn myr ngn nok nzd omr pen php pkr pln pyg qar ron rwf sar sek sgd thb tnd try ttd twd ' +
    'tzs uah ugx usd uyu vnd xaf xof xpf zar'
  ).split(' '),
);

/** Least step of an amount where it is not 1: the last digit of three is 0, and ISK and UGX are sent with two, both 0. */
const steps: Readonly<Record<string, number>> = {
  bhd: 10,
  jod: 10,
  kwd: 10,
  omr: 10,
  tnd: 10,
  isk: 100,
  ugx: 100,
};

export function isStripeCurrency(code: string): boolean {
  return currencies.has(code);
}

/** False for an amount finer than the currency allows. */
export function isWholeAmount(units: number, currency: string): boolean {
  return units % (Object.hasOwn(steps, currency) ? (steps[currency] ?? 1) : 1) === 0;
}
