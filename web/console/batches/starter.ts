import i18next from 'i18next';

/** Who started a batch, in words where it was no person. */
export function starter(name: string): string {
  return i18next.t(`machine.${name}`, { ns: 'console', defaultValue: name, nsSeparator: false });
}
