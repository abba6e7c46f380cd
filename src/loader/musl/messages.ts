import { filled, type MessageForm } from "../message-form.ts";

/** What errno means in musl (src/errno/__strerror.h). */
export const MUSL_ERRNO = {
  missing: "No such file or directory",
  denied: "Permission denied",
  folder: "Is a directory",
  format: "Exec format error",
  memory: "Out of memory",
  busy: "Resource busy",
  invalid: "Invalid argument",
} as const;

export type MuslErrno = keyof typeof MUSL_ERRNO;

const loading = "Error loading shared library {path}: ";

/** The plugin itself cannot be loaded. musl prints no more than what errno means: one text for several checks. */
const LOADING = {
  missing: { check: "missing-file", words: `${loading}${MUSL_ERRNO.missing}` },
  denied: { check: "no-permission", words: `${loading}${MUSL_ERRNO.denied}` },
  folder: { check: "not-a-file", words: `${loading}${MUSL_ERRNO.folder}` },
  format: { check: "no-dynamic-section", words: `${loading}${MUSL_ERRNO.format}` },
  memory: { check: "no-segments", words: `${loading}${MUSL_ERRNO.memory}` },
  busy: { check: "executable", words: `${loading}${MUSL_ERRNO.busy}` },
  invalid: { check: "program-headers", words: `${loading}${MUSL_ERRNO.invalid}` },
} as const satisfies Readonly<Record<MuslErrno, MessageForm>>;

/** What dlerror() returns of musl 1.1.0 to 1.2.5 (ldso/dynlink.c, until 1.1.16 src/ldso/dynlink.c; src/ldso/dlopen.c if the host is static; src/ldso/dlsym.c). */
export const MUSL = {
  needed: {
    check: "missing-library",
    words: "Error loading shared library {library}: {reason} (needed by {path})",
    subject: "library",
  },
  ...LOADING,
  /** Any other errno: of the system, and not of the file. */
  loadingSystem: { check: "system-call", words: `${loading}{reason}` },
  initialExec: {
    check: "static-tls",
    words: "Error relocating {path}: {symbol}: initial-exec TLS resolves to dynamic definition",
    suffix: " in {definer}",
    subject: "symbol",
  },
  /** A relocation without a symbol: musl prints the name that it looked up before, or none (do_relocs). */
  initialExecUnnamed: {
    check: "static-tls",
    words: "Error relocating {path}: : initial-exec TLS resolves to dynamic definition",
    suffix: " in {definer}",
  },
  descriptor: {
    check: "out-of-memory",
    words: "Error relocating {path}: cannot allocate TLSDESC for {symbol}",
    subject: "symbol",
  },
  protection: {
    check: "memory-protection",
    words: "Error relocating {path}: RELRO protection failed: {reason}",
  },
  notFound: {
    check: "undefined-symbol",
    words: "Error relocating {path}: {symbol}: symbol not found",
    subject: "symbol",
  },
  relocation: {
    check: "relocation-type",
    words: "Error relocating {path}: unsupported relocation type {type}",
    subject: "relocation-type",
  },
  dependencies: { check: "out-of-memory", words: "Error loading dependencies for {path}" },
  recorded: { check: "out-of-memory", words: "Error recording dependencies for {path}" },
  functions: { check: "out-of-memory", words: "Error allocating function descriptors for {path}" },
  lazy: { check: "out-of-memory", words: "Error preparing lazy relocation for {path}: {reason}" },
  constructors: { check: "out-of-memory", words: "Error allocating constructor queue: {reason}" },
  exiting: { check: "host-call", words: "Cannot dlopen while program is exiting." },
  notLoaded: { check: "host-call", words: "Library {path} is not already loaded" },
  /** Of dlsym: the host asked for it by name. */
  symbolNotFound: { check: "undefined-symbol", words: "Symbol not found: {symbol}", subject: "symbol" },
  noLoader: { check: "no-loader", words: "Dynamic loading not supported" },
} as const satisfies Readonly<Record<string, MessageForm>>;

export function muslLoading(path: string, errno: MuslErrno): string {
  return filled(LOADING[errno], { path });
}
