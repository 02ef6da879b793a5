import { type ComponentType, lazy, Suspense } from 'react';

/**
 * A part that is loaded when it is first shown, such as a dialog. What stands around it stays as it is meanwhile; without a
 * boundary of its own it would take the whole page away.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function Later(props: Props) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}
