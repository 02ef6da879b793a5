-- The team: who they are, how they prove it, and from where they are signed in. The tables of sign-in have the columns
-- that better-auth writes, in our words (src/auth/people-tables.ts); the columns it does not know say so.

create table person (
  id text collate "C" primary key,
  name text not null default '' check (length(name) <= 200),
  email text collate "C" not null unique check (email = lower(email) and length(email) between 3 and 320),
  email_verified boolean not null default false,
  image text,
  -- True when a code of an authenticator app is asked for at sign-in.
  two_factor_enabled boolean not null default false,
  -- Ours: what they may do, and whether they still belong to the team. A person is never deleted: history names them.
  role text collate "C" not null check (role in ('owner', 'operator', 'approver', 'viewer')),
  status text collate "C" not null default 'active' check (status in ('active', 'removed')),
  -- Ours: the password was made by Purser, opens nothing but its own change, and not after this moment.
  temporary_password_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index person_owners on person (id) where role = 'owner' and status = 'active';

create table person_account (
  id text collate "C" primary key,
  account_id text collate "C" not null,
  provider_id text collate "C" not null,
  person_id text collate "C" not null references person,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  -- scrypt, salted.
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (person_id, provider_id)
);

create table person_session (
  id text collate "C" primary key,
  -- The cookie is this and a signature made with PURSER_SECRET; without the secret a copy of this table opens nothing.
  token text collate "C" not null unique,
  person_id text collate "C" not null references person,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Ours: when a second factor was last proven in this session.
  stepped_up_at timestamptz
);
create index person_session_by_person on person_session (person_id);

-- Challenges that wait for their answer: second factors, passkeys.
create table person_verification (
  id text collate "C" primary key,
  identifier text collate "C" not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index person_verification_by_identifier on person_verification (identifier);
create index person_verification_by_end on person_verification (expires_at);

create table person_two_factor (
  id text collate "C" primary key,
  person_id text collate "C" not null unique references person,
  -- Both encrypted with PURSER_SECRET.
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count int not null default 0,
  locked_until timestamptz,
  -- Ours: the 30-second step of the last code that was taken; no code of it or before is taken again.
  last_step bigint
);

create table person_passkey (
  id text collate "C" primary key,
  name text,
  public_key text not null,
  person_id text collate "C" not null references person,
  credential_id text collate "C" not null unique,
  -- Up to 2^32 - 1; as a number, which is what the library reads.
  counter double precision not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz
);
create index person_passkey_by_person on person_passkey (person_id);

create table person_rate_limit (
  id text collate "C" primary key,
  key text collate "C" not null unique,
  count int not null,
  last_request bigint not null
);

-- Guesses at one password, code or link. `key` is a hash, so nothing that was typed is kept.
create table person_guess (
  key text collate "C" primary key,
  failures int not null check (failures >= 0),
  since timestamptz not null,
  -- Nobody is heard before this moment, not even with the right answer.
  wait_until timestamptz
);
create index person_guess_by_age on person_guess (since);

create table person_invitation (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  email text collate "C" not null check (email = lower(email)),
  name text not null,
  role text collate "C" not null check (role in ('owner', 'operator', 'approver', 'viewer')),
  -- SHA-256 of the token in the link; the token itself is shown once.
  token_hash text collate "C" not null unique,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  check (accepted_at is null or ended_at is null)
);
-- One open invitation per address; another one ends it.
create unique index person_invitation_open on person_invitation (email) where accepted_at is null and ended_at is null;
