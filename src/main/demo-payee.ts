import type { ApiClient } from '../cli/client.ts';
import { ApiProblem, call, httpClient, parse } from '../cli/client.ts';

/**
 * With a key of the ticket platform, which is of no use afterwards: who makes a link at the command line could not approve there
 * what is asked for through it.
 */
export async function asPlatform<T>(api: ApiClient, work: (platform: ApiClient) => Promise<T>): Promise<T> {
  const body = { name: 'Ticket platform', role: 'operator' };
  const { id, key } = await call<{ id: string; key: string }>(api, 'POST', '/api/admin/api-keys', body);
  try {
    return await work(httpClient(api.where, key));
  } finally {
    await call(api, 'DELETE', `/api/admin/api-keys/${id}`);
  }
}

/**
 * Asks for a payout as the payee does: signs in by a link that the platform makes and presses the button. What the team asks for, the team
 * could not approve. Answers the id of the payout; throws ApiProblem when it is refused.
 */
export async function requestAsPayee(
  api: ApiClient,
  payeeId: string,
  body: Readonly<Record<string, string>>,
): Promise<string> {
  const link = await call<{ url: string }>(api, 'POST', `/api/admin/payees/${payeeId}/portal-link`);
  const token = new URL(link.url).searchParams.get('token');
  const signedIn = await post(api, '/api/payee/sign-in/verify', { token });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]);
  const asked = await post(api, '/api/payee/request-payout', body, { cookie: cookie.join('; ') });
  return ((await asked.json()) as { id: string }).id;
}

async function post(api: ApiClient, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(api.where + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });
  if (answer.ok) return answer;
  const problem = parse(await answer.text());
  throw new ApiProblem(answer.status, problem as Readonly<Record<string, unknown>>);
}
