import type {
  CheckResult,
  EvidenceResult,
  HostResult,
  InspectResult,
  LoaderResult,
  ManifestResult,
  PluginResult,
  SliceResult,
  Summary,
} from "../../src/check/model/result.ts";
import type { Check, Finding } from "../../src/rules/finding.ts";

/** Results as the operations make them, written by hand: every verdict, both languages, a universal file. */

export const goManifest = {
  language: "go",
  toolchain_version: "go1.26.8",
  build_profile: "release",
  dependency_hashes: {
    "github.com/IBM/sarama": "h1:9fVYkzGgPGk6vCnBN3w0PqGOGsrVyJ3wDdvBQ2mJ0vY=",
    "go.opentelemetry.io/collector/component": "h1:l1FvRLZ2CyMcS9jWJbmRQs1D9pTNM2ElsBlbNyO1vFs=",
  },
  build_flags: ["-buildmode=plugin", "-trimpath"],
  target: "linux/amd64",
  build_time: "2026-10-02T11:20:31Z",
  name: "kafkaexporter",
  version: "0.9.1",
  components: [{ kind: "exporter", type: "kafka", symbol: "NewFactory" }],
} as const;

const rustManifest = {
  language: "rust",
  toolchain_version: "1.95.0",
  build_profile: "release",
  dependency_hashes: { "otel-arrow": "b1c2d3" },
  build_flags: ["--crate-type=cdylib"],
  target: "aarch64-unknown-linux-gnu",
  build_time: "2026-11-01T08:00:00Z",
} as const;

const linux: EvidenceResult = {
  arch: { known: true, value: "x86_64", from: "e_machine" },
  os: { known: true, value: "linux", from: "PT_INTERP" },
  libc: { known: true, value: "gnu", from: "DT_NEEDED libc.so.6" },
};

export function manifest(value: unknown, over: Partial<ManifestResult> = {}): ManifestResult {
  return { source: "section", location: ".otel_manifest", offset: 0x2a40, valid: true, value, ...over };
}

function slice(over: Partial<SliceResult> = {}): SliceResult {
  return {
    arch: "x86_64",
    bits: 64,
    endian: "little",
    kind: "shared-library",
    offset: 0,
    size: 48_212_345,
    manifests: [manifest(goManifest)],
    evidence: linux,
    ...over,
  };
}

export function plugin(path: string, over: Partial<PluginResult> = {}): PluginResult {
  return {
    path,
    format: "elf",
    arch: "x86_64",
    size: 48_212_345,
    slices: [slice()],
    unreadable: null,
    manifest: manifest(goManifest),
    evidence: linux,
    findings: [],
    ...over,
  };
}

const host: HostResult = {
  path: "otelcol",
  format: "elf",
  arch: "x86_64",
  size: 130_000_000,
  slices: [slice({ kind: "executable" })],
  unreadable: null,
  manifests: [manifest(goManifest), manifest({ ...rustManifest, target: "x86_64-unknown-linux-gnu" })],
  evidence: linux,
};

const toolchain: Finding = {
  rule: "toolchain-mismatch",
  severity: "error",
  message: "The plugin was built by another Go release than the host.",
  plugin: { value: "go1.26.5", from: ".otel_manifest#/toolchain_version" },
  host: { value: "go1.26.8", from: ".otel_manifest#/toolchain_version" },
  cause:
    "The Go runtime refuses every package that another compiler built, so all package hashes differ too.",
  fix: [
    {
      kind: "command",
      run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o plugins/kafkaexporter.so .",
    },
  ],
};

const dependency: Finding = {
  rule: "dependency-mismatch",
  severity: "error",
  message: "github.com/IBM/sarama has another hash than in the host.",
  subject: "github.com/IBM/sarama",
  plugin: {
    value: "h1:XkqtYJ0v5z0Sq5ixnBkZ7QbSN1JGv1Ybt3dVh5W3FqM=",
    from: ".otel_manifest#/dependency_hashes/github.com~1IBM~1sarama",
  },
  host: {
    value: "h1:9fVYkzGgPGk6vCnBN3w0PqGOGsrVyJ3wDdvBQ2mJ0vY=",
    from: ".otel_manifest#/dependency_hashes/github.com~1IBM~1sarama",
  },
  fix: [
    { kind: "command", run: "go get github.com/IBM/sarama@v1.46.3" },
    { kind: "advice", text: "Build plugin and host from the same go.sum." },
  ],
};

