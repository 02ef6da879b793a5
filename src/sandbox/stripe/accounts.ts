import { row, run } from '../database.ts';
import type { Reply, World } from '../world.ts';
import type { StripeCall } from './call.ts';
import { missingObject, refuseWith } from './errors.ts';

/** Words in an account id that decide what becomes of a transfer to it (docs/providers/sandbox.md). */
const words = [
  'failed',
  'returned',
  'reversed',
  'partly',
  'disabled',
  'nopayouts',
  'insufficient',
  'missing',
  'slow',
  'error',
  'locked',
  'bankfailed',
] as const;
export type AccountWord = (typeof words)[number];

/** What is said of a connected account. */
export interface AccountState {
  readonly payoutsEnabled: boolean;
  readonly transfers: 'active' | 'inactive' | 'pending';
  readonly currentlyDue: readonly string[];
  readonly disabledReason: string | null;
}

const platformId = 'acct_1SandboxPlatform';

/** The words of an account id, the parts between its underscores. */
export function wordsOf(id: string): ReadonlySet<AccountWord> {
  const parts = new Set(id.toLowerCase().split('_').slice(1));
  return new Set(words.filter((word) => parts.has(word)));
}

/** The state of an account, or null when there is none of this id. */
export function accountState(world: World, id: string): AccountState | null {
  if (!/^acct_[A-Za-z0-9_]{1,250}$/.test(id)) return null;
  const set = row<{ state: string }>(world.db, 'select state from stripe_account where id = ?', id);
  if (set !== undefined) return JSON.parse(set.state) as AccountState;
  const has = wordsOf(id);
  if (has.has('missing')) return null;
  if (has.has('disabled')) {
    return {
      payoutsEnabled: false,
      transfers: 'inactive',
      currentlyDue: ['external_account', 'individual.verification.document'],
      disabledReason: 'requirements.past_due',
    };
  }
  if (has.has('nopayouts')) {
    return {
      payoutsEnabled: false,
      transfers: 'active',
      currentlyDue: ['external_account'],
      disabledReason: 'requirements.past_due',
    };
  }
  return { payoutsEnabled: true, transfers: 'active', currentlyDue: [], disabledReason: null };
}

/** Decides an account by hand, from now on. */
export function writeAccount(world: World, id: string, state: AccountState): void {
  run(
    world.db,
    'insert into stripe_account (id, state) values (?, ?) on conflict (id) do update set state = excluded.state',
    id,
    JSON.stringify(state),
  );
}

export function presentAccount(id: string, state: AccountState): Record<string, unknown> {
  const due = state.currentlyDue;
  return {
    id,
    object: 'account',
    business_type: 'individual',
    capabilities: { transfers: state.transfers },
    charges_enabled: false,
    country: 'US',
    created: 1_700_000_000,
    default_currency: 'usd',
    details_submitted: due.length === 0,
    email: null,
    external_accounts: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    metadata: {},
    payouts_enabled: state.payoutsEnabled,
    requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: due,
      disabled_reason: state.disabledReason,
      errors: [],
      eventually_due: due,
      past_due: state.disabledReason === null ? [] : due,
      pending_verification: [],
    },
    type: 'express',
  };
}

/** `GET /v1/accounts/{id}` */
export function readAccount(world: World, call: StripeCall): Reply {
  const [id = ''] = call.params;
  if (!id.startsWith('acct_')) return missingObject('account', id);
  const state = accountState(world, id);
  if (state !== null) return { status: 200, body: presentAccount(id, state) };
  return refuseWith(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key does not have access to account '${id}' (or that account does not exist).`,
  });
}

/** `GET /v1/account`: the platform itself. */
export function readOwnAccount(): Reply {
  const state = {
    payoutsEnabled: true,
    transfers: 'active',
    currentlyDue: [],
    disabledReason: null,
  } as const;
  return { status: 200, body: { ...presentAccount(platformId, state), type: 'standard' } };
}
