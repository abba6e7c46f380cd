import { compiled } from "./form.ts";

/** musl's words (ldso/dynlink.c: load_deps, do_relocs, dlopen; src/ldso/dlopen.c where the host is static). */
export const muslForms = compiled("musl", [
  {
    check: "missing-library",
    words: "Error loading shared library {library}: No such file or directory (needed by {path})",
    subject: "library",
  },
  // A library that is there, and is none that musl takes.
  {
    check: "missing-library",
    words: "Error loading shared library {library}: {reason} (needed by {path})",
    subject: "library",
  },
  { check: "executable", words: "Error loading shared library {path}: Resource busy" },
  { check: "not-a-file", words: "Error loading shared library {path}: Is a directory" },
  {
    check: "missing-file",
    words: "Error loading shared library {path}: No such file or directory",
  },
  {
    check: "no-dynamic-section",
    words: "Error loading shared library {path}: Exec format error",
  },
  { check: "no-segments", words: "Error loading shared library {path}: Out of memory" },
  { check: "no-permission", words: "Error loading shared library {path}: Permission denied" },
  {
    check: "static-tls",
    words: "Error relocating {path}: {symbol}: initial-exec TLS resolves to dynamic definition",
    subject: "symbol",
  },
  {
    check: "undefined-symbol",
    words: "Error relocating {path}: {symbol}: symbol not found",
    subject: "symbol",
  },
  {
    check: "relocation-type",
    words: "Error relocating {path}: unsupported relocation type {type}",
    subject: "relocation-type",
  },
  { check: "undefined-symbol", words: "Symbol not found: {symbol}", subject: "symbol" },
  { check: "no-loader", words: "Dynamic loading not supported" },
]);
