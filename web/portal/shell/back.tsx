import { Anchor } from '@mantine/core';
import { PageLink } from '../page-link.tsx';

/** The way back to the list or page one came from. */
export function Back({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Anchor component={PageLink} to={to} className="portal-back no-print">
      <span aria-hidden="true">{'\u2190\u00A0'}</span>
      {children}
    </Anchor>
  );
}
