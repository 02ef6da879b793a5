-- Payouts of one amount, the newest first, for people who have nothing in hand but what a statement says.
create index payout_by_amount on payout (amount, currency, id);
