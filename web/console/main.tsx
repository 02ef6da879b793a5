import { RouterProvider } from '@tanstack/react-router';
import { showPages } from '../app/pages.tsx';
import { Gate } from './access/gate.tsx';
import { router } from './routes.tsx';

/** All of them at once: texts that come late would take the page, and the focus in it, away while they load. The log has more of them than any page and loads them with itself. */
const areas = [
  'console',
  'common',
  'account',
  'approvals',
  'batches',
  'cycles',
  'developers',
  'float',
  'import',
  'left-out',
  'inbox',
  'numbers',
  'payees',
  'payouts',
  'people',
];

await showPages(
  <Gate>
    <RouterProvider router={router} />
  </Gate>,
  areas,
  ['en', 'fr'],
);
