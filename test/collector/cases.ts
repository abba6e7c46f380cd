import type { PluginBuild } from "./collector-builds.ts";
import type { HostAnswer } from "./host-answer.ts";

/** A plugin of which one thing was moved, what becomes of it in the real host, and what is to be found before. */
export interface Case {
  /** What was moved. */
  readonly name: string;
  readonly build: PluginBuild;
  /** With NAME for the plugin's path without ".so". */
  readonly answer: HostAnswer;
  /** The first error of `plugins validate`; none where the plugin is compatible. */
  readonly error?: {
    readonly rule: string;
    readonly subject?: string;
    /** What the command that fixes it contains. */
    readonly run?: string;
  };
}

/** What plugin.Open says of a package that differs. */
function differs(name: string): Pick<HostAnswer, "outcome" | "message"> {
  return {
    outcome: "refused",
    message: `plugin.Open("NAME"): plugin was built with a different version of package ${name}`,
  };
}

const component = "memorylimiterprocessor";
const limiter: HostAnswer = { outcome: "loads", kind: "processor", type: "memory_limiter" };

/** Plugins that fit the host, and one another. */
export const matching: readonly Case[] = [
  {
    name: "of the debug exporter",
    build: { component: "debugexporter" },
    answer: { outcome: "loads", kind: "exporter", type: "debug" },
  },
  {
    name: "of the OTLP exporter",
    build: { component: "otlpexporter" },
    answer: { outcome: "loads", kind: "exporter", type: "otlp_grpc" },
  },
  {
    name: "of the batch processor",
    build: { component: "batchprocessor" },
    answer: { outcome: "loads", kind: "processor", type: "batch" },
  },
  { name: "of the memory limiter", build: { component }, answer: limiter },
];

const sys = "golang.org/x/sys";
const zap = "go.uber.org/zap";

const cases: readonly Case[] = [
  ...matching,
  { name: "stripped", build: { component, strip: "strip" }, answer: limiter },
  {
    name: "without symbols and debug information",
    build: { component, flags: ["-ldflags=-s -w"] },
    answer: limiter,
  },
  {
    name: `with a later ${sys}`,
    build: { component, edits: [`-require=${sys}@v0.47.0`] },
    answer: differs(`${sys}/unix`),
    error: {
      rule: "dependency-mismatch",
      subject: sys,
      run: `go mod edit -require=${sys}@v0.46.0 && go mod tidy`,
    },
  },
  {
    name: `with ${zap} replaced by an earlier release`,
    build: { component: "debugexporter", edits: [`-replace=${zap}=${zap}@v1.27.1`] },
    answer: differs(`${zap}/internal/pool`),
    error: {
      rule: "dependency-mismatch",
      subject: zap,
      run: `go mod edit -dropreplace=${zap} -dropreplace=${zap}@v1.28.0 -require=${zap}@v1.28.0 && go mod tidy`,
    },
  },
  {
    name: "with -trimpath",
    build: { component, flags: ["-trimpath"] },
    answer: differs("internal/goarch"),
    error: { rule: "build-flags-mismatch" },
  },
  {
    name: "with one package compiled from another folder",
    build: { component, elsewhere: `${zap}/zapcore` },
    answer: differs(`${zap}/zapcore`),
    error: { rule: "build-flags-mismatch" },
  },
  {
    name: "by another patch release of Go, whose moduledata has the same size",
    build: { component, release: "1.26.0" },
    answer: differs("internal/runtime/syscall/linux"),
    error: { rule: "toolchain-mismatch" },
  },
  {
    name: "by another minor release of Go, whose moduledata has another size",
    build: { component, release: "1.25.8" },
    answer: { outcome: "crash", message: "fatal error: runtime: no plugin module data" },
    error: { rule: "toolchain-mismatch" },
  },
];

/** All of them, with what tests are named after. */
export const namedCases: readonly (readonly [string, Case])[] = cases.map((each) => [each.name, each]);

const shared = "go.opentelemetry.io/collector/processor/internal";

/** Two plugins that each fit the host but not one another: the host does not link the package that differs. */
export const disagreeing: readonly [PluginBuild, PluginBuild] = [
  { component: "batchprocessor" },
  { component, elsewhere: shared },
];

/** What the second of them gets, whichever it is. */
export const disagreement = differs(shared);
