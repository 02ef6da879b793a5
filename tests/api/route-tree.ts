/** The routes of a printed tree, `GET /api/admin/cycles`: a line adds to the address of the line it hangs under. */
export function readTree(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    const address = `${depth === 0 ? '' : above[depth - 1]}${part}`;
    above[depth] = address;
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${address}`);
  });
}
