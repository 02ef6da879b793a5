import { readBalances, setBalance } from './balances.ts';
import { countBatches, lastItem, overrideItem } from './batches.ts';
import { transaction } from './database.ts';
import { effectsPerPageMax, listEffects, summarise } from './effects.ts';
import { addFault, clearFaults, readFaults } from './faults.ts';
import { isCurrency } from './money.ts';
import { itemStatuses, type ItemStatus } from './outcomes.ts';
import { itemById } from './payouts.ts';
import { presentSingleItem } from './present.ts';
import { readBehaviour, writeBehaviour } from './settings.ts';
import {
  announceItem,
  countEvents,
  forgetWaiting,
  itemEventsPerBatchMax,
  readWebhookTarget,
  writeWebhookTarget,
} from './webhook-events.ts';
import type { Call, Reply, World } from './world.ts';

/** The control API under `/__sandbox/`: what tests and the demo see and switch. No token is asked for. */

const effectsPerPage = 1000;
const advanceSecondsMax = 10 * 365 * 86_400;

export function getHealth(world: World): Reply {
  return ok({
    ok: true,
    url: world.url(),
    pid: process.pid,
    batches: countBatches(world.db),
    items: lastItem(world.db),
    settleMs: world.settleMs,
    now: new Date(world.clock.now()).toISOString(),
  });
}

export function getEffects(world: World, call: Call): Reply {
  const afterId = Number(call.query.get('afterId') ?? 0);
  const limit = Number(call.query.get('limit') ?? effectsPerPage);
  if (!Number.isSafeInteger(afterId) || afterId < 0) return bad('afterId must be a whole number, 0 or more');
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > effectsPerPageMax) {
    return bad(`limit must be between 1 and ${effectsPerPageMax}`);
  }
  return ok(listEffects(world, afterId, limit, call.query.get('reference')));
}

export function getSummary(world: World): Reply {
  return ok(summarise(world));
}

export function getClock(world: World): Reply {
  return ok({
    now: new Date(world.clock.now()).toISOString(),
    offsetSeconds: world.clock.offsetMs() / 1000,
  });
}

export function postClock(world: World, call: Call): Reply {
  const { advanceSeconds: seconds, reachOffsetSeconds: place } = fields(call);
  if (place !== undefined) return reachClock(world, place);
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= advanceSecondsMax)) {
    return bad(`advanceSeconds must be between 0 and ${advanceSecondsMax}`);
  }
  world.clock.advance(seconds);
  world.wakeDelivery();
  return getClock(world);
}

/** An absolute place: told twice it is the same time, and a clock that is there or beyond stays where it is. */
function reachClock(world: World, place: unknown): Reply {
  if (typeof place !== 'number' || !(place >= 0 && place <= advanceSecondsMax)) {
    return bad(`reachOffsetSeconds must be between 0 and ${advanceSecondsMax}`);
  }
  world.clock.reach(place);
  world.wakeDelivery();
  return getClock(world);
}

export function getFaults(world: World): Reply {
  const data = readFaults(world.db).map((rule) => ({
    id: rule.id,
    provider: rule.side,
    method: rule.method,
    path: rule.path,
    fault: rule.fault,
    times: rule.times,
    probability: rule.probability,
    seed: rule.seed,
    delayMs: rule.delay_ms,
    retryAfterSeconds: rule.retry_after_seconds,
    seen: rule.seen,
    fired: rule.fired,
  }));
  return ok({ data });
}

/** One rule, or several under `rules`; all are taken or none. */
export function postFaults(world: World, call: Call): Reply {
  const input = fields(call);
  const rules: unknown[] = Array.isArray(input['rules']) ? input['rules'] : [input];
  try {
    transaction(world.db, () => {
      for (const rule of rules) {
        const problem = addFault(world.db, asFields(rule));
        if (problem !== null) throw new RuleError(problem);
      }
    });
  } catch (error) {
    if (error instanceof RuleError) return bad(error.message);
    throw error;
  }
  return getFaults(world);
}

class RuleError extends Error {}

