import { lazy } from 'react';

// The drawing library is larger than everything else together; it comes with the first chart.
export const StackedBars = lazy(async () => ({ default: (await import('./pictures.tsx')).StackedBars }));
export const Bars = lazy(async () => ({ default: (await import('./pictures.tsx')).Bars }));
export const Line = lazy(async () => ({ default: (await import('./pictures.tsx')).Line }));
