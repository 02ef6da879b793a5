-- What an alert tells, beside its English words: whoever reads it is told in their language. Null: it was opened before this
-- was kept, and is shown as it was written.

alter table alert
  add column facts jsonb check (jsonb_typeof(facts) = 'object');