const target: Finding = {
  rule: "target-mismatch",
  severity: "error",
  message: "The plugin is made for another machine than the host.",
  plugin: { value: "aarch64-unknown-linux-gnu", from: "otel_plugin_manifest#/target" },
  host: { value: "x86_64-unknown-linux-gnu", from: ".otel_manifest#/target" },
  fix: [{ kind: "command", run: "cargo build --release --target x86_64-unknown-linux-gnu" }],
};

const note: Finding = {
  rule: "dependency-not-in-host",
  severity: "note",
  message: "github.com/klauspost/compress is not linked into the host.",
  subject: "github.com/klauspost/compress",
  fix: [],
};

const newer: Finding = {
  rule: "manifest-newer-schema",
  severity: "warning",
  message: "The manifest is written for schema version 3; this program knows 1.",
  fix: [{ kind: "advice", text: "Use a newer version of this program." }],
};

const checks: readonly Check[] = [
  {
    rule: "language-unsupported",
    status: "match",
    decisive: true,
    plugin: { value: "go", from: ".otel_manifest#/language" },
    host: { value: "go", from: ".otel_manifest#/language" },
  },
  {
    rule: "toolchain-mismatch",
    status: "mismatch",
    decisive: true,
    plugin: { value: "go1.26.5", from: ".otel_manifest#/toolchain_version" },
    host: { value: "go1.26.8", from: ".otel_manifest#/toolchain_version" },
  },
  {
    rule: "target-mismatch",
    status: "match",
    decisive: true,
    plugin: { value: "linux/amd64", from: ".otel_manifest#/target" },
    host: { value: "x86_64-unknown-linux-gnu", from: ".otel_manifest#/target" },
  },
  {
    rule: "dependency-mismatch",
    status: "mismatch",
    decisive: true,
    plugin: { value: "2 dependencies", from: ".otel_manifest#/dependency_hashes" },
    host: { value: "143 dependencies", from: ".otel_manifest#/dependency_hashes" },
    reason: "1 of 2 equal",
  },
  {
    rule: "build-profile-mismatch",
    status: "unknown",
    decisive: false,
    plugin: { value: "release", from: ".otel_manifest#/build_profile" },
    reason: "The host's manifest has no build_profile; rebuild the host with a manifest that names one.",
  },
];

/** What a loader says of a plugin that it loads. */
const answer: LoaderResult = {
  outcome: "loads",
  opener: "plugin.Open",
  message: null,
  reason: null,
  check: null,
  further: [],
  needs: [],
};

export const kafka = plugin("plugins/kafkaexporter.so", {
  manifest: manifest({ ...goManifest, toolchain_version: "go1.26.5" }),
  verdict: "incompatible",
  unknowns: [],
  checks,
  loader: {
    ...answer,
    outcome: "refused",
    message:
      'plugin.Open("plugins/kafkaexporter"): plugin was built with a different version of package internal/goarch',
    reason: "The plugin was built with another version of package internal/goarch than the host.",
    check: "package-hash",
  },
  findings: [toolchain, dependency, note],
});

export const redact = plugin("plugins/redact.so", {
  arch: "aarch64",
  manifest: manifest(rustManifest, { source: "dynamic-symbol", location: "otel_plugin_manifest" }),
  evidence: { ...linux, arch: { known: true, value: "aarch64", from: "e_machine" } },
  verdict: "incompatible",
  unknowns: [],
  checks: [],
  findings: [target],
});

export const notes = plugin("plugins/notes.so", {
  format: null,
  arch: null,
  size: 214,
  slices: [],
  unreadable: { reason: "not ELF or Mach-O (text) at offset 0x0", offset: 0 },
  manifest: null,
  evidence: {},
  verdict: "unreadable",
  unknowns: [],
  checks: [],
});

