import { reasonFor } from '../../core/reasons.ts';
import type { ReasonCode } from '../../core/reasons.ts';
import { jsonOf, retryAfterOf } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import type { SendOutcome } from '../provider.ts';
import type { CallResult } from './client.ts';
import { debugIdOf, evidenceOf, issueOf, issuesOf, readEnvelope, reasonOf } from './errors.ts';
import type { ErrorDetail, ErrorEnvelope } from './errors.ts';
import { itemsPerSubmissionMax, retryAfterMaxMs } from './limits.ts';
import { idAt, isProviderId, textAt } from './read.ts';

/** What the judge of an answer needs beside the answer. */
export interface Judge {
  readonly providerKey: string;
  readonly nowMs: number;
  readonly secrets: readonly string[];
}

/** Statuses by which PayPal refuses a request for good, given a readable error body. */
const refusalStatuses = new Set([400, 403, 404, 415, 422]);

/** Statuses that may carry the refusal of a used sender_batch_id; 400 is the recorded one. */
const duplicateStatuses = new Set([400, 409, 422]);

/** Refused for its rate: not processed, so the same bytes may go later. */
const rateNames = new Set(['RATE_LIMIT_REACHED', 'RATE_LIMIT_VALIDATION', 'RATE_LIMIT_VALIDATION_FAILURES']);

/** Names that say nothing about what happened to the request, whatever status carries them. */
const openNames = new Set([
  'INTERNAL_ERROR',
  'INTERNAL_SERVER_ERROR',
  'PREVIOUS_REQUEST_IN_PROGRESS',
  'REQUEST_TIMEOUT_EXCEEDED',
  'RESOURCE_CONFLICT',
  'SERVICE_UNAVAILABLE',
  'UNDEFINED',
]);

/** What is known after a create call. Total: what no rule recognises is `unknown`, never a refusal. */
export function judgeCreate(result: CallResult, judge: Judge): SendOutcome {
  if (result.kind === 'no_token') {
    const code = result.refused ? 'not_authorized' : 'provider_unreachable';
    const what = result.refused ? 'PayPal refused the credentials' : 'PayPal gave no access token';
    return deferred(code, `${what} (${result.cause}).`, result.retryAfterMs);
  }
  if (result.kind === 'failed') {
    if (result.sent === 'maybe') return { kind: 'unknown', cause: result.cause, retryAfterMs: null };
    return deferred('provider_unreachable', `PayPal could not be reached: ${result.cause}.`, null);
  }
  return judgeAnswer(result, judge);
}

function judgeAnswer(answer: HttpAnswer, judge: Judge): SendOutcome {
  const body = jsonOf(answer.body);
  const retryAfterMs = retryAfterOf(answer.headers, judge.nowMs, retryAfterMaxMs);
  const envelope = readEnvelope(body);
  const debugId = debugIdOf(answer.headers.get('paypal-debug-id'));
  const evidence = evidenceOf(answer.status, debugId, envelope, judge.secrets);

  if (answer.status === 201 || answer.status === 200) return judgeCreated(body, evidence, judge);
  if (answer.status === 401)
    return deferred('not_authorized', `PayPal refused the token (${evidence}).`, null);
  if (answer.status === 429)
    return deferred('rate_limited', `PayPal asks for a pause (${evidence}).`, retryAfterMs);
  if (answer.status === 404 && (envelope === null || envelope.name === 'RESOURCE_NOT_FOUND')) {
    const what = `Nothing at the configured address takes PayPal payouts (${evidence}). Check PAYPAL_API_BASE.`;
    return deferred('provider_unreachable', what, null);
  }
  const unknown = { kind: 'unknown', cause: evidence, retryAfterMs } as const;
  if (envelope === null) return unknown;
  if (duplicateStatuses.has(answer.status) && isDuplicate(envelope)) {
    return { kind: 'duplicate', providerBatchId: originalOf(envelope), evidence };
  }
  if (!refusalStatuses.has(answer.status) || openNames.has(envelope.name) || saysNothing(envelope))
    return unknown;
  if (rateNames.has(envelope.name)) {
    return deferred('rate_limited', `PayPal asks for a pause (${evidence}).`, retryAfterMs);
  }
  return rejected(envelope, evidence, judge.secrets);
}

/** Accepted only with an id, and only when the answer is not about another key than ours. */
function judgeCreated(body: unknown, evidence: string, judge: Judge): SendOutcome {
  const providerBatchId = idAt(body, 'batch_header', 'payout_batch_id');
  const key = textAt(body, 'batch_header', 'sender_batch_header', 'sender_batch_id');
  if (providerBatchId === null) {
    return { kind: 'unknown', cause: `${evidence}, but its body names no batch`, retryAfterMs: null };
  }
  if (key !== '' && key !== judge.providerKey) {
    return {
      kind: 'unknown',
      cause: `${evidence}, but it answers another sender_batch_id`,
      retryAfterMs: null,
    };
  }
  return { kind: 'accepted', providerBatchId, evidence };
}

