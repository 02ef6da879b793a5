-- Who beside its payee may hold a link to the portal: what is done within its session counts as done by them, too. A link from
-- before this table has none, nor has one that the payee asked for by mail, unless somebody could read or redirect that mail.

create table portal_link_hand (
  link_id bigint not null references portal_link,
  kind text collate "C" not null check (kind in ('person', 'key')),
  id text collate "C" not null,
  name text not null,
  -- made: they made it. new_key: they had made the key that made it. read: they read its mail. address: it was mailed to an
  -- address that they had set.
  how text collate "C" not null check (how in ('made', 'new_key', 'read', 'address')),
  primary key (link_id, kind, id)
);
