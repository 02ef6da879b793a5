import type { FailedMoney } from './failed-money.ts';
import { failedMoneyWords } from './failed-money.ts';
import { formatMoney } from './money.ts';
import type { Refusal } from './refusal.ts';
import { operatorMoment } from './when.ts';

/** What stands between a payee and a request of one balance, in a sentence with figure and currency. */
export function requestRefused(
  refused: Refusal,
  currency: string,
  failed: FailedMoney | undefined,
  zone: string,
): string {
  const { details } = refused;
  switch (refused.code) {
    case 'below_minimum':
      return [belowMinimum(refused, currency, zone), ...(failed ? [failedMoneyWords(failed)] : [])].join(' ');
    case 'request_in_flight_already':
      return `${currency}: a payout was asked for already (${textIn(details['payoutId'])}); they can ask again when it has ended.`;
    case 'payee_blocked':
      return `${currency}: nothing is asked for while the payee is blocked.`;
    case 'payout_method_missing':
      return `${currency}: they can ask once they have a payout method.`;
    default:
      return `${currency}: ${firstOf(refused.message)} ${refused.action}`;
  }
}

function belowMinimum({ details }: Refusal, currency: string, zone: string): string {
  const money = (name: string) => formatMoney(amountIn(details[name], currency), currency);
  const least = `They can ask for ${money('available')}, and the least request is ${money('minimum')}: ${money('missing')} is missing.`;
  const at = (name: string) => operatorMoment(zone, new Date(textIn(details[name])));
  const more =
    details['nextAvailableAt'] === undefined
      ? ''
      : ` ${money('nextAvailable')} more becomes available on ${at('nextAvailableAt')}.`;
  const run =
    details['nextPayoutDate'] === undefined
      ? ''
      : ` The schedule asks by itself on ${at('nextPayoutDate')}, if there is enough then.`;
  return `${least}${more}${run}`;
}

function amountIn(fact: Refusal['details'][string] | undefined, currency: string): bigint {
  return typeof fact === 'object' ? (fact[currency] ?? 0n) : 0n;
}

function textIn(fact: Refusal['details'][string] | undefined): string {
  return typeof fact === 'string' ? fact : '';
}

/** That nothing was changed is said of a deed; here nobody did anything. */
function firstOf(message: string): string {
  return message.replace(/ (No second one was made and )?[Nn]othing was changed.*$/, '');
}
