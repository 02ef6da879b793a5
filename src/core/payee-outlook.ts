import type { NotReady } from './account-words.ts';
import { notReadyWords } from './account-words.ts';
import type { FailedMoney } from './failed-money.ts';
import { failedMoneyWords } from './failed-money.ts';
import { holdReason } from './hold-words.ts';
import type { Hold, HoldFacts } from './hold.ts';
import { holdsNow } from './hold.ts';
import type { TeamLanguage, TeamReader } from './language.ts';
import { formatMoney } from './money.ts';
import { operatorReason } from './operator-reasons.ts';
import { payeeOutlookTexts } from './payee-outlook-texts.ts';
import { liesInAccount } from './reasons.ts';
import { operatorMoment } from './when.ts';

export const blockKinds = [
  'blocked',
  'on_hold',
  'frozen',
  'cooling_off',
  'no_method',
  'account_not_ready',
] as const;

/** What keeps a payee from being paid, whoever would start it. */
export interface Block {
  readonly kind: (typeof blockKinds)[number];
  readonly words: string;
  /** When it ends by the clock; null: somebody must end it. */
  readonly until: Date | null;
  readonly waitingOn: 'you' | 'payee' | 'clock';
}

export interface PayeeFacts extends HoldFacts {
  readonly hasMethod: boolean;
  /** Why the provider says that the account cannot be paid; null: it can, or nobody knows. */
  readonly notReady: NotReady | null;
  /** Why the last payout that went to the method in use failed or came back; null: it did not. */
  readonly lastFault: string | null;
}

const kinds = {
  payout: 'on_hold',
  payee: 'on_hold',
  blocked: 'blocked',
  frozen: 'frozen',
  cooling_off: 'cooling_off',
} as const;

/** Everything that blocks a payee now; empty: they can be paid. */
export function blocksOf(facts: PayeeFacts, now: Date, reader: TeamReader): Block[] {
  const { language } = reader;
  const held = holdsNow(facts, now).map((hold) => ({
    kind: kinds[hold.by],
    words: holdWords(hold, reader),
    until: hold.until,
    waitingOn: hold.until === null ? ('you' as const) : ('clock' as const),
  }));
  const words = payeeOutlookTexts[language].noMethod;
  const missing: Block = { kind: 'no_method', words, until: null, waitingOn: 'payee' };
  const { notReady, lastFault } = facts;
  const fault = notReady === null ? faultWords(lastFault, language) : notReadyWords(notReady, language);
  const account: Block | null =
    fault === null ? null : { kind: 'account_not_ready', words: fault, until: null, waitingOn: 'payee' };
  return [...held, ...(facts.hasMethod ? [] : [missing]), ...(account ? [account] : [])];
}

/** What failed last stands in the way of what is sent next, where only the payee can mend it. */
function faultWords(code: string | null, language: TeamLanguage): string | null {
  if (code === null) return null;
  const { operator, fix } = operatorReason(code, language);
  return liesInAccount(code) ? payeeOutlookTexts[language].lastFailed(operator, fix) : null;
}

function holdWords(hold: Hold, { language, zone }: TeamReader): string {
  const texts = payeeOutlookTexts[language];
  const reason = holdReason(hold, language);
  const until = hold.until && operatorMoment(zone, hold.until, language);
  switch (hold.by) {
    case 'blocked':
      return texts.blocked;
    case 'frozen':
      return texts.frozen(capital(reason));
    case 'cooling_off':
      return texts.coolingOff(capital(reason), until);
    default:
      return texts.onHold(reason, until);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the headline is about. */
interface PayeeMoney {
  /** Their name, or the id where they have none. */
  readonly who: string;
  readonly blocks: readonly Block[];
  readonly balances: readonly { readonly currency: string; readonly available: bigint }[];
  readonly failed: readonly FailedMoney[];
  /** Payouts that move by themselves. */
  readonly underWay: number;
}

/** Whether they can be paid, in a sentence or two. */
export function payeeHeadline(
  { who, blocks, balances, failed, underWay }: PayeeMoney,
  language: TeamLanguage,
): string {
  const { headline } = payeeOutlookTexts[language];
  const [first] = blocks;
  if (first) return headline.barred(who, first.words);
  const tied = new Map(failed.map(({ currency, amount }) => [currency, amount]));
  const sums = (rows: readonly { currency: string; amount: bigint }[]) =>
    rows
      .filter(({ amount }) => amount > 0n)
      .map(({ amount, currency }) => formatMoney(amount, currency, language))
      .join(' + ');
  const there = sums(
    balances.map(({ available, currency }) => ({
      currency,
      amount: available - (tied.get(currency) ?? 0n),
    })),
  );
  const owes = sums(balances.map(({ available, currency }) => ({ currency, amount: -available })));
  const said =
    there === ''
      ? owes === ''
        ? (failed.length === 0 ? headline.nothing : headline.tied)(who)
        : headline.owes(who, owes)
      : headline.available(who, there);
  const moving = underWay === 0 ? [] : [headline.underWay(underWay)];
  return [said, ...moving, ...failed.map((one) => failedMoneyWords(one, language))].join(' ');
}
