import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImportRow } from '../../client/types.ts';

interface CellInputProps {
  readonly text: string;
  /** Column and line, for who cannot see where it stands. */
  readonly name: string;
  readonly errors: ImportRow['errors'];
  /** Stands above it where no head of a column does. */
  readonly label?: string;
  /** The row is shifted: every cell of it may have to be set right. */
  readonly open: boolean;
  readonly onText: (text: string) => void;
}

/** A cell of a file. Where something is wrong it is a field: what is wrong and how to mend it stand below. */
export function CellInput({ text, name, errors, label, open, onText }: CellInputProps) {
  const [typed, setTyped] = useState(text);
  // What was once wrong stays a field: mended, it does not go away under the fingers.
  const [wasWrong] = useState(errors.length > 0);
  if (errors.length === 0 && !open && !wasWrong)
    return (
      <Text component="span" display="block" size="sm" w="max-content" maw={220} className="anywhere">
        {text}
      </Text>
    );
  const commit = () => {
    if (typed !== text) onText(typed);
  };
  return (
    <TextInput
      aria-label={name}
      {...(label === undefined ? { miw: 120, maw: 220 } : { label })}
      value={typed}
      error={errors.length === 0 ? undefined : <Wrong errors={errors} />}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}

function Wrong({ errors }: Pick<CellInputProps, 'errors'>) {
  return errors.map(({ code, error, howToFix }) => (
    <span key={code}>
      {error}
      <Text component="span" size="xs" c="dimmed" display="block">
        {howToFix}
      </Text>
    </span>
  ));
}
