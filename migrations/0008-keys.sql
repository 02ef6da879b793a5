-- What an API key is limited to, and what a person found out about a submission whose provider no longer tells.

-- First parts of paths, such as `earnings`. Null: everything its role may do.
alter table api_key add column scope text[] check (cardinality(scope) between 1 and 50);

-- handed_over_at: the provider has forgotten the key, so only a person can go on. refused_at: refused after an earlier
-- call whose effect is not known. resolved_at: it counts as not sent by the word of a person, not by a proof.
alter table submission add column handed_over_at timestamptz;
alter table submission add column refused_at timestamptz;
alter table submission add column resolved_at timestamptz;
alter table submission add check (resolved_at is null or state in ('rejected', 'accepted'));

update submission s set refused_at = a.last_at from alert a
  where a.kind = 'refused_after_loss' and a.subject = s.provider_key and a.closed_at is null and s.state = 'unknown';
update submission s set handed_over_at = a.last_at from alert a
  where a.kind = 'key_expired' and a.subject = s.provider_key and a.closed_at is null and s.state = 'unknown';

-- The provider named a batch for what a person had called unsent.
create index submission_named_after on submission (next_action_at)
  where state = 'rejected' and resolved_at is not null and hinted_batch_id is not null;

-- What a person says became of a submission. Written when it is said; decided by what the provider tells, never blindly.
create table submission_resolution (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  submission_id bigint not null,
  outcome text collate "C" not null check (outcome in ('sent', 'not_sent')),
  provider_batch_id text collate "C",
  evidence text check (length(evidence) between 20 and 4000),
  actor_kind text collate "C" not null check (actor_kind in ('person', 'key', 'payee', 'system')),
  actor_id text collate "C" not null,
  actor_name text not null,
  asked_at timestamptz not null,
  tries int not null default 0 check (tries >= 0),
  result text collate "C" check (result in ('accepted', 'not_sent', 'contradicted', 'unconfirmed')),
  detail text,
  decided_at timestamptz,
  check ((result is null) = (decided_at is null)),
  -- What was sent the provider shows; that nothing was sent rests on what somebody writes down.
  check ((outcome = 'sent') = (provider_batch_id is not null)),
  check (outcome = 'sent' or evidence is not null)
);
-- One question at a time: of two people with different answers one is told of the other.
create unique index submission_resolution_open on submission_resolution (submission_id) where decided_at is null;
create index submission_resolution_by_submission on submission_resolution (submission_id, id);
