-- What a payee chose for what is written to them. Null: not chosen; the portal then follows the browser, mails UTC.

alter table payee
  add column language text collate "C" check (language in ('en', 'fr', 'ht')),
  add column timezone text collate "C" check (length(timezone) between 1 and 64);
