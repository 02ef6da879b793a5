/** Methods that routes have at the path of this address; empty when there is no such path. */
export function allowedMethods(
  routes: readonly { method: string; path: string }[],
  address: string,
): string[] {
  const path = address.split('?', 1)[0] ?? '';
  const methods = routes.filter((route) => isAt(route.path, path)).map((route) => route.method);
  return [...new Set(methods)];
}

function isAt(pattern: string, path: string): boolean {
  const names = pattern.split('/');
  const parts = path.split('/');
  return (
    names.length === parts.length &&
    names.every((name, index) => name.startsWith(':') || name === parts[index])
  );
}
