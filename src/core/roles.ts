/** Who a member of the team is. `owner` may do all; the others see the table below. */
export const roles = ['owner', 'operator', 'approver', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Whoever calls: a member of the team, or a payee, who sees nothing but what is theirs. */
export type CallerRole = Role | 'payee';

/**
 * What a route asks of its caller. `read`: look, with addresses masked. `operate`: import, prepare, pay, retry, cancel,
 * reconcile. `reveal`: see payout details in full. `approve`: approve, decline, mark paid. `own`: people, keys, settings and
 * repairs of the books. `self`: what belongs to the payee who calls.
 */
export type Right = 'read' | 'operate' | 'reveal' | 'approve' | 'own' | 'self';

const granted = {
  owner: ['read', 'operate', 'reveal', 'approve', 'own'],
  operator: ['read', 'operate', 'reveal'],
  approver: ['read', 'approve'],
  viewer: ['read'],
  payee: ['self'],
} as const satisfies Record<CallerRole, readonly Right[]>;

/** True when whoever has `role` has every right of `other`. */
export function covers(role: CallerRole, other: CallerRole): boolean {
  return granted[other].every((right) => may(role, right));
}

/** True when the role has the right; anything else is denied. */
export function may(role: CallerRole, right: Right): boolean {
  return (granted[role] as readonly Right[]).includes(right);
}
