/**
 * First parts of the import paths of Go's standard library (`go list std`, Go 1.8 to 1.27). A module's path has a dot
 * in its first part if it can be downloaded (Go Modules Reference, "Module paths").
 */
const standard: ReadonlySet<string> = new Set(
  (
    "archive bufio bytes cmd cmp compress container context crypto database debug embed encoding errors expvar flag " +
    "fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime " +
    "simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak"
  ).split(" "),
);

/** Whether a package is part of Go itself: then no module can be to blame for its hash. */
export function isStandardPackage(importPath: string): boolean {
  const [first = ""] = importPath.split("/");
  return standard.has(first);
}

/** The packages that are checked before all others, since everything imports them: they differ when everything does. */
export function isFirstPackage(importPath: string): boolean {
  return [
    "internal/goarch",
    "internal/unsafeheader",
    "internal/goos",
    "internal/cpu",
    "internal/abi",
  ].includes(importPath);
}
