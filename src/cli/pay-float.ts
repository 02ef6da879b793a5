import type { Outlook } from '../core/float.ts';
import { isShort, outlookOf, outlookWords } from '../core/float.ts';
import type { Totals } from '../core/money.ts';
import { jsonAmount } from '../core/money.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Io } from './command.ts';
import type { PayOptions } from './pay.ts';

/** A sum, as text beyond what a JSON number holds. */
type Sum = number | string;

interface RunFloat {
  readonly shortfall: Sum | null;
  readonly fresh: boolean;
  readonly words: string;
}

/** What the provider account holds for a run, by currency, as a preview says. */
export type FloatByCurrency = Readonly<Record<string, RunFloat>>;

/** A run that is known to be short is said before anybody is paid, and needs `--accept-shortfall`. */
export function acceptFloat(io: Io, options: PayOptions, float: FloatByCurrency): boolean {
  const short = Object.values(float).filter(({ shortfall }) => shortfall !== null && BigInt(shortfall) > 0n);
  for (const { words } of short) io.err(words);
  if (options.acceptShortfall || short.every(({ fresh }) => !fresh)) return true;
  sayUnfunded(io, options, { float });
  return false;
}

/** The decision that is needed, in words. */
export function sayUnfunded(io: Io, options: PayOptions, facts: Readonly<Record<string, unknown>>): void {
  io.err('Nothing was paid. Fund the account, or add --accept-shortfall if it is being funded.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', code: 'insufficient_float', ...facts }));
}

interface Brief {
  readonly provider: string;
  readonly currency: string;
  readonly available: Sum | null;
  readonly pending: Sum | null;
  readonly sentSince: Sum;
  readonly asOf: string | null;
  readonly readAt: string | null;
  readonly fresh: boolean;
  readonly queued: { readonly amount: Sum };
}

/** Says what is left of the account when all of a file is paid; answers it for `--json`. */
export async function sayFloatAfter(io: Io, api: ApiClient, provider: string, totals: Totals) {
  await api.readFloat();
  const { float = [] } = await call<{ float?: readonly Brief[] }>(api, 'GET', '/api/admin/status');
  const found: Record<string, unknown> = {};
  for (const [currency, needed] of Object.entries(totals)) {
    const brief = float.find((row) => row.provider === provider && row.currency === currency);
    const outlook = outlookFrom(brief, needed, io.nowMs());
    io.err(`  ${outlookWords('file', currency, outlook)}`);
    found[currency] = jsonOf(outlook);
  }
  return found;
}

/** How fresh a reading is, is for the server's clock to say. */
function outlookFrom(brief: Brief | undefined, needed: bigint, nowMs: number): Outlook {
  const queued = BigInt(brief?.queued.amount ?? 0);
  const { available = null, readAt = null, asOf = null } = brief ?? {};
  if (!brief || available === null || readAt === null || asOf === null) {
    return outlookOf(null, { queued, needed }, new Date(nowMs));
  }
  const reading = {
    available: BigInt(available),
    pending: BigInt(brief.pending ?? 0),
    sentSince: BigInt(brief.sentSince),
    asOf: new Date(asOf),
    readAt: new Date(readAt),
  };
  return { ...outlookOf(reading, { queued, needed }, new Date(nowMs)), fresh: brief.fresh };
}

function jsonOf(outlook: Outlook): Record<string, unknown> {
  const { available, needed, after, shortfall, readAt, fresh } = outlook;
  const amount = (of: bigint | null) => (of === null ? null : jsonAmount(of));
  return {
    available: amount(available),
    needed: amount(needed),
    after: amount(after),
    shortfall: amount(shortfall),
    readAt,
    fresh,
    short: isShort(outlook),
  };
}
