import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readFilters } from '../app/filters.ts';
import { HomePage } from './home/home-page.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageTrouble } from './shell/page-trouble.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: readFilters });

/** A page at an address below /portal, loaded when it is first opened. */
function page(path: string, component: ReturnType<typeof lazyRouteComponent>) {
  return createRoute({ getParentRoute: () => root, path, component });
}

const pages = [
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  page(
    '/request',
    lazyRouteComponent(() => import('./request/request-page.tsx'), 'RequestPage'),
  ),
  page(
    '/schedule',
    lazyRouteComponent(() => import('./schedule/schedule-page.tsx'), 'SchedulePage'),
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
    '/payouts/$payoutId/fix',
    lazyRouteComponent(() => import('./payouts/fix-page.tsx'), 'FixPage'),
  ),
  page(
    '/payouts/$payoutId/receipt',
    lazyRouteComponent(() => import('./payouts/receipt-page.tsx'), 'ReceiptPage'),
  ),
  page(
    '/methods',
    lazyRouteComponent(() => import('./methods/methods-page.tsx'), 'MethodsPage'),
  ),
  page(
    '/methods/add',
    lazyRouteComponent(() => import('./methods/add-page.tsx'), 'AddMethodPage'),
  ),
  page(
    '/profile',
    lazyRouteComponent(() => import('./profile/profile-page.tsx'), 'ProfilePage'),
  ),
];

export const router = createRouter({
  routeTree: root.addChildren(pages),
  basepath: '/portal',
  defaultErrorComponent: PageTrouble,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
