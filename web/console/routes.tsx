import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { plainSearch, readFilters } from '../app/filters.ts';
import { loadTexts } from '../app/i18n.ts';
import { lazyPage } from '../app/lazy-page.ts';
import { PageTrouble } from '../app/page-trouble.tsx';
import { PageWaiting } from '../app/page-waiting.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: readFilters });

/** A page at an address, loaded when it is first opened. */
function page<Path extends string>(path: Path, component: ReturnType<typeof lazyPage>) {
  return createRoute({ getParentRoute: () => root, path, component });
}

const pages = [
  page(
    '/',
    lazyPage(() => import('./inbox/inbox-page.tsx'), 'InboxPage'),
  ),
  page(
    '/status',
    lazyPage(
      () => import('./status/status-page.tsx').then(async (found) => loadTexts('status').then(() => found)),
      'StatusPage',
    ),
  ),
  page(
    '/cycles',
    lazyPage(() => import('./cycles/cycles-page.tsx'), 'CyclesPage'),
  ),
  page(
    '/cycles/$cycleId',
    lazyPage(() => import('./cycles/cycle-page.tsx'), 'CyclePage'),
  ),
  page(
    '/batches/$batchId',
    lazyPage(() => import('./batches/batch-page.tsx'), 'BatchPage'),
  ),
  page(
    '/payouts',
    lazyPage(() => import('./payouts/payouts-page.tsx'), 'PayoutsPage'),
  ),
  page(
    '/payouts/$payoutId',
    lazyPage(() => import('./payouts/payout-page.tsx'), 'PayoutPage'),
  ),
  page(
    '/payouts/$payoutId/receipt',
    lazyPage(() => import('./payouts/receipt-page.tsx'), 'ReceiptPage'),
  ),
  page(
    '/approvals',
    lazyPage(() => import('./approvals/approvals-page.tsx'), 'ApprovalsPage'),
  ),
  page(
    '/approvals/by-hand',
    lazyPage(() => import('./approvals/hand-transfers-page.tsx'), 'HandTransfersPage'),
  ),
  page(
    '/payees',
    lazyPage(() => import('./payees/payees-page.tsx'), 'PayeesPage'),
  ),
  page(
    '/payees/$payeeId',
    lazyPage(() => import('./payees/payee-page.tsx'), 'PayeePage'),
  ),
  page(
    '/import',
    lazyPage(() => import('./import/import-page.tsx'), 'ImportPage'),
  ),
  page(
    '/float',
    lazyPage(() => import('./float/float-page.tsx'), 'FloatPage'),
  ),
  page(
    '/numbers',
    lazyPage(() => import('./numbers/numbers-page.tsx'), 'NumbersPage'),
  ),
  page(
    '/audit',
    lazyPage(
      () =>
        import('./audit/audit-page.tsx').then(async (found) =>
          loadTexts('audit', 'settings').then(() => found),
        ),
      'AuditPage',
    ),
  ),
  page(
    '/developers',
    lazyPage(() => import('./developers/developers-page.tsx'), 'DevelopersPage'),
  ),
  page(
    '/settings',
    lazyPage(
      () =>
        import('./settings/settings-page.tsx').then(async (found) => loadTexts('settings').then(() => found)),
      'SettingsPage',
    ),
  ),
  page(
    '/people',
    lazyPage(() => import('./people/people-page.tsx'), 'PeoplePage'),
  ),
  page(
    '/account',
    lazyPage(() => import('./account/account-page.tsx'), 'AccountPage'),
  ),
];

/** How long a page may be on its way before its place says so: what comes at once does not flicker. */
const waitMs = 200;

export const router = createRouter({
  routeTree: root.addChildren(pages),
  ...plainSearch,
  defaultErrorComponent: PageTrouble,
  defaultPendingComponent: PageWaiting,
  defaultPendingMs: waitMs,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
