import { rows, run, transaction, type Database } from './database.ts';

const requestFaults = [
  'drop_before',
  'drop_after',
  'error_500_before',
  'error_500_after',
  'timeout',
  'reset_mid_body',
  'malformed',
  'rate_limit',
  'slow',
] as const;
/** These concern the creation of a batch (the first of a Stripe transfer too) and nothing else. */
const createFaults = ['insufficient_funds', 'denied'] as const;
const webhookFaults = ['webhook_duplicate', 'webhook_reorder', 'webhook_drop', 'webhook_forged'] as const;
const faultNames = [...requestFaults, ...createFaults, ...webhookFaults] as const;
type FaultName = (typeof faultNames)[number];

/** Whose requests and events a rule meets. */
export type Side = 'paypal' | 'stripe';
const sides = ['paypal', 'stripe'] as const;

export interface FaultRule {
  readonly id: number;
  /** Null: both. */
  readonly side: Side | null;
  readonly method: string | null;
  /** Prefix of the path. */
  readonly path: string | null;
  readonly fault: FaultName;
  /** How often it may fire; null: without end. */
  readonly times: number | null;
  readonly probability: number;
  readonly seed: number;
  readonly delay_ms: number | null;
  readonly retry_after_seconds: number | null;
  /** Requests or events it has looked at. */
  readonly seen: number;
  readonly fired: number;
}

const createPath = '/v1/payments/payouts';
const stripeCreatePath = '/v1/transfers';
const lookPaths: ReadonlySet<string> = new Set(['/v1/reporting/balances', '/v1/balance']);

export function readFaults(db: Database): FaultRule[] {
  return rows<FaultRule>(db, 'select * from fault order by id');
}

export function clearFaults(db: Database): void {
  run(db, 'delete from fault');
}

/** The fault this request meets, if any; rules are asked in the order they were made. */
export function pickRequestFault(db: Database, side: Side, method: string, path: string): FaultRule | null {
  return pick(db, side, (rule) => !isWebhookFault(rule) && concerns(rule, method, path));
}

export function pickWebhookFault(db: Database, side: Side): FaultRule | null {
  return pick(db, side, isWebhookFault);
}

function concerns(rule: FaultRule, method: string, path: string): boolean {
  const ofStripe = path === stripeCreatePath && rule.fault !== 'denied';
  const creates = method === 'POST' && (path === createPath || ofStripe);
  if (isOneOf(createFaults, rule.fault) && !creates) return false;
  // Looks at the balance come by themselves: a rule means them only when it says so.
  if (rule.path === null && lookPaths.has(path)) return false;
  return (rule.method === null || rule.method === method) && path.startsWith(rule.path ?? '/v1/');
}

function isWebhookFault(rule: FaultRule): boolean {
  return isOneOf(webhookFaults, rule.fault);
}

function pick(db: Database, side: Side, matches: (rule: FaultRule) => boolean): FaultRule | null {
  const rules = readFaults(db).filter(
    (rule) =>
      (rule.side === null || rule.side === side) &&
      matches(rule) &&
      (rule.times === null || rule.fired < rule.times),
  );
  if (rules.length === 0) return null;
  return transaction(db, () => {
    for (const rule of rules) {
      const fires = chance(rule.seed, rule.seen) < rule.probability;
      run(db, 'update fault set seen = seen + 1, fired = fired + ? where id = ?', Number(fires), rule.id);
      if (fires) return rule;
    }
    return null;
  });
}

/** A number in [0, 1) that depends on the seed and the count alone, so that a run can be repeated. */
function chance(seed: number, count: number): number {
  let mixed = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) + Math.imul(count + 1, 0xc2b2_ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb_352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846c_a68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** Adds a rule; returns what is wrong with it, or null. */
export function addFault(db: Database, input: Record<string, unknown>): string | null {
  const problem = faultProblem(input);
  if (problem !== null) return problem;
  run(
    db,
    `insert into fault (method, path, fault, times, probability, seed, delay_ms, retry_after_seconds, side)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    textOf(input['method'])?.toUpperCase() ?? null,
    textOf(input['path']),
    textOf(input['fault']),
    numberOf(input['times']),
    numberOf(input['probability']) ?? 1,
    numberOf(input['seed']) ?? 0,
    numberOf(input['delayMs']),
    numberOf(input['retryAfterSeconds']),
    textOf(input['provider']),
  );
  return null;
}

const numericFields = ['times', 'seed', 'delayMs', 'retryAfterSeconds'];

function faultProblem(input: Record<string, unknown>): string | null {
  if (!isOneOf(faultNames, textOf(input['fault']) ?? ''))
    return `fault must be one of ${faultNames.join(', ')}`;
  const { provider } = input;
  if (provider !== undefined && !isOneOf(sides, textOf(provider) ?? '')) {
    return `provider must be one of ${sides.join(', ')}`;
  }
  const probability = numberOf(input['probability']) ?? 1;
  if (probability < 0 || probability > 1) return 'probability must be between 0 and 1';
  for (const name of numericFields) {
    const value = input[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) >= 0)) {
      return `${name} must be a whole number, 0 or more`;
    }
  }
  return null;
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
