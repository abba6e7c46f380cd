import type { Obstacle } from "../obstacle.ts";
import type { LinkMap } from "../elf/link-map.ts";

/**
 * The runtime of gcc's AddressSanitizer ends a process that it is loaded into late: it must be the very first library
 * (compiler-rt: lib/asan/asan_linux.cpp, AsanCheckDynamicRTPrereqs).
 * @param added what is new in the process, in the order in which constructors run.
 */
export function lateSanitizer(added: readonly LinkMap[]): Obstacle | undefined {
  const runtime = added.find(({ object }) => /^libasan\.so\.\d+$/.test(object.soname ?? ""));
  if (runtime === undefined) return undefined;
  const name = runtime.object.soname ?? "";
  return {
    outcome: "crash",
    check: "sanitizer",
    message: null,
    cause: `AddressSanitizer (${name}) ends a process that did not start with it, unless ASAN_OPTIONS contains verify_asan_link_order=0.`,
    subject: name,
  };
}
