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
  fontFamily:
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, system-ui, sans-serif',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.65rem' }, h2: { fontSize: '1.2rem' }, h3: { fontSize: '1rem' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Notification: { defaultProps: { withBorder: true } },
    Badge: { defaultProps: { tt: 'none', fw: 600, radius: 'sm' } },
    // The head of a dialog is no banner of the page.
    Modal: {
      defaultProps: { attributes: { header: { role: 'none' } }, centered: true },
      styles: { title: { fontWeight: 650, fontSize: '1.1rem' } },
    },
    Drawer: {
      defaultProps: { attributes: { header: { role: 'none' } } },
      styles: { title: { fontWeight: 650, fontSize: '1.1rem' } },
    },
  },
});

/** Words on a pale ground of their own color. */
const lightLabels = {
  '--mantine-color-teal-light-color': '#056b4c',
  '--mantine-color-orange-light-color': '#9a3a06',
  '--mantine-color-red-light-color': '#b02020',
  '--mantine-color-teal-light': '#e6f8f1',
  '--mantine-color-orange-light': '#fff3e3',
  '--mantine-color-red-light': '#fff0f0',
};
/** The same in the dark: a breath of the color, no slab of it. */
const darkLabels = {
  '--mantine-color-anchor': '#86bbd8',
  '--mantine-color-sea-light': 'rgba(116, 173, 203, 0.18)',
  '--mantine-color-sea-light-hover': 'rgba(116, 173, 203, 0.26)',
  '--mantine-color-sea-light-color': '#b9d9ea',
  '--mantine-color-gray-light': 'rgba(255, 255, 255, 0.1)',
  '--mantine-color-gray-light-color': '#d5d5d5',
  '--mantine-color-grape-light': 'rgba(190, 75, 219, 0.18)',
  '--mantine-color-grape-light-color': '#e5a8f5',
  '--mantine-color-teal-light': 'rgba(18, 184, 134, 0.14)',
  '--mantine-color-orange-light': 'rgba(253, 126, 20, 0.14)',
  '--mantine-color-red-light': 'rgba(250, 82, 82, 0.14)',
  '--mantine-color-teal-light-color': '#63e6be',
  '--mantine-color-orange-light-color': '#ffc078',
  '--mantine-color-red-light-color': '#ffa8a8',
};

/** Quiet words stay readable: 4.5 to 1 at least (WCAG 1.4.3). */
export const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: { '--mantine-color-dimmed': colors.gray[7], '--mantine-color-error': colors.red[9], ...lightLabels },
  dark: {
    '--mantine-color-dimmed': colors.dark[1],
    '--mantine-color-error': colors.red[4],
    ...darkLabels,
  },
});
