import type { OpenApiDocument } from '../wire/openapi.ts';
import { openApiDocument } from '../wire/openapi.ts';
import type { OutsideCall } from '../wire/openapi-outside.ts';
import type { ProblemCode } from '../wire/problem.ts';
import { routes } from './routes.ts';
import type { Endpoint } from './sign-in-endpoints.ts';
import { endpoints, nothing } from './sign-in-endpoints.ts';

/** The OpenAPI document of everything this server answers. */
export function describeApi(version: string): OpenApiDocument {
  const signIn = endpoints.map((endpoint) => callOf(endpoint));
  return openApiDocument(routes, signIn, version);
}

function callOf(endpoint: Endpoint): OutsideCall {
  const { method, path, asks, summary, body, answer, deed } = endpoint;
  return {
    method,
    path: `/api/auth${path}`,
    tag: 'Sign-in of the team',
    summary,
    session: asks !== 'anybody',
    ...(body === nothing ? {} : { body }),
    answer,
    setsCookie: deed === 'signedIn' || deed === 'signedOut' || endpoint.guesses === 'challenge',
    refuses: refusalsOf(endpoint),
  };
}

/** Every no of sign-in.ts that this endpoint can come to. */
function refusalsOf({ method, path, asks, guesses, deed, wrong, openToTemporary }: Endpoint): ProblemCode[] {
  const isPost = method === 'POST';
  const signedIn = asks !== 'anybody';
  const codes: (ProblemCode | false)[] = [
    isPost && 'cross_site',
    signedIn && 'unauthorized',
    signedIn && openToTemporary !== true && 'password_change_required',
    path === '/two-factor/enable' && 'second_factor_exists',
    (asks === 'stepUp' || asks === 'enrol') && 'step_up_required',
    asks === 'stepUp' && 'second_factor_missing',
    asks === 'enrol' && 'sign_in_again',
    wrong,
    guesses === 'signIn' && 'password_expired',
    guesses === 'challenge' && deed !== 'signedIn' && 'wrong_second_factor',
    isPost && 'conflict',
    // Bodies of nothing are looked at too.
    isPost && 'invalid_request',
    'too_many_attempts',
    'unavailable',
  ];
  return codes.filter((code) => code !== false);
}
