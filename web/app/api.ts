import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { createClient, ProblemError } from '../client/client.ts';
import { lookForServer } from './connection.ts';

/** How often a read is tried again when nobody answered. What the server refused is not asked again. */
const retriesMax = 2;
/** While an answer is younger it is shown without asking; live pages are told of changes. */
const freshMs = 5000;

/** Calls this Purser with the session of the browser, in the language of the page. */
export const api = createClient(window.location.origin, undefined, () => i18next.language);

/** What no answer came to may be lost alone, or the server with it. */
function lookWhy(error: Error): void {
  if (!(error instanceof ProblemError)) void lookForServer();
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: lookWhy }),
  mutationCache: new MutationCache({ onError: lookWhy }),
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      retry: (failures, error) => failures < retriesMax && !(error instanceof ProblemError),
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    // Without a network it fails at once and says so: nobody's money moves minutes later, when there is one again.
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Asks anew for all that is shown; what a person asked for once, such as judging a file, is left out (`meta: { asked: true }`). */
export async function lookAgain(): Promise<void> {
  await queries.invalidateQueries({ predicate: ({ meta }) => meta?.['asked'] !== true });
}

/** What a person is told of an error: what happened, what to do, and the details for support. */
export interface Trouble {
  readonly code: string;
  readonly happened: string;
  readonly todo: string;
  readonly requestId: string | null;
  readonly fields: readonly { path: string; message: string }[];
}

/** The one funnel of errors. `null` when the text is the page's own: no answer came, and it is not known what the server did. */
export function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof ProblemError)) return null;
  return {
    code: error.code,
    happened: error.userMessage,
    todo: error.actionRequired,
    requestId: error.requestId,
    fields: error.errors ?? [],
  };
}

/** True for a no of this code. */
export function isProblem(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code;
}
