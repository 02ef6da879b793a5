import { RouterProvider } from '@tanstack/react-router';
import { showPages } from '../app/pages.tsx';
import { Gate } from './access/gate.tsx';
import { router } from './routes.tsx';

await showPages(
  <Gate>
    <RouterProvider router={router} />
  </Gate>,
  ['console', 'common'],
  ['en', 'fr'],
);
