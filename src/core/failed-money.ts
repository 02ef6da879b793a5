import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** What of a balance payouts carry that failed or came back. */
export interface FailedMoney {
  readonly amount: bigint;
  readonly currency: string;
  readonly count: number;
}

/** It counts as available, and no request takes it: for operators. */
export function failedMoneyWords(
  { amount, currency, count }: FailedMoney,
  language: TeamLanguage = 'en',
): string {
  const money = formatMoney(amount, currency, language);
  if (language === 'fr')
    return count === 1
      ? `${money} appartiennent à un versement échoué ou revenu ; on le paie en réessayant ce versement, pas par une nouvelle demande.`
      : `${money} appartiennent à ${count} versements échoués ou revenus ; on les paie en réessayant ces versements, pas par une nouvelle demande.`;
  return count === 1
    ? `${money} belongs to a payout that failed or came back; it is paid by retrying that payout, not by a new request.`
    : `${money} belongs to ${count} payouts that failed or came back; it is paid by retrying those payouts, not by a new request.`;
}
