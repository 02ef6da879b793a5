import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnPayoutMethod } from '../client/types.ts';
import { methodsQuery } from './queries.ts';

/** A way to be paid in one line: "PayPal a***@example.com". */
export function useMethodName(): (method: Pick<OwnPayoutMethod, 'type' | 'destination'>) => string {
  const { t } = useTranslation();
  return ({ type, destination }) => `${t(`methods.type.${type}`, { defaultValue: type })} ${destination}`;
}

/** The method in use; undefined: there is none, or nobody knows yet. */
export function useMethodInUse(): OwnPayoutMethod | undefined {
  const { data } = useQuery(methodsQuery);
  return data?.data.find(({ isDefault }) => isDefault);
}
