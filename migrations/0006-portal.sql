-- Payees sign in by a link that works once, and mail waits in an outbox until it is sent. Tokens are kept as SHA-256 only.

create index payee_by_email on payee (lower(email)) where email is not null;

-- A link belongs to the address it was made for: it dies when the payee has another one (or, made without one, gets one).
create table portal_link (
  id bigint generated always as identity primary key,
  payee_id bigint not null references payee,
  -- mail: asked for on the sign-in page and mailed. made: handed to the platform.
  kind text collate "C" not null check (kind in ('mail', 'made')),
  token_hash text collate "C" not null unique,
  for_email text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at > created_at),
  check (kind <> 'mail' or for_email is not null)
);
create index portal_link_by_email on portal_link (for_email, created_at) where kind = 'mail';

-- One session per link, by key. It ends like its link when the payee has another address.
create table portal_session (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  payee_id bigint not null references payee,
  link_id bigint not null unique references portal_link,
  token_hash text collate "C" not null unique,
  for_email text,
  ip text,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (expires_at > created_at)
);
create index portal_session_by_payee on portal_session (payee_id, id);

-- The outbox. Bodies hold links that open something, so none outlives its sending.
create table mail (
  id bigint generated always as identity primary key,
  public_id text collate "C" not null unique,
  kind text collate "C" not null,
  address text not null check (length(address) between 3 and 320),
  subject text not null,
  body_text text,
  body_html text,
  created_at timestamptz not null,
  expires_at timestamptz,
  sent_at timestamptz,
  given_up_at timestamptz,
  tries int not null default 0 check (tries >= 0),
  next_try_at timestamptz not null,
  last_error text,
  check (sent_at is null or given_up_at is null),
  check (sent_at is null or (body_text is null and body_html is null))
);
create index mail_to_send on mail (next_try_at) where sent_at is null and given_up_at is null;
create index mail_to_erase on mail (expires_at) where body_text is not null;
