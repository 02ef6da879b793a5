import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { theme, variables } from '../ui/theme.ts';
import '../ui/base.css';
import { queries } from './api.ts';
import { type Language, startTexts } from './i18n.ts';
import { LostNote } from './lost-note.tsx';
import { takeStyles } from './styles.ts';
import { StepUpDialog } from './step-up.tsx';
import { Toasts } from './toasts.tsx';

/** The nonce of this answer's policy: styles that are made while the page runs carry it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** Draws the pages once their texts are there. */
export async function showPages(
  pages: ReactNode,
  areas: readonly string[],
  offered: readonly Language[],
): Promise<void> {
  await Promise.all([startTexts(areas, offered), takeStyles()]);
  const root = document.querySelector('#root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <Kit>
        <QueryClientProvider client={queries}>
          <Toasts />
          <StepUpDialog />
          {pages}
          <LostNote />
        </QueryClientProvider>
      </Kit>
    </StrictMode>,
  );
}

/** The kit with its own few words in the reader's language. */
function Kit({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('common');
  const spoken = { components: { CloseButton: { defaultProps: { 'aria-label': t('close') } } } };
  return (
    <MantineProvider
      theme={mergeThemeOverrides(theme, spoken)}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
