import { sql } from 'kysely';
import { overWhenReady } from '../core/account-words.ts';
import { otherMethodCodes } from '../core/reasons.ts';
import { settledAtText } from './settled.ts';

/**
 * True for a payout `p` that failed for a reason that lies in the account or the way, and would go to the same method again: the
 * payee has taken no other nor said that it is settled, and the provider has not said since that the account can be paid. It
 * would fail again.
 */
export const unmended = sql`(p.reason_code = any(${otherMethodCodes}::text[])
  and (${sql.raw(settledAtText)}) is null
  and exists (select 1 from payout_attempt t join payout_method k on k.id = t.method_id and k.is_default
    where t.payout_id = p.id and t.ordinal = p.attempt_count
      and not (p.reason_code = any(${overWhenReady}::text[]) and exists (select 1 from provider_account o
        where o.provider = k.type and o.fingerprint = k.fingerprint and o.state = 'ready' and o.checked_at > p.state_at))))`;
