import { jsonOf, redact, request, retryAfterOf } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { addressOf } from './config.ts';
import type { PaypalConfig, PaypalDeps } from './config.ts';
import {
  issueCharsMax,
  retryAfterMaxMs,
  tokenAnswerBytesMax,
  tokenCharsMax,
  tokenLifeDefaultMs,
  tokenLifeMaxMs,
  tokenMarginMs,
} from './limits.ts';
import { at, textAt } from './read.ts';

/** An access token. `scope` is null when PayPal did not list the scopes. */
export interface Token {
  readonly kind: 'token';
  readonly value: string;
  readonly scope: string | null;
  readonly renewAtMs: number;
}

/** No token: nothing but a request for one can have been sent. `refused`: the credentials themselves were refused. */
export interface NoToken {
  readonly kind: 'no_token';
  readonly refused: boolean;
  readonly cause: string;
  readonly retryAfterMs: number | null;
}

/** Access tokens by client credentials: one is kept until shortly before its end, one request for one runs at a time. */
export interface TokenSource {
  get(): Promise<Token | NoToken>;
  /** Forgets a token that was refused; another one kept meanwhile stays. */
  forget(token: Token): void;
}

export function createTokenSource(config: PaypalConfig, base: URL, deps: PaypalDeps): TokenSource {
  let kept: Token | null = null;
  let pending: Promise<Token | NoToken> | null = null;

  async function renew(): Promise<Token | NoToken> {
    try {
      const result = await fetchToken(config, base, deps);
      kept = result.kind === 'token' ? result : null;
      return result;
    } finally {
      pending = null;
    }
  }

  return {
    async get() {
      if (kept !== null && deps.now() < kept.renewAtMs) return kept;
      pending ??= renew();
      return pending;
    },
    forget(token) {
      if (kept === token) kept = null;
    },
  };
}

async function fetchToken(config: PaypalConfig, base: URL, deps: PaypalDeps): Promise<Token | NoToken> {
  const basic = Buffer.from(`${config.clientId}:${config.clientSecret}`).toString('base64');
  const result = await request({
    method: 'POST',
    url: addressOf(base, '/v1/oauth2/token'),
    headers: {
      authorization: `Basic ${basic}`,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
    timeoutMs: config.timeoutMs,
    answerBytesMax: tokenAnswerBytesMax,
  });
  if (result.kind === 'failed') {
    return { kind: 'no_token', refused: false, cause: result.cause, retryAfterMs: null };
  }
  return readToken(result, config, deps.now());
}

function readToken(answer: HttpAnswer, config: PaypalConfig, nowMs: number): Token | NoToken {
  const body = jsonOf(answer.body);
  const value = textAt(body, 'access_token');
  if (answer.status === 200 && value.length <= tokenCharsMax && /^[\x21-\x7e]+$/.test(value)) {
    const lifeMs = lifeOf(body);
    const marginMs = Math.min(tokenMarginMs, lifeMs / 2);
    const scope = at(body, 'scope');
    return {
      kind: 'token',
      value,
      scope: typeof scope === 'string' ? scope : null,
      renewAtMs: nowMs + lifeMs - marginMs,
    };
  }
  const error = redact(textAt(body, 'error'), [config.clientId, config.clientSecret], issueCharsMax);
  return {
    kind: 'no_token',
    refused: [400, 401, 403].includes(answer.status),
    cause: `HTTP ${answer.status} ${error}`.trim(),
    retryAfterMs: retryAfterOf(answer.headers, nowMs, retryAfterMaxMs),
  };
}

function lifeOf(body: unknown): number {
  const seconds = Number(at(body, 'expires_in'));
  return seconds > 0 ? Math.min(seconds * 1000, tokenLifeMaxMs) : tokenLifeDefaultMs;
}
