import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from './errors.ts';
import type { Call, Reply, World } from './world.ts';

/** As recorded from PayPal. */
const tokenLifeSeconds = 28_800;
const tokenPrefix = 'A21AA';
const refusedClientId = 'bad';
const scope = [
  'https://uri.paypal.com/payments/payouts',
  'https://uri.paypal.com/services/applications/webhooks',
  'https://uri.paypal.com/services/reporting/balances/read',
].join(' ');

/** `POST /v1/oauth2/token`. Any client is known, except the one named `bad`. */
export function issueToken(world: World, call: Call): Reply {
  const client = basicCredentials(call.headers.authorization);
  if (client === null || client.id === refusedClientId) {
    return oauthError(401, 'invalid_client', 'Client Authentication failed');
  }
  if (new URLSearchParams(call.body.toString()).get('grant_type') !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'Grant Type is NULL or not supported');
  }
  const expiresAt = world.clock.now() + tokenLifeSeconds * 1000;
  return {
    status: 200,
    body: {
      scope,
      access_token: `${tokenPrefix}${expiresAt}.${signature(world, expiresAt)}`,
      token_type: 'Bearer',
      app_id: 'APP-80W284485P519543T',
      expires_in: tokenLifeSeconds,
      nonce: `${new Date(world.clock.now()).toISOString()}${world.random(16).toString('base64url')}`,
    },
  };
}

/** A refusal when the call carries no valid bearer token. A token outlives a restart but not its eight hours. */
export function requireToken(world: World, call: Call): Reply | null {
  const match = /^Bearer A21AA(\d+)\.([\w-]+)$/.exec(call.headers.authorization ?? '');
  const expiresAt = Number(match?.[1] ?? 0);
  const expected = Buffer.from(signature(world, expiresAt));
  const given = Buffer.from(match?.[2] ?? '');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  return genuine && expiresAt > world.clock.now() ? null : refuse('AUTHENTICATION_FAILURE');
}

function signature(world: World, expiresAt: number): string {
  return createHmac('sha256', world.secret).update(`token:${expiresAt}`).digest('base64url');
}

function basicCredentials(header: string | undefined): { id: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return id !== '' && secret.join(':') !== '' ? { id } : null;
}

function oauthError(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } };
}
