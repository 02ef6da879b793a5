import { request } from '../http.ts';
import type { HttpResult } from '../http.ts';
import { addressOf, readApiBase } from './config.ts';
import type { PaypalConfig, PaypalDeps } from './config.ts';
import { answerBytesMax } from './limits.ts';
import { createTokenSource } from './token.ts';
import type { NoToken, Token } from './token.ts';

/** One API call. `body` is sent byte by byte as given. */
export interface PaypalCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Uint8Array | string;
  readonly requestId?: string;
}

/** `no_token`: the call itself was not sent, or PayPal answered 401 to it and gave no new token. */
export type CallResult = HttpResult | NoToken;

/** Calls PayPal with a token; a 401 costs one new token and one repetition, nothing else is repeated here. */
export interface PaypalClient {
  readonly base: URL;
  /** Never to be shown: what `redact` removes from texts by PayPal. */
  readonly secrets: readonly string[];
  readonly now: () => number;
  call(call: PaypalCall): Promise<CallResult>;
  token(): Promise<Token | NoToken>;
}

export function createPaypalClient(config: PaypalConfig, deps: PaypalDeps): PaypalClient {
  const base = readApiBase(config.apiBase);
  const tokens = createTokenSource(config, base, deps);

  async function callWith(token: Token, call: PaypalCall): Promise<HttpResult> {
    return request({
      method: call.method,
      url: addressOf(base, call.path),
      headers: headersOf(token, call),
      ...(call.body === undefined ? {} : { body: call.body }),
      timeoutMs: config.timeoutMs,
      answerBytesMax,
    });
  }

  return {
    base,
    secrets: [config.clientSecret, config.clientId],
    now: deps.now,
    token: () => tokens.get(),
    async call(call) {
      const token = await tokens.get();
      if (token.kind === 'no_token') return token;
      const result = await callWith(token, call);
      if (result.kind !== 'answer' || result.status !== 401) return result;
      tokens.forget(token);
      const renewed = await tokens.get();
      return renewed.kind === 'no_token' ? renewed : callWith(renewed, call);
    },
  };
}

function headersOf(token: Token, call: PaypalCall): Record<string, string> {
  return {
    authorization: `Bearer ${token.value}`,
    accept: 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.requestId === undefined ? {} : { 'paypal-request-id': call.requestId }),
  };
}
