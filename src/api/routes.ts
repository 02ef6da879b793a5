import { analyticsRoutes } from './analytics.ts';
import { approvalRoutes } from './approvals.ts';
import { waitingRoutes } from './approvals-waiting.ts';
import { auditRoutes } from './audit.ts';
import { scopeOf } from './access.ts';
import { batchRoutes } from './batches.ts';
import { batchSinceRoutes } from './batch-since.ts';
import { cycleRoutes } from './cycles.ts';
import { earningRoutes } from './earnings.ts';
import { eventRoutes } from './events.ts';
import { failuresRoutes } from './failures.ts';
import { floatRoutes } from './float.ts';
import { handTransferRoutes } from './hand-transfers.ts';
import { fxRateRoutes } from './fx-rates.ts';
import { inboxRoutes } from './inbox.ts';
import { importCheckRoutes } from './import-check.ts';
import { keyRoutes } from './keys.ts';
import { ledgerRoutes } from './ledger.ts';
import { leftOutRoutes } from './left-out-rows.ts';
import { legacyRoutes } from './legacy.ts';
import { outboxRoutes } from './outbox.ts';
import { ownMethodRoutes } from './own-methods.ts';
import { payAgainRoutes } from './pay-again.ts';
import { payeeSelfRoutes } from './payee-self.ts';
import { payeeOutlookRoutes } from './payee-outlook.ts';
import { payeeRoutes } from './payees.ts';
import { payoutExportRoutes } from './payout-export.ts';
import { payoutMethodRoutes } from './payout-methods.ts';
import { payoutRoutes } from './payouts.ts';
import { portalLinkRoutes } from './portal-link.ts';
import { previewRoutes } from './preview.ts';
import { providerAccountRoutes } from './provider-accounts.ts';
import { quoteRoutes } from './quotes.ts';
import { receiptRoutes } from './receipts.ts';
import { revealRoutes } from './reveal.ts';
import { meRoutes } from './me.ts';
import { peopleRoutes } from './people.ts';
import { requestRoutes } from './requests.ts';
import type { Route } from './route.ts';
import { sandboxRoutes } from './sandbox.ts';
import { searchRoutes } from './search.ts';
import { scheduleRoutes } from './schedules.ts';
import { statementRoutes } from './statements.ts';
import { settingsRoutes } from './settings.ts';
import { statusRoutes } from './status.ts';
import { submissionRoutes } from './submissions.ts';

/** Every route that takes a key; a test walks it with all roles. */
export const routes: readonly Route[] = [
  ...payeeRoutes,
  ...payeeOutlookRoutes,
  ...revealRoutes,
  ...earningRoutes,
  ...cycleRoutes,
  ...previewRoutes,
  ...batchRoutes,
  ...batchSinceRoutes,
  ...payoutRoutes,
  ...analyticsRoutes,
  ...payoutExportRoutes,
  ...statementRoutes,
  ...receiptRoutes,
  ...approvalRoutes,
  ...waitingRoutes,
  ...providerAccountRoutes,
  ...handTransferRoutes,
  ...quoteRoutes,
  ...fxRateRoutes,
  ...settingsRoutes,
  ...scheduleRoutes,
  ...statusRoutes,
  ...failuresRoutes,
  ...eventRoutes,
  ...inboxRoutes,
  ...searchRoutes,
  ...requestRoutes,
  ...floatRoutes,
  ...keyRoutes(() => scopes),
  ...ledgerRoutes,
  ...auditRoutes,
  ...portalLinkRoutes,
  ...outboxRoutes,
  ...payeeSelfRoutes,
  ...payAgainRoutes,
  ...ownMethodRoutes,
  ...payoutMethodRoutes,
  ...peopleRoutes,
  ...meRoutes,
  ...sandboxRoutes,
  ...submissionRoutes,
  ...legacyRoutes,
  ...importCheckRoutes,
  ...leftOutRoutes,
];

/** What a key can be limited to. */
const scopes: readonly string[] = [...new Set(routes.map((route) => scopeOf(route.path)))].toSorted();
