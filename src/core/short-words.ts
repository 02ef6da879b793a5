import type { Outlook } from './float.ts';
import { formatMoney } from './money.ts';

/** What is missing on a provider account, minor units of `currency`. */
export interface Shortage {
  readonly currency: string;
  readonly needed: bigint;
  /** What is there for it. */
  readonly there: bigint;
  readonly shortfall: bigint;
}

/** What an outlook that is short lacks. */
export function shortageOf(currency: string, { after, needed, shortfall }: Outlook): Shortage {
  const there = (after ?? 0n) + needed;
  return { currency, needed, there: there > 0n ? there : 0n, shortfall: shortfall ?? 0n };
}

/** The shortage in a French sentence, as `outlookWords` says it in English; `what` begins it: "Ce paiement". */
export function shortageFr(what: string, { currency, needed, there, shortfall }: Shortage): string {
  const money = (amount: bigint) => formatMoney(amount, currency, 'fr');
  return `${what} : il manque ${money(shortfall)}. Il faut ${money(needed)}, et ${money(there)} sont là pour cela.`;
}
