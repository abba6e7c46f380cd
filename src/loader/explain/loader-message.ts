import type { MessageCheck } from "../check.ts";
import type { SubjectKind } from "../message-form.ts";

/** Who prints a message: Go's runtime and package plugin, or a system's dynamic loader. */
export type MessageLoader = "go" | "glibc" | "musl" | "dyld";

/** What a loader said, taken out of the text that a person or a log put around it. */
export interface LoaderMessage {
  readonly loader: MessageLoader;
  readonly check: MessageCheck;
  /** Whether the host is given an error, or its process ends. */
  readonly outcome: "refused" | "crash";
  /** The loader's own words, in one line. */
  readonly text: string;
  /** The plugin, as the host or the loader names it. package plugin leaves out `.so` in most of its texts. */
  readonly path?: string;
  readonly subject?: { readonly kind: SubjectKind; readonly name: string };
  /** Of a symbol: the version in which it is needed. */
  readonly version?: string;
  /** Of a symbol or version: the library, or plugin, that should define it. */
  readonly definer?: string;
  /** Of an architecture or platform that does not match: what the host needs. */
  readonly needed?: string;
  /** The loader's own reason: "Invalid argument". */
  readonly reason?: string;
  /** Of macOS: the later release that the file is built for, if dyld says so: "macOS 13.0". */
  readonly builtFor?: string;
  /** Of a library that is there, but is not taken: what dyld says of it. Its path is where the library is. */
  readonly because?: LoaderMessage;
  /** package plugin remembers a failure, and only repeats it when the file is opened again. */
  readonly previousFailure: boolean;
}
