/** The checks of dyld (apple-oss-distributions/dyld: mach_o/, dyld/Loader.cpp) and the kernel's of code signatures, named by what is wrong. */
export type DyldCheck =
  | "not-mach-o"
  | "architecture"
  | "missing-slice"
  | "universal-header"
  | "platform"
  | "truncated-segment"
  | "segment"
  | "load-command"
  | "mach-o-file-type"
  | "unsigned"
  | "signature"
  | "library-validation"
  | "missing-dylib"
  | "missing-symbol";
