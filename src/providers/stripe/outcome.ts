import { reasonFor } from '../../core/reasons.ts';
import { jsonOf, retryAfterOf } from '../http.ts';
import type { HttpAnswer, HttpResult } from '../http.ts';
import type { SendOutcome } from '../provider.ts';
import { evidenceOf, isReplay, issueOf, meaningOf, readEnvelope } from './errors.ts';
import type { ErrorEnvelope } from './errors.ts';
import { keyInUseWaitMs, retryAfterMaxMs } from './limits.ts';
import { at, idAt, textAt } from './read.ts';
import { differenceFrom, readTransfer } from './transfer.ts';
import type { TransferParameters } from './translate.ts';

/** What the judge of an answer needs beside the answer. */
export interface Judge {
  readonly parameters: TransferParameters;
  readonly nowMs: number;
  readonly secrets: readonly string[];
}

/** `look_up`: the answer itself will never say more; what exists under our reference may. */
export type Verdict = SendOutcome | { kind: 'look_up'; cause: string; retryAfterMs: number | null };

/** Statuses by which Stripe refuses a request for good, given a readable error body. */
const refusalStatuses = new Set([400, 402, 404]);

/** Codes of a request that was not carried out for its rate or a lock; it may go again under the same key. */
const pauseCodes = new Set(['rate_limit', 'lock_timeout']);

/** What is known after a create call. Total: what no rule recognises is `unknown`, never a refusal. */
export function judgeCreate(result: HttpResult, judge: Judge): Verdict {
  if (result.kind === 'failed') {
    if (result.sent === 'maybe') return unknown(result.cause, null);
    return deferred('provider_unreachable', `Stripe could not be reached: ${result.cause}.`, null);
  }
  return judgeAnswer(result, judge);
}

function judgeAnswer(answer: HttpAnswer, judge: Judge): Verdict {
  const { status, headers } = answer;
  const body = jsonOf(answer.body);
  const envelope = readEnvelope(body);
  const evidence = evidenceOf(answer, envelope, judge.secrets);
  const retryAfterMs = retryAfterOf(headers, judge.nowMs, retryAfterMaxMs);

  if (status >= 200 && status < 300) return judgeCreated(body, evidence, judge.parameters);
  const running = unknown(evidence, retryAfterMs ?? keyInUseWaitMs);
  // The first call with this key is still running, so ours has an outcome to come.
  if (envelope?.code === 'idempotency_key_in_use') return running;
  // The same key was used with other parameters: something exists, or existed, under it.
  if (envelope?.type === 'idempotency_error') return { kind: 'look_up', cause: evidence, retryAfterMs };
  if (status === 409) return running;
  if (status === 429 || (status < 500 && pauseCodes.has(envelope?.code ?? ''))) {
    return deferred('rate_limited', `Stripe asks for a pause (${evidence}).`, retryAfterMs);
  }
  // A stored failure comes back for as long as the key lives, whatever had happened before it was stored.
  if (status >= 500 && isReplay(headers)) return { kind: 'look_up', cause: evidence, retryAfterMs };
  return (
    judgeRefusal(status, envelope, evidence, judge, isReplay(headers)) ?? unknown(evidence, retryAfterMs)
  );
}

function judgeRefusal(
  status: number,
  envelope: ErrorEnvelope | null,
  evidence: string,
  judge: Judge,
  replayed: boolean,
): SendOutcome | null {
  if (status === 401) return deferred('not_authorized', `Stripe refused the secret key (${evidence}).`, null);
  if (status === 404 && (envelope === null || isUnknownAddress(envelope))) {
    const what = `Nothing at the configured address takes Stripe transfers (${evidence}). Check STRIPE_API_BASE.`;
    return deferred('provider_unreachable', what, null);
  }
  if (envelope === null) return null;
  if (status === 403 && envelope.code !== 'account_invalid') {
    return deferred('not_authorized', `The Stripe key may not make transfers (${evidence}).`, null);
  }
  if (!refusalStatuses.has(status) && status !== 403) return null;
  if (envelope.type !== 'invalid_request_error' && envelope.type !== 'card_error') return null;
  return rejected(envelope, evidence, judge.secrets, replayed);
}

/** A create call names no resource in its path, so what is missing without a code is the API itself. */
function isUnknownAddress(envelope: ErrorEnvelope): boolean {
  return envelope.code === '' || envelope.code === 'url_invalid';
}

/** A transfer that is not ours to the last member is compared before it counts. */
function judgeCreated(body: unknown, evidence: string, parameters: TransferParameters): SendOutcome {
  const providerBatchId = idAt(body, 'id');
  const object = at(body, 'object') ?? 'transfer';
  if (providerBatchId === null || object !== 'transfer' || textAt(body, 'error', 'type') !== '') {
    return unknown(`${evidence}, but its body is not a transfer`, null);
  }
  const difference = differenceFrom(parameters, body);
  if (difference !== null) {
    return { kind: 'duplicate', providerBatchId, evidence: `${evidence}, but it has ${difference}` };
  }
  const report = readTransfer(body);
  const items = report.status === null ? [] : [{ ...report, itemReference: parameters.transfer_group }];
  return { kind: 'accepted', providerBatchId, evidence, ...(items.length === 0 ? {} : { items }) };
}

/**
 * A definitive refusal. It sticks to its key for 24 hours, so the next attempt needs another key. A replayed one was given
 * to the earlier call too.
 */
function rejected(
  envelope: ErrorEnvelope,
  evidence: string,
  secrets: readonly string[],
  replayed: boolean,
): SendOutcome {
  const { reason, persistence, proves } = meaningOf(envelope);
  const issue = issueOf(envelope, secrets);
  const code = reason === 'provider_error' ? 'request_invalid' : reason;
  return {
    kind: 'rejected',
    code,
    message: `Stripe refused the transfer (${issue}). This call moved no money. ${reasonFor(code).fix}`,
    bad: [{ position: 0, code, message: issue }],
    certainAfterLoss: replayed || proves,
    persistence,
    evidence,
  };
}

function unknown(cause: string, retryAfterMs: number | null): SendOutcome {
  return { kind: 'unknown', cause, retryAfterMs };
}

/** Nothing was processed: the same bytes go again under the same key. */
function deferred(code: string, what: string, retryAfterMs: number | null): SendOutcome {
  const message = `${what} This call moved no money. Purser tries the same transfer again.`;
  return { kind: 'deferred', code, message, retryAfterMs };
}
