import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep water: what can be acted on. */
const sea: MantineColorsTuple = [
  '#e8f4f9',
  '#d3e5ee',
  '#a5cadd',
  '#74adcb',
  '#4d94bc',
  '#3485b2',
  '#257dae',
  '#156b98',
  '#0b5f88',
  '#0b4f6c',
];

/** Look of console and portal. Every control is at least 44 px high where a finger may be used. */
export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 7 },
  colors: { sea },
  autoContrast: true,
  luminanceThreshold: 0.38,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.65rem' }, h2: { fontSize: '1.2rem' }, h3: { fontSize: '1rem' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** Quiet words stay readable: 4.5 to 1 at least (WCAG 1.4.3). */
export const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: { '--mantine-color-dimmed': colors.gray[7], '--mantine-color-error': colors.red[9] },
  dark: { '--mantine-color-dimmed': colors.dark[1], '--mantine-color-error': colors.red[4] },
});
