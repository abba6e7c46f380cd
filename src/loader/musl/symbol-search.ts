import type { LoadedObject } from "../elf/loaded-object.ts";
import { obstacle, type Step } from "../step.ts";

/**
 * What happens when musl looks for a name in an object whose hash table it takes on trust (ldso/dynlink.c, sysv_lookup and
 * gnu_lookup); undefined if it survives that. It looks into every library that it opens.
 */
export function searchCrash(
  { symbols, name: path }: LoadedObject,
  name: string,
): Extract<Step, { kind: "obstacle" }> | undefined {
  const fault = symbols.fault(name);
  if (fault === undefined) return undefined;
  const who = path === "" ? "The host" : path;
  const cause =
    fault === "no-table"
      ? `${who} has neither DT_HASH nor DT_GNU_HASH, or its dynamic section has no content: musl reads a table that is not there.`
      : `The hash table of ${who} has no buckets: musl divides by zero.`;
  return obstacle({ outcome: "crash", check: "stray-address", message: null, cause });
}
