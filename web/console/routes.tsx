import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { plainSearch, readFilters } from '../app/filters.ts';
import { loadTexts } from '../app/i18n.ts';
import { NotFound } from './shell/not-found.tsx';
import { PageTrouble } from './shell/page-trouble.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: readFilters });

/** A page at an address, loaded when it is first opened. */
function page<Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) {
  return createRoute({ getParentRoute: () => root, path, component });
}

const pages = [
  page(
    '/',
    lazyRouteComponent(() => import('./inbox/inbox-page.tsx'), 'InboxPage'),
  ),
  page(
    '/status',
    lazyRouteComponent(() => import('./status/status-page.tsx'), 'StatusPage'),
  ),
  page(
    '/cycles',
    lazyRouteComponent(() => import('./cycles/cycles-page.tsx'), 'CyclesPage'),
  ),
  page(
    '/cycles/$cycleId',
    lazyRouteComponent(() => import('./cycles/cycle-page.tsx'), 'CyclePage'),
  ),
  page(
    '/batches/$batchId',
    lazyRouteComponent(() => import('./batches/batch-page.tsx'), 'BatchPage'),
  ),
  page(
    '/payouts',
    lazyRouteComponent(() => import('./payouts/payouts-page.tsx'), 'PayoutsPage'),
  ),
  page(
    '/payouts/$payoutId',
    lazyRouteComponent(() => import('./payouts/payout-page.tsx'), 'PayoutPage'),
  ),
  page(
    '/payouts/$payoutId/receipt',
    lazyRouteComponent(() => import('./payouts/receipt-page.tsx'), 'ReceiptPage'),
  ),
  page(
    '/approvals',
    lazyRouteComponent(() => import('./approvals/approvals-page.tsx'), 'ApprovalsPage'),
  ),
  page(
    '/approvals/by-hand',
    lazyRouteComponent(() => import('./approvals/hand-transfers-page.tsx'), 'HandTransfersPage'),
  ),
  page(
    '/payees',
    lazyRouteComponent(() => import('./payees/payees-page.tsx'), 'PayeesPage'),
  ),
  page(
    '/payees/$payeeId',
    lazyRouteComponent(() => import('./payees/payee-page.tsx'), 'PayeePage'),
  ),
  page(
    '/import',
    lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
  ),
  page(
    '/float',
    lazyRouteComponent(() => import('./float/float-page.tsx'), 'FloatPage'),
  ),
  page(
    '/numbers',
    lazyRouteComponent(() => import('./numbers/numbers-page.tsx'), 'NumbersPage'),
  ),
  page(
    '/audit',
    lazyRouteComponent(async () => {
      const [found] = await Promise.all([import('./audit/audit-page.tsx'), loadTexts('audit')]);
      return found;
    }, 'AuditPage'),
  ),
  page(
    '/developers',
    lazyRouteComponent(() => import('./developers/developers-page.tsx'), 'DevelopersPage'),
  ),
  page(
    '/settings',
    lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
  ),
  page(
    '/people',
    lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
  ),
];

export const router = createRouter({
  routeTree: root.addChildren(pages),
  ...plainSearch,
  defaultErrorComponent: PageTrouble,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
