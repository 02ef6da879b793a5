/** Facts that were kept do not have what is asked of them: another version wrote them. */
class NotThere extends Error {}

/** The same facts, of which nothing that is missing can be read: it throws instead of becoming "undefined" in a sentence. */
export function whole<Facts extends object>(facts: Facts): Facts {
  return new Proxy(facts, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key);
      if (value === undefined) throw new NotThere(`there is no ${String(key)}`);
      return typeof value === 'object' && value !== null ? whole(value) : value;
    },
  });
}
