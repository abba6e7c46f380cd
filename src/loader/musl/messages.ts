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

/** What dlerror() returns of musl (ldso/dynlink.c; src/ldso/dlopen.c if the host is static; src/ldso/dlsym.c). */
export const MUSL = {
  needed: {
    check: "missing-library",
    words: "Error loading shared library {library}: {reason} (needed by {path})",
    subject: "library",
  },
  ...LOADING,
  initialExec: {
    check: "static-tls",
    words: "Error relocating {path}: {symbol}: initial-exec TLS resolves to dynamic definition",
    suffix: " in {definer}",
    subject: "symbol",
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
  /** Of dlsym: the host asked for it by name. */
  symbolNotFound: { check: "undefined-symbol", words: "Symbol not found: {symbol}", subject: "symbol" },
  noLoader: { check: "no-loader", words: "Dynamic loading not supported" },
} as const satisfies Readonly<Record<string, MessageForm>>;

export function muslLoading(path: string, errno: MuslErrno): string {
  return filled(LOADING[errno], { path });
}
