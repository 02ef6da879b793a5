/** Who a caller is. `owner` may do all; the others see the table below. */
export const roles = ['owner', 'operator', 'approver', 'viewer'] as const;
export type Role = (typeof roles)[number];

/**
 * What a route asks of its caller. `read`: look, with addresses masked. `operate`: import, prepare, pay, retry, cancel,
 * reconcile. `own`: keys and repairs of the books.
 */
export type Right = 'read' | 'operate' | 'own';

const granted = {
  owner: ['read', 'operate', 'own'],
  operator: ['read', 'operate'],
  approver: ['read'],
  viewer: ['read'],
} as const satisfies Record<Role, readonly Right[]>;

/** True when the role has the right; anything else is denied. */
export function may(role: Role, right: Right): boolean {
  return (granted[role] as readonly Right[]).includes(right);
}
