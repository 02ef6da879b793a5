import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ComponentProps, FunctionComponent } from 'react';

/** Addresses of the portal, below /portal. */
export const places = {
  home: '/',
  request: '/request',
  schedule: '/schedule',
  payouts: '/payouts',
  payout: (id: string) => `/payouts/${encodeURIComponent(id)}`,
  fix: (id: string) => `/payouts/${encodeURIComponent(id)}/fix`,
  receipt: (id: string) => `/payouts/${encodeURIComponent(id)}/receipt`,
  methods: '/methods',
  addMethod: '/methods/add',
  profile: '/profile',
} as const;

interface PageLinkProps extends ComponentProps<'a'> {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** A link within the portal. The router's own is typed by the console's addresses, of which there can be one set only. */
export const PageLink = Link as unknown as FunctionComponent<PageLinkProps>;

/** Goes to an address of the portal. */
export function useGo(): (to: string) => void {
  const navigate = useNavigate();
  return (to) => void navigate({ to } as Parameters<typeof navigate>[0]);
}

/** The payout whose page this is. */
export function usePayoutId(): string {
  const { payoutId = '' } = useParams({ strict: false });
  return payoutId;
}
