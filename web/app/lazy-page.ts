import { type ComponentType, createElement, type ReactElement, use } from 'react';

/** What a router takes: a component that it can have loaded before it is drawn. */
interface LazyPage {
  (): ReactElement | null;
  preload(): Promise<void>;
}

const forgetters = new Set<() => void>();

/** What could not be loaded is loaded again when it is drawn again. */
export function forgetMissing(): void {
  for (const forget of forgetters) forget();
}

/**
 * A page whose script is loaded when it is first opened. When that fails the page itself throws, to be shown in its place; nothing
 * is left because somebody pointed at a link while there was no network.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): LazyPage {
  let page: ComponentType | undefined;
  let failure: { readonly error: unknown } | undefined;
  let loading: Promise<void> | undefined;
  const start = async () => {
    try {
      page = (await load())[name];
    } catch (error) {
      failure = { error };
    }
  };
  const forget = () => {
    if (failure !== undefined) loading = undefined;
    failure = undefined;
  };
  forgetters.add(forget);
  const once = () => (loading ??= start());
  const now = () => ({ page, failure });
  const Lazy = () => {
    const { page: drawn, failure: failed } = now();
    if (failed !== undefined) throw failed.error;
    if (drawn !== undefined) return createElement(drawn);
    use(once());
    return null;
  };
  const preload = () => {
    forget();
    return once();
  };
  return Object.assign(Lazy, { preload });
}

/** True when a script of a page could not be loaded: no network, no server, or one with newer pages. Browsers have no code for it. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|preload css/i.test(error.message)
  );
}
