import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CrossIcon } from '../shell/icons.tsx';
import type { OwnPayoutDetails } from '../../client/types.ts';
import { stepsOf } from './look.ts';

const signs = {
  done: <CheckIcon />,
  bad: <CrossIcon />,
  over: <CrossIcon />,
  now: null,
  next: null,
} as const;

/** Requested, approved, on its way, paid; of a run earned, prepared, on its way, paid; or where it truly ended. Never by color alone. */
export function Steps({ payout }: { readonly payout: Pick<OwnPayoutDetails, 'status' | 'kind'> }) {
  const { t } = useTranslation();
  return (
    <ol className="portal-steps" aria-label={t('steps.title')}>
      {stepsOf(payout).map(({ key, look }) => (
        <li
          key={key}
          className="portal-step"
          data-look={look}
          aria-current={look === 'done' || look === 'next' ? undefined : 'step'}
        >
          <span className="portal-dot">{signs[look]}</span>
          <span>
            {t(`steps.${key}`)}
            <VisuallyHidden>{`, ${t(`steps.look_${look}`)}`}</VisuallyHidden>
          </span>
        </li>
      ))}
    </ol>
  );
}
