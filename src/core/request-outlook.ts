import type { FailedMoney } from './failed-money.ts';
import { failedMoneyWords } from './failed-money.ts';
import type { TeamReader } from './language.ts';
import { formatMoney } from './money.ts';
import { payeeOutlookTexts } from './payee-outlook-texts.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { operatorMoment } from './when.ts';

/** What stands between a payee and a request of one balance, in a sentence with figure and currency. */
export function requestRefused(
  refused: Refusal,
  currency: string,
  failed: FailedMoney | undefined,
  reader: TeamReader,
): string {
  const { language } = reader;
  const { request } = payeeOutlookTexts[language];
  const of = (words: string) => (language === 'fr' ? `${currency} : ${words}` : `${currency}: ${words}`);
  switch (refused.code) {
    case 'below_minimum':
      return [
        belowMinimum(refused, currency, reader),
        ...(failed ? [failedMoneyWords(failed, language)] : []),
      ].join(' ');
    case 'request_in_flight_already':
      return of(request.inFlight);
    case 'payee_blocked':
      return of(request.blocked);
    case 'payout_method_missing':
      return of(request.noMethod);
    default:
      return of(language === 'fr' ? inFrench(refused.code) : `${firstOf(refused.message)} ${refused.action}`);
  }
}

function belowMinimum({ details }: Refusal, currency: string, { language, zone }: TeamReader): string {
  const { request } = payeeOutlookTexts[language];
  const money = (name: string) => formatMoney(amountIn(details[name], currency), currency, language);
  const at = (name: string) => operatorMoment(zone, new Date(textIn(details[name])), language);
  const isNothing = amountIn(details['available'], currency) <= 0n;
  return [
    isNothing
      ? request.nothingFree(money('minimum'))
      : request.least(money('available'), money('minimum'), money('missing')),
    ...(details['nextAvailableAt'] === undefined
      ? []
      : [request.next(money('nextAvailable'), at('nextAvailableAt'))]),
    ...(details['nextPayoutDate'] === undefined ? [] : [request.run(at('nextPayoutDate'))]),
  ].join(' ');
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

/** The rest of what may stand in the way, where the refusal speaks of a deed. */
const french: Partial<Record<RefusalCode, string>> = {
  nothing_earned: 'il n’y a rien à verser.',
  nothing_to_pay: 'il n’y a rien à verser.',
  amount_outside_limits:
    'le montant dépasse les limites fixées pour un versement. Payez en plusieurs parts ou à la main, ou changez ces limites.',
  currency_not_taken:
    'le moyen de versement n’accepte pas cette devise. Demandez un versement dans une devise qu’il accepte, ou prenez un autre moyen.',
  amount_not_whole:
    'le prestataire ne paie cette devise qu’en montants ronds. Attendez que la somme le soit, ou prenez un autre moyen.',
  rate_missing: 'aucun taux de change n’est connu. Saisissez-en un dans les paramètres.',
  rate_too_old: 'le dernier taux de change est trop ancien. Saisissez-en un nouveau dans les paramètres.',
  conversion_out_of_range: 'converti, le montant n’en est plus un qui puisse être payé.',
};

function inFrench(code: RefusalCode): string {
  return french[code] ?? 'une demande n’est pas possible maintenant.';
}
