/** What dlerror() gives of musl (ldso/dynlink.c); errno as src/errno/__strerror.h words it. */
export const MUSL = {
  loading: (name: string, errno: string) => `Error loading shared library ${name}: ${errno}`,
  needed: (name: string, errno: string, by: string) =>
    `Error loading shared library ${name}: ${errno} (needed by ${by})`,
  notFound: (object: string, symbol: string) => `Error relocating ${object}: ${symbol}: symbol not found`,
  initialExec: (object: string, symbol: string, owner: string) =>
    `Error relocating ${object}: ${symbol}: initial-exec TLS resolves to dynamic definition in ${owner}`,
  relocation: (object: string, type: number) =>
    `Error relocating ${object}: unsupported relocation type ${type}`,
  /** Of a static program (src/ldso/dlopen.c). */
  noLoader: "Dynamic loading not supported",
} as const;

export const MUSL_ERRNO = {
  missing: "No such file or directory",
  denied: "Permission denied",
  folder: "Is a directory",
  format: "Exec format error",
  memory: "Out of memory",
  busy: "Resource busy",
  invalid: "Invalid argument",
} as const;
