/** The variables that decide what code is built, as build info records them (Go: src/cmd/go/internal/load/pkg.go, setBuildInfo). */
const deciding = [
  "CGO_ENABLED",
  "GO386",
  "GOAMD64",
  "GOARM",
  "GOARM64",
  "GOFIPS140",
  "GOMIPS",
  "GOMIPS64",
  "GOPPC64",
  "GORISCV64",
  "GOWASM",
] as const;

/** A manifest's `build_settings`. @param environment of `go env`, or of a file's build info. */
export function goSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    deciding.flatMap((name) => {
      const value = environment[name] ?? "";
      // Only what is on is recorded.
      return value === "" || (name === "GOFIPS140" && value === "off") ? [] : [[name, value]];
    }),
  );
}

/** Go has no profiles. A build without optimizations, which debuggers ask for, is called debug, as Cargo calls it. */
export function goProfile(flags: readonly string[]): "debug" | "release" {
  return flags.some((flag) => /^-gcflags=all=(?:.* )?-N(?: |$)/.test(flag)) ? "debug" : "release";
}

/** The build mode among a manifest's flags; a program needs none (`go help buildmode`). @param mode undefined for the default. */
export function modeFlags(mode: string | undefined): readonly string[] {
  return mode === undefined || mode === "exe" || mode === "default" ? [] : [`-buildmode=${mode}`];
}
