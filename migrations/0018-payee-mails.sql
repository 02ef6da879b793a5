-- Mails that tell payees of their payouts: each occasion is told once, whoever reports it how often. Null: mails that may repeat.
alter table mail add column once_key text collate "C" unique;
