import { isObject } from "../../../../shared/json";

/** For tests: how often work looks into a value, which is what its time grows with. Throws past `most`. */
export function countReads<Value extends object>(
  value: Value,
  work: (watched: Value) => unknown,
  most = Infinity,
): number {
  let reads = 0;
  const seen = new WeakMap<object, object>();
  const watched = (one: object): object => {
    const known = seen.get(one) ?? new Proxy(one, { get, ownKeys, has });
    seen.set(one, known);
    return known;
  };
  const count = () => {
    reads += 1;
    if (reads > most) throw new Error(`More than ${most} reads.`);
  };
  const get = (target: object, key: PropertyKey): unknown => {
    count();
    const found: unknown = Reflect.get(target, key);
    return isObject(found) || Array.isArray(found) ? watched(found) : found;
  };
  const has = (target: object, key: PropertyKey) => (count(), Reflect.has(target, key));
  const ownKeys = (target: object) => {
    const keys = Reflect.ownKeys(target);
    reads += keys.length;
    return keys;
  };
  work(watched(value) as Value);
  return reads;
}