export const legacy = plugin("plugins/legacy.so", {
  slices: [slice({ manifests: [] })],
  manifest: null,
  verdict: "unknown",
  unknowns: [
    "The toolchain is not known: the file carries no manifest; build it with one, or with build info.",
    "The dependencies are not known: the file carries no manifest.",
  ],
  checks: [],
  findings: [
    {
      rule: "manifest-missing",
      severity: "warning",
      message: "The file carries no manifest.",
      fix: [{ kind: "advice", text: "Embed one in the section .otel_manifest." }],
    },
  ],
});

export const debug = plugin("plugins/debugexporter.so", {
  verdict: "compatible",
  unknowns: [],
  checks: checks.filter(({ status }) => status === "match"),
  loader: answer,
});

export const universal = plugin("plugins/filter.dylib", {
  format: "macho",
  arch: "aarch64",
  size: 1_234_567,
  slices: [
    slice({
      arch: "x86_64",
      offset: 0x4000,
      size: 600_000,
      evidence: { arch: { known: true, value: "x86_64", from: "cputype" } },
      manifests: [
        manifest({ ...rustManifest, target: "x86_64-apple-darwin" }, { location: "__DATA,__otel_manifest" }),
      ],
    }),
    slice({
      arch: "aarch64",
      offset: 0x9c000,
      size: 590_000,
      evidence: {
        arch: { known: true, value: "aarch64", from: "cputype" },
        libc: { known: false, why: "no LC_BUILD_VERSION" },
      },
      manifests: [
        manifest({ ...rustManifest, target: "aarch64-apple-darwin" }, { location: "__DATA,__otel_manifest" }),
      ],
    }),
  ],
  manifest: manifest(
    { ...rustManifest, target: "aarch64-apple-darwin" },
    { location: "__DATA,__otel_manifest" },
  ),
  evidence: { arch: { known: true, value: "aarch64", from: "cputype" } },
  verdict: "compatible",
  unknowns: [],
  checks: [],
});

/** Names and values that would take over a terminal, reorder a line, or break out of a cell. */
export const hostileText =
  "\x1b]0;owned\x07\x1b[2J\u202egnp.so\u2066\u2028\n\r\t\x9b31m\x00\u{e0041}\ud800 | `$(id)`";

export const hostile = plugin(`plugins/${hostileText}`, {
  manifest: manifest(
    { ...goManifest, toolchain_version: hostileText, target: hostileText, [hostileText]: hostileText },
    { location: hostileText },
  ),
  verdict: "incompatible",
  unknowns: [hostileText],
  checks: [
    {
      rule: "toolchain-mismatch",
      status: "mismatch",
      decisive: true,
      plugin: { value: hostileText, from: hostileText },
      host: { value: hostileText, from: hostileText },
      reason: hostileText,
    },
  ],
  loader: {
    ...answer,
    outcome: "crash",
    message: hostileText,
    reason: hostileText,
    check: "package-hash",
    further: [{ outcome: "refused", check: "package-hash", message: hostileText, subject: hostileText }],
    needs: [hostileText],
  },
  findings: [
    {
      rule: "toolchain-mismatch",
      severity: "error",
      message: hostileText,
      subject: hostileText,
      arch: hostileText,
      plugin: { value: hostileText, from: hostileText },
      host: { value: hostileText, from: hostileText },
      cause: hostileText,
      fix: [
        { kind: "command", run: hostileText },
        { kind: "advice", text: hostileText },
      ],
    },
  ],
});

/** Letters that take two columns, combine, or are drawn as pictures. */
export const wide = plugin("plugins/日本語-é-👩🏽‍🚀.so", { verdict: "compatible", unknowns: [], checks: [] });

function summary(plugins: readonly PluginResult[], findings: readonly Finding[] = []): Summary {
  const all = [...findings, ...plugins.flatMap((one) => one.findings)];
  const verdicts = (verdict: PluginResult["verdict"]): number =>
    plugins.filter((one) => one.verdict === verdict).length;
  return {
    plugins: plugins.length,
    compatible: verdicts("compatible"),
    incompatible: verdicts("incompatible"),
    unknown: verdicts("unknown"),
    unreadable: verdicts("unreadable"),
    errors: all.filter(({ severity }) => severity === "error").length,
    warnings: all.filter(({ severity }) => severity === "warning").length,
  };
}

