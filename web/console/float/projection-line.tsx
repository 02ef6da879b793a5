import { useTranslation } from 'react-i18next';
import { axisFigure, money } from '../../app/format.ts';
import { Line } from '../../ui/line.tsx';
import { ticksOf } from '../../ui/ticks.ts';
import type { Account } from './float-query.ts';
import { daysOf, dayWords, drawn } from './projection.ts';

interface ProjectionLineProps {
  readonly account: Account;
  /** What is there now. Minor units. */
  readonly there: bigint;
}

/** What is left in an account, day by day: every run is a step down, and below zero it is short. */
export function ProjectionLine({ account: { projection, currency }, there }: ProjectionLineProps) {
  const { t, i18n } = useTranslation('float');
  const days = daysOf(projection, there).map(({ day, left }) => ({
    name: dayWords(day, i18n.language),
    left,
  }));
  const points = [{ name: t('projection.now'), left: there }, ...days].map(({ name, left }) => ({
    name,
    value: drawn(left, currency),
    words: [money(left, currency)],
  }));
  return (
    <Line
      points={points}
      ticks={ticksOf(points.map(({ value }) => value))}
      color="sea.6"
      format={axisFigure}
      inSteps
      zeroIsEdge
    />
  );
}
