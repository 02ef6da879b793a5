import { z } from 'zod';
import { settleReturnedPart } from '../actions/settle-part.ts';
import { refuse } from '../core/refusal.ts';
import { bankPayoutsOf } from '../store/bank-payouts.ts';
import { findPayee } from '../store/payees.ts';
import { findPayout } from '../store/payouts.ts';
import { accountsOfPayee } from '../store/provider-accounts.ts';
import { payoutDetailsView } from '../wire/payouts.ts';
import { accountsView, presentAccount, settlePartBody } from '../wire/provider-accounts.ts';
import { anyId } from '../wire/text.ts';
import { payoutDetails } from './payout-view.ts';
import { teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

/** Accounts, and payments to the bank of each, that are shown of one payee. */
const accountsShown = 20;
const bankPayoutsShown = 20;

/** Payees' accounts at providers, and what of payments came back in part. */
export const providerAccountRoutes = [
  route({
    method: 'GET',
    path: '/payees/:id/provider-accounts',
    right: 'read',
    summary: 'Accounts a payee is paid through: whether they can be paid, and what reached the bank',
    answer: accountsView,
    refuses: ['payee_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const payee = await findPayee(deps.db, id);
      if (!payee) return refuse('payee_not_found', { payeeId: id });
      const accounts = [];
      for (const account of await accountsOfPayee(deps.db, payee.id, accountsShown)) {
        const payouts = await bankPayoutsOf(deps.db, account.id, bankPayoutsShown);
        accounts.push(presentAccount(account, payouts, teamLanguageIn(deps)));
      }
      return ok({ accounts });
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/settle-part',
    right: 'approve',
    stepUp: true,
    summary: 'Decides about the part of a completed payout that came back: paid again, or kept',
    answer: payoutDetailsView,
    refuses: [
      'payout_not_found',
      'nothing_came_back',
      'part_differs',
      'part_not_owed',
      'part_recovered',
      'earning_differs',
    ],
    body: settlePartBody,
    async handle(deps, { body }) {
      const settled = await settleReturnedPart(deps, body);
      if (!settled.ok) return settled;
      const payout = await findPayout(deps.db, settled.value.payoutId);
      if (!payout) throw new Error('a payout that was settled is gone');
      return ok(await payoutDetails(deps, payout));
    },
  }),
];