export function checked(plugins: readonly PluginResult[], findings: readonly Finding[] = []): CheckResult {
  return { host, plugins, findings, summary: summary(plugins, findings) };
}

/** What `list` says of the same plugins: no verdicts, no comparisons. */
export function listed(plugins: readonly PluginResult[]): CheckResult {
  const bare = plugins.map(
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    ({ verdict, unknowns, loader, checks: _, ...rest }): PluginResult => ({
      ...rest,
      findings: rest.findings.filter(({ rule }) => rule.startsWith("manifest-")),
    }),
  );
  const unreadable = bare.filter((one) => one.unreadable !== null).length;
  return {
    host: null,
    plugins: bare,
    findings: [],
    summary: { ...summary(bare), unreadable },
  };
}

export const everyVerdict = checked(
  [debug, kafka, legacy, notes, redact, { ...universal, findings: [newer] }],
  [
    {
      rule: "expected-plugin-missing",
      severity: "error",
      message: "batch was expected but is not there.",
      subject: "batch",
      fix: [{ kind: "advice", text: "Build it into the folder, or drop it from --expect." }],
    },
    {
      rule: "duplicate-component",
      severity: "warning",
      message: "exporter/kafka is offered by plugins/debugexporter.so and plugins/kafkaexporter.so.",
      subject: "exporter/kafka",
      fix: [],
    },
  ],
);

export const green = checked([debug, universal]);

const newHost: HostResult = {
  ...host,
  path: "release/1.3/otelcol",
  manifests: [manifest({ ...goManifest, toolchain_version: "go1.26.5" })],
};
const oldHost: HostResult = { ...host, path: "release/1.2/otelcol" };

function withHost(plugin: PluginResult, hostPath: string): PluginResult {
  return { ...plugin, hostPath, findings: plugin.findings.map((finding) => ({ ...finding, hostPath })) };
}

/** A check with two hosts: the plugin that does not fit the old one fits the new one, and the other way around. */
export const twoHosts: CheckResult = (() => {
  const results = [
    ...[debug, kafka, legacy, notes].map((plugin) => withHost(plugin, oldHost.path)),
    ...[{ ...kafka, path: debug.path }, { ...debug, path: kafka.path }, legacy, notes].map((plugin) =>
      withHost(plugin, newHost.path),
    ),
  ];
  const plugins = [debug, kafka, legacy, notes].flatMap(({ path }) =>
    results.filter((result) => result.path === path),
  );
  const ofHost: Finding = { ...newer, hostPath: newHost.path };
  return {
    ...checked(plugins, [...everyVerdict.findings, ofHost]),
    host: oldHost,
    hosts: [oldHost, newHost],
  };
})();

export function inspected(of: PluginResult): InspectResult {
  return {
    ...of,
    details: of.slices.map(({ arch }) => ({
      arch,
      problems: [],
      neededLibraries: ["libc.so.6", "libpthread.so.0"],
      exportedSymbols: Array.from({ length: 12 }, (_, at) => ({
        name: `NewFactory${at}`,
        type: "function",
        size: 16 * at,
        address: `0x${(0x1000 + at).toString(16)}`,
      })),
      sections: Array.from({ length: 30 }, (_, at) => ({
        name: `.section${at}`,
        address: `0x${(0x4000 * at).toString(16)}`,
        offset: 0x4000 * at,
        size: 100 * at,
      })),
      buildId: "5f0c9a7be2d14c0a",
      stripped: true,
      facts: {
        glibc: { known: true, value: "2.34", from: "version needs" },
        plugin_path: { known: true, value: "example.com/kafkaexporter", from: "moduledata" },
        minimum_os: { known: false, why: "it has no note that says so" },
      },
      buildSettings: [
        { key: "-buildmode", value: "plugin" },
        { key: "CGO_ENABLED", value: "1" },
      ],
      dependencies: [
        {
          name: "github.com/IBM/sarama",
          version: "v1.46.3",
          sum: "h1:9fVYkzGgPGk6vCnBN3w0PqGOGsrVyJ3wDdvBQ2mJ0vY=",
          replacedBy: null,
        },
        { name: "example.com/own", version: null, sum: null, replacedBy: "./own" },
      ],
    })),
  };
}
