import { FormatError } from "../object/format-error.ts";
import { unknown, type Fact } from "./fact.ts";

/** What `read` finds; if the file breaks its own format there, that is why the fact is unknown. */
export function guarded<T>(read: () => Fact<T>): Fact<T> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return unknown(error.message);
  }
}
