import { RouterProvider } from '@tanstack/react-router';
import { chooseAtDoor, tellDoor } from './door-language.ts';
import { showPages } from '../app/pages.tsx';
import './portal.css';
import { router } from './routes.tsx';
import { Gate } from './shell/gate.tsx';

chooseAtDoor();

await showPages(
  <Gate>
    <RouterProvider router={router} />
  </Gate>,
  ['portal', 'common'],
  ['en', 'fr', 'ht'],
);
tellDoor();
