import { showPages } from '../app/pages.tsx';

await showPages(null, ['portal', 'common'], ['en', 'fr', 'ht']);
