import { jsonOf } from '../http.ts';
import type { Destination, DestinationIssue, ProviderBalance } from '../provider.ts';
import { ask, objectOf, pathPart } from './ask.ts';
import type { StripeClient } from './client.ts';
import { meaningOf, readEnvelope } from './errors.ts';
import { fromStripeUnits } from './money.ts';
import { at, listAt, textAt, unitsAt } from './read.ts';
import { isAccountId } from './validate.ts';

/** Requirements named in a message. */
const requirementsShownMax = 5;
/** Requirements kept of one account. */
const requirementsKeptMax = 50;

/**
 * Why a connected account cannot be paid now: unknown to the platform, its `transfers` capability not active, or its
 * payouts to the bank switched off. Null when it can. Throws LookupFailedError when Stripe gives no answer.
 */
export async function checkDestination(
  client: StripeClient,
  destination: Destination,
): Promise<DestinationIssue | null> {
  const { kind, value } = destination;
  if (kind !== 'account' || !isAccountId(value)) {
    const message = 'The payout destination is not a connected Stripe account (acct_…). Nothing was sent.';
    return { code: 'receiver_invalid', message };
  }
  const answer = await ask(client, 'the connected account', `/v1/accounts/${pathPart(value)}`);
  const envelope = readEnvelope(jsonOf(answer.body));
  const codes = ['account_invalid', 'resource_missing', 'account_closed'];
  if (envelope !== null && [400, 403, 404].includes(answer.status) && codes.includes(envelope.code)) {
    const reason = meaningOf(envelope).reason;
    const code = reason === 'request_invalid' ? 'receiver_account_invalid' : reason;
    const message =
      'Stripe knows no such account of this platform. Nothing was sent. Let the payee connect again.';
    return { code, message };
  }
  return notEnabled(objectOf(client, 'the connected account', answer));
}

/** Only what Stripe says is off counts: what it does not mention, it decides itself when the transfer comes. */
function notEnabled(account: object): DestinationIssue | null {
  const capability = textAt(account, 'capabilities', 'transfers');
  const transfersEnabled = capability !== 'inactive' && capability !== 'pending';
  const payoutsEnabled = at(account, 'payouts_enabled') !== false;
  const missing = [
    transfersEnabled ? '' : `its transfers capability is ${capability}`,
    payoutsEnabled ? '' : 'its payouts are not enabled',
  ].filter(Boolean);
  if (missing.length === 0) return null;
  const because = [textAt(account, 'requirements', 'disabled_reason'), ...dueOf(account)].filter(isPlainWord);
  const details = because.length === 0 ? '' : ` (${because.slice(0, requirementsShownMax).join(', ')})`;
  return {
    code: 'receiver_not_enabled',
    message:
      `The connected account cannot be paid: ${missing.join(' and ')}${details}. Nothing was sent. ` +
      'The payee must complete what Stripe asks for.',
    transfersEnabled,
    payoutsEnabled,
    askedFor: dueOf(account).filter(isPlainWord).slice(0, requirementsKeptMax),
  };
}

function dueOf(account: object): string[] {
  return listAt(account, 'requirements', 'currently_due').filter((due) => typeof due === 'string');
}

/** Names of Stripe's requirements: `external_account`, `individual.verification.document`, `requirements.past_due`. */
function isPlainWord(text: string): boolean {
  return /^[a-z][a-z0-9_.]{1,63}$/i.test(text);
}

/** What the platform's account holds per currency, from `available` and `pending`. */
export async function balances(client: StripeClient): Promise<readonly ProviderBalance[]> {
  const body = objectOf(client, 'the balance', await ask(client, 'the balance', '/v1/balance'));
  const found = new Map<string, { available: bigint; pending: bigint }>();
  for (const name of ['available', 'pending'] as const) {
    for (const entry of listAt(body, name)) {
      const currency = textAt(entry, 'currency').toUpperCase();
      const units = unitsAt(entry, ['amount'], true);
      const minor = units === null ? null : fromStripeUnits(units, currency);
      if (minor === null) continue;
      const sum = found.get(currency) ?? { available: 0n, pending: 0n };
      sum[name] += minor;
      found.set(currency, sum);
    }
  }
  return [...found].map(([currency, sum]) => ({ currency, ...sum }));
}
