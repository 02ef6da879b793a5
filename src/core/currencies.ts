/**
 * Currencies by ISO 4217 code, with the number of decimals of their minor unit (the exponent).
 * Source: ISO 4217 list one (SIX, maintenance agency), active national currencies.
 */
const EXPONENTS: Record<0 | 2 | 3, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP ' +
    'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
    'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN ' +
    'NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP ' +
    'SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const exponents = new Map<string, number>(
  Object.entries(EXPONENTS).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code) => [code, Number(exponent)] as const),
  ),
);

/** Number of decimals of the currency's minor unit (USD 2, JPY 0, KWD 3), or undefined for an unknown code. */
export function exponentOf(currency: string): number | undefined {
  return exponents.get(currency);
}

/** True for an active ISO 4217 code in capitals. */
export function isCurrency(currency: string): boolean {
  return exponents.has(currency);
}

/** Every active code. */
export const currencies: readonly string[] = [...exponents.keys()];