export function deleteFaults(world: World): Reply {
  clearFaults(world.db);
  return getFaults(world);
}

export function getBalances(world: World): Reply {
  return ok({ data: readBalances(world) });
}

/** `{currency, amountMinor}`; null makes the balance unlimited again. */
export function postBalance(world: World, call: Call): Reply {
  const { currency, amountMinor } = fields(call);
  if (typeof currency !== 'string' || !isCurrency(currency))
    return bad('currency must be one PayPal pays out in');
  const text = typeof amountMinor === 'number' ? String(amountMinor) : amountMinor;
  if (text !== null && (typeof text !== 'string' || !/^\d{1,15}$/.test(text))) {
    return bad('amountMinor must be minor units as a whole number or text, or null for no limit');
  }
  setBalance(world.db, currency, text === null ? null : BigInt(text));
  return getBalances(world);
}

/** `{status, error?}`: decides an item now, whatever was to become of it. */
export function postItem(world: World, call: Call): Reply {
  const item = itemById(world, call.params[0] ?? '');
  if (item === undefined) return { status: 404, body: { error: 'No item has this id.' } };
  const { status, error } = fields(call);
  if (!isItemStatus(status)) return bad(`status must be one of ${itemStatuses.join(', ')}`);
  if (error !== undefined && typeof error !== 'string') return bad('error must be the name of an item error');
  transaction(world.db, () => {
    const at = world.clock.now();
    overrideItem(world.db, item.seq, { status, at, error: error ?? null, cancelled: false });
    forgetWaiting(world.db, item.seq, at);
    announceItem(world, item, status);
  });
  const decided = itemById(world, call.params[0] ?? '') ?? item;
  return ok(presentSingleItem(world, decided, world.clock.now()));
}

export function getBehaviour(world: World): Reply {
  return ok(readBehaviour(world.db));
}

/** `{postsPerMinuteMax?, duplicateLink?}` */
export function postBehaviour(world: World, call: Call): Reply {
  const { postsPerMinuteMax, duplicateLink } = fields(call);
  if (duplicateLink !== undefined && typeof duplicateLink !== 'boolean')
    return bad('duplicateLink must be true or false');
  const limit = postsPerMinuteMax;
  if (limit !== undefined && limit !== null && !(typeof limit === 'number' && limit > 0)) {
    return bad('postsPerMinuteMax must be a number above 0, or null for no limit');
  }
  const change = {
    ...(limit === undefined ? {} : { postsPerMinuteMax: limit }),
    ...(duplicateLink === undefined ? {} : { duplicateLink }),
  };
  return ok(writeBehaviour(world.db, change));
}

export function getWebhook(world: World): Reply {
  return ok({ target: readWebhookTarget(world.db), events: countEvents(world.db) });
}

/** `{url, id, itemEventsPerBatchMax?}`, or `{url: null}` to stop. Concerns batches created from now on. */
export function postWebhook(world: World, call: Call): Reply {
  const { url, id, itemEventsPerBatchMax: itemMax = itemEventsPerBatchMax } = fields(call);
  if (url === null) writeWebhookTarget(world.db, null);
  else if (typeof url !== 'string' || !URL.canParse(url)) return bad('url must be an absolute URL, or null');
  else if (typeof id !== 'string' || !/^[A-Za-z0-9]+$/.test(id)) return bad('id must be letters and digits');
  else if (typeof itemMax !== 'number') return bad('itemEventsPerBatchMax must be a number');
  else writeWebhookTarget(world.db, { url, id, itemEventsPerBatchMax: itemMax });
  world.wakeDelivery();
  return getWebhook(world);
}

function isItemStatus(value: unknown): value is ItemStatus {
  return itemStatuses.some((status) => status === value);
}

export function fields(call: Call): Record<string, unknown> {
  try {
    return asFields(JSON.parse(call.body.toString('utf8')));
  } catch {
    // No or unreadable JSON is no fields; what is missing is then named.
    return {};
  }
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function bad(error: string): Reply {
  return { status: 400, body: { error } };
}
