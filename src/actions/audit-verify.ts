import { chainStart, eventBytes, linkBytes } from '../core/audit.ts';
import type { SealedEvent, StoredEvent } from '../store/audit-seals.ts';
import { chainHead, countSeals, sealsAfter, strayEvents, waitingAfter } from '../store/audit-seals.ts';
import type { ActionContext } from './context.ts';

/** Rows read at once: memory does not grow with the trail. */
const rowsPerReadMax = 1000;
/** Differences that are listed; the count says the rest. */
const differencesMax = 100;

/** A link that was noted outside the database. */
export interface Anchor {
  readonly seq: bigint;
  readonly hash: string;
}

interface Difference {
  readonly rule: string;
  readonly subject: string;
  readonly detail: string;
}

export interface AuditVerdict {
  readonly clean: boolean;
  readonly sealed: bigint;
  /** The last link; whoever notes it elsewhere can later ask whether the chain still goes through it. */
  readonly head: { readonly seq: bigint; readonly hash: string } | null;
  /** Events that wait for their seal. */
  readonly unsealed: bigint;
  readonly differenceCount: bigint;
  readonly differences: readonly Difference[];
}

class Findings {
  readonly listed: Difference[] = [];
  count = 0n;

  add(rule: string, subject: string, detail: string): void {
    this.count += 1n;
    if (this.listed.length < differencesMax) this.listed.push({ rule, subject, detail });
  }
}

/**
 * Walks the chain from its first link, then the events that wait, and names everything that is not as it was written:
 * events and links that were changed, removed, put in or exchanged. With `anchor` also a chain that was cut off or made
 * anew. Reads in pages, writes nothing, and takes no lock.
 */
export async function verifyAudit(ctx: ActionContext, anchor: Anchor | null): Promise<AuditVerdict> {
  const found = new Findings();
  const head = (await chainHead(ctx.db)) ?? null;
  if (head) await walkChain(ctx, head.seq, anchor, found);
  if (anchor && anchor.seq > (head?.seq ?? 0n)) {
    const detail = `the chain ends at ${head ? `link ${head.seq}` : 'nothing'}: it was cut off after it was noted`;
    found.add('the chain goes through the noted link', `link ${anchor.seq}`, detail);
  }
  const unsealed = await walkWaiting(ctx, found);
  await findStrays(ctx, found);
  return {
    clean: found.count === 0n,
    sealed: head?.seq ?? 0n,
    head,
    unsealed,
    differenceCount: found.count,
    differences: found.listed,
  };
}

async function findStrays(ctx: ActionContext, found: Findings): Promise<void> {
  const detail = 'has no seal and waits for none: it was put in past Purser, or its link was removed';
  const strays = await strayEvents(ctx.db, differencesMax);
  for (const { publicId } of strays) {
    found.add('every event is sealed or waits', `event ${publicId}`, detail);
  }
  found.count += (strays[0]?.total ?? 0n) - BigInt(strays.length);
}

async function walkChain(
  ctx: ActionContext,
  upTo: bigint,
  anchor: Anchor | null,
  found: Findings,
): Promise<void> {
  let last = { seq: 0n, hash: chainStart };
  let walked = 0n;
  for (;;) {
    const page = await sealsAfter(ctx.db, last.seq, upTo, rowsPerReadMax);
    for (const link of page) {
      checkPlace(link, last, found);
      checkContent(ctx, link, found);
      if (anchor?.seq === link.seq && anchor.hash !== link.hash) {
        const detail = 'has another hash than the one that was noted: the chain was made anew';
        found.add('the chain goes through the noted link', `link ${link.seq}`, detail);
      }
      last = link;
      walked += 1n;
    }
    if (page.length < rowsPerReadMax) break;
  }
  const counted = await countSeals(ctx.db, upTo);
  if (counted !== walked) {
    found.add('every link stands once', 'chain', `${counted} links stand there, ${walked} follow each other`);
  }
}

function checkPlace(link: SealedEvent, last: { seq: bigint; hash: string }, found: Findings): void {
  const gap = link.seq - last.seq - 1n;
  if (gap > 0n) {
    const names = gap === 1n ? `link ${last.seq + 1n}` : `links ${last.seq + 1n} to ${link.seq - 1n}`;
    found.add('no link is missing', names, 'removed');
  }
  if (gap < 0n) found.add('every link stands once', `link ${link.seq}`, 'stands there more than once');
  if (gap === 0n && link.previous !== last.hash) {
    const detail = 'does not follow the link before it: one of the two was changed or put in';
    found.add('a link follows the one before it', `link ${link.seq}`, detail);
  }
}

function checkContent(ctx: ActionContext, link: SealedEvent, found: Findings): void {
  if (!link.found) {
    const detail = `event number ${link.eventId} was removed`;
    return found.add('the event of a link is there', `link ${link.seq}`, detail);
  }
  const subject = `event ${link.publicId ?? link.eventId}`;
  if (ctx.vault.mac(linkBytes(link, link)) !== link.hash) {
    const detail = `the event or link ${link.seq} was changed after it was sealed`;
    return found.add('an event is as it was sealed', subject, detail);
  }
  checkWritten(ctx, link, subject, found);
}

/** What Purser did not write, or what was changed in the moments before it was sealed. */
function checkWritten(ctx: ActionContext, event: StoredEvent, subject: string, found: Findings): void {
  if (ctx.vault.mac(eventBytes(event)) === event.mac) return;
  found.add('an event was written by Purser', subject, 'put in past Purser, or changed before it was sealed');
}

async function walkWaiting(ctx: ActionContext, found: Findings): Promise<bigint> {
  let waiting = 0n;
  let after = 0n;
  for (;;) {
    const page = await waitingAfter(ctx.db, after, rowsPerReadMax);
    for (const event of page) {
      after = event.eventId;
      if (event.found) {
        waiting += 1n;
        checkWritten(ctx, event, `event ${event.publicId ?? event.eventId}`, found);
      } else {
        found.add(
          'an event that waits is there',
          `event number ${event.eventId}`,
          'removed before it was sealed',
        );
      }
    }
    if (page.length < rowsPerReadMax) return waiting;
  }
}
