import { isSet } from "./build-setting.ts";
import type { GoHost } from "./host.ts";
import type { GoPlugin } from "./plugin.ts";
import { obstacle, type Step } from "../step.ts";

/**
 * AddressSanitizer ends the process if two files define the same C variable, and runtime/cgo has some in the host and in each plugin
 * (compiler-rt: lib/asan/asan_globals.cpp, ReportODRViolation; Go: src/runtime/cgo/callbacks.go, x_crosscall2_ptr).
 */
export function sanitizerSteps(
  { buildInfo: plugin }: Pick<GoPlugin, "buildInfo">,
  { buildInfo: host }: Pick<GoHost, "buildInfo">,
): readonly Step[] {
  if (!plugin.known || !isSet(plugin.value, "-asan")) return [];
  if (!host.known || !isSet(host.value, "-asan")) return [];
  return [
    obstacle({
      outcome: "crash",
      check: "sanitizer",
      message: null,
      cause:
        "Both are built with -asan, and AddressSanitizer ends the process because both define the variables of runtime/cgo (odr-violation), unless ASAN_OPTIONS contains detect_odr_violation=0.",
      plugin: { value: "-asan", from: plugin.from },
      host: { value: "-asan", from: host.from },
    }),
  ];
}
