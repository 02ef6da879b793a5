import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { readFilters } from '../app/filters.ts';
import { lazyPage } from '../app/lazy-page.ts';
import { PageTrouble } from '../app/page-trouble.tsx';
import { PageWaiting } from '../app/page-waiting.tsx';
import { HomePage } from './home/home-page.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: readFilters });

/** A page at an address below /portal, loaded when it is first opened. */
function page(path: string, component: ReturnType<typeof lazyPage>) {
  return createRoute({ getParentRoute: () => root, path, component });
}

const pages = [
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  page(
    '/request',
    lazyPage(() => import('./request/request-page.tsx'), 'RequestPage'),
  ),
  page(
    '/schedule',
    lazyPage(() => import('./schedule/schedule-page.tsx'), 'SchedulePage'),
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
    '/payouts/$payoutId/fix',
    lazyPage(() => import('./payouts/fix-page.tsx'), 'FixPage'),
  ),
  page(
    '/payouts/$payoutId/receipt',
    lazyPage(() => import('./payouts/receipt-page.tsx'), 'ReceiptPage'),
  ),
  page(
    '/methods',
    lazyPage(() => import('./methods/methods-page.tsx'), 'MethodsPage'),
  ),
  page(
    '/methods/add',
    lazyPage(() => import('./methods/add-page.tsx'), 'AddMethodPage'),
  ),
  page(
    '/profile',
    lazyPage(() => import('./profile/profile-page.tsx'), 'ProfilePage'),
  ),
];

/** How long a page may be on its way before its place says so: what comes at once does not flicker. */
const waitMs = 200;

export const router = createRouter({
  routeTree: root.addChildren(pages),
  basepath: '/portal',
  defaultErrorComponent: PageTrouble,
  defaultPendingComponent: PageWaiting,
  defaultPendingMs: waitMs,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
