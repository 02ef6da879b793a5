import { Providers } from '../actions/providers.ts';
import type { PayoutProvider } from '../providers/provider.ts';
import { nextDue } from '../store/submissions.ts';
import type { SubmissionRow, Work } from '../store/submissions.ts';
import type { EngineContext } from './context.ts';
import * as accounts from './accounts.ts';
import * as expire from './expire.ts';
import * as float from './float.ts';
import * as mail from './mail.ts';
import * as poll from './poll.ts';
import * as receive from './receive.ts';
import * as reconcile from './reconcile.ts';
import * as retry from './retry.ts';
import * as schedule from './schedule.ts';
import * as seal from './seal.ts';
import * as send from './send.ts';
import * as settle from './settle.ts';
import * as surface from './surface.ts';
import { Slots } from './slots.ts';
import * as sweep from './sweep.ts';
import * as watch from './watch.ts';

/** Work that goes on beside all other work: whoever it waits for keeps nobody else waiting. */
export interface Lane {
  readonly name: string;
  /** One round; answers how much was done. `rung` aborts when another lane has done something. */
  readonly work: (rung: AbortSignal) => Promise<number>;
  /** Resolves when nothing that the rounds have begun is under way any more; absent: a round ends what it begins. */
  readonly rest?: () => Promise<void>;
  /** When something is due that no other lane's work announces; null: nothing is. */
  readonly nextDue: () => Promise<Date | null>;
}

const everything = { batchId: null };

/**
 * The lanes of a running engine. What asks only the database is one of them; whoever else is asked, and may be silent, is
 * asked in a lane of its own: the mail server, and of each provider what is sent, what is followed, what is compared and
 * what is looked at.
 */
export function lanesOf(ctx: EngineContext): Lane[] {
  return [
    { name: 'house', work: async () => houseRound(ctx), nextDue: nothingDue },
    { name: 'mail', work: async () => mail.runOnce(ctx), nextDue: nothingDue },
    ...ctx.providers.all.flatMap((provider) =>
      providerLanes({ ...ctx, providers: new Providers([provider]) }, provider),
    ),
  ];
}

/** What only reads and writes rows. */
async function houseRound(ctx: EngineContext): Promise<number> {
  const freed = (await settle.runOnce(ctx)) + (await expire.runOnce(ctx));
  const started = (await retry.runOnce(ctx)) + (await schedule.runOnce(ctx));
  const received = await receive.runOnce(ctx);
  const sealed = await seal.runOnce(ctx);
  await sweep.runWhenDue(ctx);
  await watch.runWhenDue(ctx);
  return freed + started + received + sealed;
}

/** `one` has this provider alone. */
function providerLanes(one: EngineContext, { name: provider, capabilities }: PayoutProvider): Lane[] {
  const calls = new Slots<SubmissionRow>(
    capabilities.callsAtOnceMax,
    async (limit, underWay) => send.claimToSend(one, everything, provider, limit, underWay),
    async (submission) => send.sendOne(one, submission),
  );
  const due = (work: Work) => async () => nextDue(one.db, work, null, [provider]);
  const followed = async () => (await surface.runOnce(one)) + (await poll.runOnce(one, everything));
  const looked = async () => (await accounts.runOnce(one)) + (await float.runOnce(one));
  return [
    {
      name: `send ${provider}`,
      work: async (rung) => calls.fill(rung),
      rest: async () => calls.empty(),
      nextDue: due('send'),
    },
    { name: `follow ${provider}`, work: followed, nextDue: due('poll') },
    {
      name: `compare ${provider}`,
      work: async () => reconcile.runOnce(one, everything),
      nextDue: nothingDue,
    },
    { name: `look ${provider}`, work: looked, nextDue: nothingDue },
  ];
}

async function nothingDue(): Promise<null> {
  return null;
}
