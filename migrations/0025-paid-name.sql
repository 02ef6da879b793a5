-- What a payee was called when the money arrived: a receipt says the same for ever, whatever they are called later.
-- Null: it has not arrived. Of what arrived before this, the name of now is the oldest that is known.

alter table payout add column paid_name text;

update payout p set paid_name = y.name from payee y where y.id = p.payee_id and p.state = 'completed';
