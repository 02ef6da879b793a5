import type { FailedMoney } from './failed-money.ts';
import { failedMoneyWords } from './failed-money.ts';
import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';
import type { Told } from './told.ts';
import { operatorMoment } from './when.ts';

/** A balance that is too small for a payout; amounts in minor units of `currency`. */
interface TooLittle {
  readonly currency: string;
  readonly available: bigint;
  readonly minimum: bigint;
  /** What becomes available next; null: nothing waits. */
  readonly next: { readonly at: Date; readonly amount: bigint } | null;
  /** When the schedule asks by itself. */
  readonly run: Date | null;
  /** What of it payouts carry that failed. */
  readonly failed: FailedMoney | null;
}

/** What is missing, and when there may be enough, with the figures. */
export function tooLittleWords(facts: TooLittle, zone: string): Record<TeamLanguage, Told> {
  const money = (amount: bigint, language: TeamLanguage) => formatMoney(amount, facts.currency, language);
  const { minimum, available } = facts;
  return {
    en: {
      message: `${money(minimum, 'en')} is the least; ${money(available, 'en')} is available, so ${money(minimum - available, 'en')} is missing. Nothing was changed and no money moved.`,
      action: english(facts, zone),
    },
    fr: {
      message: `Le montant minimal est de ${money(minimum, 'fr')} ; ${money(available, 'fr')} sont disponibles : il manque ${money(minimum - available, 'fr')}. Rien n’a été changé et aucun argent n’a bougé.`,
      action: french(facts, zone),
    },
  };
}

function english({ currency, next, run, failed }: TooLittle, zone: string): string {
  const more = next
    ? `${formatMoney(next.amount, currency)} more becomes available on ${operatorMoment(zone, next.at)}.`
    : 'Nothing that was earned waits to become available.';
  const clock = run
    ? `The schedule asks by itself on ${operatorMoment(zone, run)}, if there is enough then.`
    : null;
  return [more, clock, failed && failedMoneyWords(failed)].filter((part) => part !== null).join(' ');
}

function french({ currency, next, run, failed }: TooLittle, zone: string): string {
  const at = (moment: Date) => operatorMoment(zone, moment, 'fr');
  const more = next
    ? `${formatMoney(next.amount, currency, 'fr')} de plus deviennent disponibles le ${at(next.at)}.`
    : 'Aucun gain n’attend de devenir disponible.';
  const clock = run ? `La demande est faite automatiquement le ${at(run)}, s’il y a alors assez.` : null;
  return [more, clock, failed && failedMoneyWords(failed, 'fr')].filter((part) => part !== null).join(' ');
}
