import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '../../app/live.ts';

/** Says whether what is shown changes by itself at once, or is asked for now and then. */
export function LiveMark({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`shell.${state}Hint`)}>
      <Badge variant="dot" color={state === 'live' ? 'teal' : 'gray'} visibleFrom="sm">
        {t(`shell.${state}`)}
      </Badge>
    </Tooltip>
  );
}
