import { createHash } from 'node:crypto';
import { row, run, transaction } from '../database.ts';
import type { Reply, World } from '../world.ts';
import { unstored, type StripeCall } from './call.ts';
import { apiError, invalid, refuseWith } from './errors.ts';
import { canonical } from './form.ts';

/** After this a key may be forgotten; here it is, so that nobody relies on more. */
const keyLifeMs = 24 * 3_600_000;
const keyCharsMax = 255;

interface KeyRow {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
  readonly request_id: string;
}

function findKey(world: World, key: string): KeyRow | undefined {
  const oldest = world.clock.now() - keyLifeMs;
  return row<KeyRow>(world.db, 'select * from stripe_key where key = ? and created_at > ?', key, oldest);
}

/** True while an answer is kept for this key. */
export function isKeyKept(world: World, key: string): boolean {
  return findKey(world, key) !== undefined;
}

/** 409: the first request with this key is still running. */
export function keyInUse(key: string): Reply {
  return refuseWith(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotency-Key: ${key}.`,
  });
}

/**
 * A POST under its key: replayed, refused for other parameters, or carried out once with its answer kept, in one
 * transaction. `check` is the validation of parameters: its refusals are not kept.
 */
export function carryOut(
  world: World,
  call: StripeCall,
  check: () => Reply | null,
  execute: () => Reply,
): Reply {
  const { key } = call;
  if (key !== null && key.length > keyCharsMax) {
    return invalid(`Idempotency-Key must be at most ${keyCharsMax} characters.`);
  }
  const kept = key === null ? undefined : findKey(world, key);
  if (kept !== undefined && key !== null) return replay(call, key, kept);
  if (key !== null && world.stripe.running.has(key)) return keyInUse(key);
  const refusal = check();
  if (refusal !== null) return refusal;
  return transaction(world.db, () => {
    const done = execute();
    const reply = call.trouble === 'error_500_after' ? apiError() : done;
    if (key !== null && reply.headers?.[unstored] === undefined) keep(world, call, key, reply);
    return reply;
  });
}

function replay(call: StripeCall, key: string, kept: KeyRow): Reply {
  if (kept.fingerprint !== fingerprintOf(call)) {
    return refuseWith(400, {
      type: 'idempotency_error',
      message:
        'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
        `Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  const headers = { 'idempotent-replayed': 'true', 'original-request': kept.request_id };
  return { status: kept.status, headers, body: JSON.parse(kept.body) };
}

function keep(world: World, call: StripeCall, key: string, reply: Reply): void {
  run(
    world.db,
    `insert into stripe_key (key, fingerprint, status, body, request_id, created_at) values (?, ?, ?, ?, ?, ?)
     on conflict (key) do update set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body,
       request_id = excluded.request_id, created_at = excluded.created_at`,
    key,
    fingerprintOf(call),
    reply.status,
    JSON.stringify(reply.body),
    call.requestId,
    world.clock.now(),
  );
}

function fingerprintOf({ method, path, headers, form }: StripeCall): string {
  const account = String(headers['stripe-account'] ?? '');
  const text = [method, path, account, canonical(form)].join('\n');
  return createHash('sha256').update(text).digest('hex');
}
