import { jsonOf } from '../http.ts';
import { LookupFailedError } from '../provider.ts';
import type { ProviderBalance } from '../provider.ts';
import type { CallResult, PaypalClient } from './client.ts';
import { debugIdOf, evidenceOf, readEnvelope } from './errors.ts';
import { balanceLagMaxMs } from './limits.ts';
import { readSignedValue } from './money.ts';
import { at, listAt, textAt } from './read.ts';

const balancesPath = '/v1/reporting/balances';

/**
 * What the account holds per currency, by PayPal's reporting API. It may lag by three hours, so each balance says of when it
 * is. Throws LookupFailedError when there is no answer, which is what credentials without the right to read balances get.
 */
export async function balances(
  client: PaypalClient,
  answered: (result: CallResult) => unknown,
): Promise<readonly ProviderBalance[]> {
  const askedAt = client.now();
  const result = await client.call({ method: 'GET', path: balancesPath });
  if (result.kind === 'answer' && result.status === 403) throw mayNotRead(client, result);
  const body = answered(result);
  const asOf = momentOf(body, askedAt);
  const found = listAt(body, 'balances').flatMap((entry) => balanceOf(entry) ?? []);
  return found.map((balance) => ({ ...balance, asOf }));
}

function mayNotRead(client: PaypalClient, answer: CallResult & { kind: 'answer' }): LookupFailedError {
  const debugId = debugIdOf(answer.headers.get('paypal-debug-id'));
  const evidence = evidenceOf(answer.status, debugId, readEnvelope(jsonOf(answer.body)), client.secrets);
  return new LookupFailedError(
    `PayPal does not let these credentials read balances (${evidence}). Switch the balance and transaction reports on for the app at PayPal.`,
  );
}

/** One without a readable available amount is left out: not known is not nothing. */
function balanceOf(entry: unknown): Omit<ProviderBalance, 'asOf'> | null {
  const currency = textAt(entry, 'currency').toUpperCase();
  const available = amountAt(entry, 'available_balance', currency);
  if (available === null) return null;
  return { currency, available, pending: amountAt(entry, 'withheld_balance', currency) ?? 0n };
}

function amountAt(entry: unknown, name: string, currency: string): bigint | null {
  const money = at(entry, name);
  if (textAt(money, 'currency_code').toUpperCase() !== currency) return null;
  return readSignedValue(at(money, 'value'), currency);
}

/** When PayPal last looked, within the lag it admits to: nothing it says makes a balance older or from the future. */
function momentOf(body: unknown, askedAtMs: number): Date {
  const said = Date.parse(textAt(body, 'last_refresh_time') || textAt(body, 'as_of_time'));
  const ms = Number.isNaN(said) ? askedAtMs : said;
  return new Date(Math.min(Math.max(ms, askedAtMs - balanceLagMaxMs), askedAtMs));
}