/**
 * A used sender_batch_id. Recorded answers: USER_BUSINESS_ERROR with a detail for SENDER_BATCH_ID, with the original's
 * address or without. An address of a payouts batch in such a refusal, or a text that says so, counts as well: taking a
 * duplicate for a refusal would pay twice, the reverse only costs a comparison.
 */
function isDuplicate(envelope: ErrorEnvelope): boolean {
  if (envelope.details.some(saysDuplicate)) return true;
  if (envelope.name !== 'USER_BUSINESS_ERROR') return false;
  return (
    envelope.details.some((detail) => aboutBatchId(detail.field)) ||
    batchIdsIn(linksOf(envelope)).length > 0 ||
    /duplicate batch|sender_batch_id already/i.test(envelope.message)
  );
}

function saysDuplicate({ field, issue }: ErrorDetail): boolean {
  const ofBatch = aboutBatchId(field) || /sender_?batch_?id|duplicate batch/i.test(issue);
  return ofBatch && /duplicate|already/i.test(issue);
}

function aboutBatchId(field: string): boolean {
  return /sender_?batch_?id$/i.test(field);
}

/** A business error without a field may be a duplicate in words we do not know. */
function saysNothing({ name, details }: ErrorEnvelope): boolean {
  return name === 'USER_BUSINESS_ERROR' && details.every(({ field }) => field === '');
}

/** The batch a duplicate points at: the details first, then the top. Null for none, or when several are named. */
function originalOf(envelope: ErrorEnvelope): string | null {
  const inDetails = batchIdsIn(envelope.details.flatMap(({ links }) => links));
  const ids = inDetails.length > 0 ? inDetails : batchIdsIn(envelope.links);
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

function linksOf(envelope: ErrorEnvelope): string[] {
  return [...envelope.details.flatMap(({ links }) => links), ...envelope.links];
}

/** The distinct batch ids in addresses that end in /v1/payments/payouts/{id}. The host is not used for anything. */
function batchIdsIn(hrefs: readonly string[]): string[] {
  const ids = hrefs.map((href) => {
    const path = URL.canParse(href, 'https://api-m.paypal.com')
      ? new URL(href, 'https://api-m.paypal.com').pathname
      : '';
    return /\/v1\/payments\/payouts\/([^/]+)\/?$/.exec(path)?.[1] ?? '';
  });
  return [...new Set(ids.filter(isProviderId))];
}

/**
 * A refusal of the whole submission. Only a VALIDATION_ERROR depends on nothing but the bytes, so only it proves that an
 * earlier, lost call with the same bytes was refused as well; funds and permissions may have changed in between.
 */
function rejected(envelope: ErrorEnvelope, evidence: string, secrets: readonly string[]): SendOutcome {
  const code = reasonOf(envelope.name) ?? 'request_invalid';
  return {
    kind: 'rejected',
    code,
    message:
      `PayPal refused the submission (${envelope.name}: ${issuesOf(envelope, secrets)}). ` +
      `This call moved no money. ${reasonFor(code).fix}`,
    bad: envelope.name === 'VALIDATION_ERROR' ? badItems(envelope, secrets) : [],
    certainAfterLoss: envelope.name === 'VALIDATION_ERROR',
    evidence,
  };
}

/** Items that details point at, counted from 0; several issues of one item are one entry. */
function badItems(envelope: ErrorEnvelope, secrets: readonly string[]) {
  const bad = new Map<number, { position: number; code: ReasonCode; message: string }>();
  for (const detail of envelope.details) {
    const position = positionIn(detail.field);
    if (position === null || bad.has(position)) continue;
    bad.set(position, { position, code: codeOfField(detail.field), message: issueOf(detail, secrets) });
  }
  return [...bad.values()];
}

/** The position in `items[3].receiver`, `/items/3/receiver`, `items.3.receiver`; null for a field of another kind. */
function positionIn(field: string): number | null {
  const digits = /(?:^|[^A-Za-z0-9_])items(?:\[|[/.])(\d{1,5})(?:\]|[/.]|$)/i.exec(field)?.[1];
  if (digits === undefined || Number(digits) >= itemsPerSubmissionMax) return null;
  return Number(digits);
}

function codeOfField(field: string): ReasonCode {
  if (/receiver$/i.test(field)) return 'receiver_invalid';
  if (/currency$/i.test(field)) return 'currency_not_supported';
  return /amount|value$/i.test(field) ? 'amount_not_allowed' : 'request_invalid';
}

/** Nothing was processed: the same bytes go again. */
function deferred(code: string, what: string, retryAfterMs: number | null): SendOutcome {
  const message = `${what} This call moved no money. Purser tries the same submission again.`;
  return { kind: 'deferred', code, message, retryAfterMs };
}
