import { Button, Group } from '@mantine/core';
import { Back } from './back.tsx';

interface FormActionsProps {
  /** Names the deed: "Make the key". */
  readonly confirm: string;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly pending: boolean;
}

/** The foot of a form in a dialog: away from it, or on with it. */
export function FormActions({ confirm, cancel, onCancel, pending }: FormActionsProps) {
  return (
    <Group justify="flex-end">
      <Back onClick={onCancel}>{cancel}</Back>
      <Button type="submit" loading={pending}>
        {confirm}
      </Button>
    </Group>
  );
}
