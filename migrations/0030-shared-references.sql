-- Which payouts were paid by hand under one reference: two of them may be one transfer for two people, or a slip of the pen.

create index payout_paid_reference_by_reference on payout_paid_reference (reference, payout_id);
