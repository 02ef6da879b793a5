import { hashPassword } from 'better-auth/crypto';
import { createFirstOwner } from '../actions/people.ts';
import { isTeamEmpty } from '../store/people.ts';
import type { AppContext } from './context.ts';

/** Makes the first owner with this one-time password; null when there is a team already. */
export async function makeFirstOwner(context: AppContext, password: string) {
  // Looked at first, as hashing takes longer than all the rest of a start.
  if (!(await isTeamEmpty(context.db))) return null;
  return createFirstOwner(context, await hashPassword(password));
}
