import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import { checkAll, checkContents } from "../../src/check/check-all.ts";
import { lockOf } from "../../src/check/lock/lock.ts";
import type { CheckAllRequest, LockRequest } from "../../src/check/model/request.ts";
import { strictPolicy } from "../../src/rules/policy/policy.ts";
import { findingBlock } from "../../src/report/screen/finding-block.ts";
import { onScreen } from "../../src/report/screen/screen.ts";
import type { RuleId } from "../../src/rules/finding.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

/** What is checked for a page's example: plugins and host of the set under fixtures/.build/compat. */
interface Example {
  readonly plugins: readonly string[];
  readonly host?: string;
  readonly request?: Partial<CheckAllRequest>;
  /** Whose content the plugin has when it is locked, before the check. */
  readonly lockedAs?: string;
  /** Taken from fixtures/sample, whose files are the same bytes everywhere. */
  readonly isSample?: boolean;
  /** Further flags of the command. */
  readonly flags?: string;
}

const today = "2026-11-21";

const examples: Readonly<Record<RuleId, Example>> = {
  "manifest-missing": { plugins: ["legacyreceiver"] },
  "manifest-unreadable": { plugins: ["manifest-cut-off"] },
  "manifest-invalid": { plugins: ["manifest-wrong-types"] },
  "manifest-conflict": { plugins: ["manifest-conflict"] },
  "manifest-newer-schema": { plugins: ["prometheusexporter"] },
  "manifest-unknown-field": { plugins: ["statsdreceiver"] },
  "claim-language": { plugins: ["natsexporter"] },
  "claim-toolchain": { plugins: ["intervalprocessor"] },
  "claim-target": { plugins: ["fileexporter"] },
  "claim-flags": { plugins: ["countconnector"] },
  "claim-dependency": { plugins: ["routingconnector"] },
  "claim-profile": { plugins: ["schemaprocessor"] },
  "target-mismatch": { plugins: ["filterprocessor"] },
  "language-unsupported": { plugins: ["redactionprocessor"], host: "otelcol-go-only" },
  "toolchain-mismatch": { plugins: ["kafkaexporter"] },
  "dependency-mismatch": { plugins: ["attributesprocessor"] },
  "build-flags-mismatch": { plugins: ["batchprocessor"] },
  "build-profile-mismatch": { plugins: ["transformprocessor"] },
  "dependency-not-in-host": { plugins: ["lokiexporter"] },
  "host-cannot-load-plugins": { plugins: ["debugexporter"], host: "otelcol-no-cgo" },
  "loader-refuses": { plugins: ["attributesprocessor"] },
  "loader-crashes": { plugins: ["filelogreceiver"] },
  "expected-plugin-missing": {
    plugins: ["debugexporter"],
    request: { expect: ["kafkaexporter"] },
    flags: " --expect kafkaexporter",
  },
  "lock-mismatch": {
    plugins: ["debugexporter"],
    lockedAs: "transformprocessor",
    isSample: true,
    flags: " --locked",
  },
  "duplicate-plugin-path": { plugins: ["zipkinexporter", "zipkinreceiver"] },
  "plugins-disagree": { plugins: ["awss3exporter", "lokiexporter"] },
  "duplicate-component": { plugins: ["otlphttpexporter", "otlphttpexporter-next"] },
  "suppression-stale": {
    plugins: ["debugexporter"],
    request: {
      policy: {
        ...strictPolicy,
        today,
        suppressions: [
          { rule: "build-profile-mismatch", plugin: "debugexporter.so", reason: "until 0.153.0 is out" },
        ],
      },
    },
  },
  "suppression-expired": {
    plugins: ["transformprocessor"],
    request: {
      policy: {
        ...strictPolicy,
        today,
        suppressions: [
          {
            rule: "build-profile-mismatch",
            plugin: "transformprocessor.so",
            reason: "we look for a leak in it",
            expires: "2026-10-31",
          },
        ],
      },
    },
  },
};

/** The fixtures that are not built, for want of a toolchain. */
export function missingFixtures(): readonly string[] {
  const { fixtures } = builtFixtures();
  const built = new Set(fixtures.map(({ id }) => id));
  const needed = Object.values(examples).flatMap(({ plugins, host = "otelcol" }) => [...plugins, host]);
  return [...new Set(needed)].map((name) => `compat/${name}`).filter((id) => !built.has(id));
}

/**
 * What the check shows of one rule: the command, and the rule's findings as the screen has them; undefined where the
 * check does not find any.
 */
export async function exampleOf(rule: RuleId): Promise<string | undefined> {
  const { plugins, host = "otelcol", lockedAs, isSample = false, request = {}, flags = "" } = examples[rule];
  const put = isSample ? putSample : putBuilt;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plugins-example-")));
  const before = process.cwd();
  try {
    mkdirSync(join(folder, "plugins"));
    for (const name of plugins) put(name, join(folder, "plugins"));
    put(host, folder);
    // Paths are shown as they are given: they must not be those of this machine.
    process.chdir(folder);
    const whole: CheckAllRequest = {
      fileSystem: disk,
      folders: ["plugins"],
      recursive: false,
      names,
      host: { kind: "binary", path: host },
      arch: undefined,
      expect: [],
      ...request,
    };
    const text = await shown(
      rule,
      lockedAs === undefined ? whole : { ...whole, lock: await locked(plugins, lockedAs, whole, put) },
    );
    if (text === "") return undefined;
    // Where something lies in a file is another with each linker.
    const command = `$ plugins check-all plugins --host ${host}${flags}`;
    return `${command}\n…\n${text.trimEnd()}`
      .replaceAll(folder, "/opt/otel")
      .replace(/\b0x[\da-f]{3,}/g, "0x…");
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

/** Locks the set while its plugins have another content; they have their own again afterwards. */
async function locked(
  plugins: readonly string[],
  content: string,
  request: CheckAllRequest,
  put: Put,
): Promise<LockRequest> {
  const lock = { file: "plugins.lock.json", policySha256: "0".repeat(64) };
  for (const name of plugins) put(content, "plugins", name);
  const { result, contents } = await checkContents(request);
  const document = await lockOf(disk, result, contents, lock, { name: "otelcol-plugins", version: "0.0.0" });
  writeFileSync(lock.file, JSON.stringify(document));
  for (const name of plugins) put(name, "plugins");
  return lock;
}

/** Puts a file of a set into a folder, under the name of another where that is given. */
type Put = (name: string, folder: string, as?: string) => void;

const putBuilt: Put = (name, folder, as = name) => {
  const built = builtFixtures();
  copyFileSync(built.get(`compat/${name}`).file, join(folder, basename(built.get(`compat/${as}`).file)));
};

const sample = fileURLToPath(new URL("../../fixtures/sample/", import.meta.url));

const putSample: Put = (name, folder, as = name) => {
  const isHost = name === "otelcol";
  const from = join(sample, isHost ? name : `plugins/${name}.so`);
  copyFileSync(from, join(folder, isHost ? as : `${as}.so`));
};

async function shown(rule: RuleId, request: CheckAllRequest): Promise<string> {
  const { plugins, findings } = await checkAll(request);
  return onScreen({ width: 100, colour: 0, unicode: true }, (style) => {
    const ofPlugins = plugins.flatMap((plugin) => {
      const own = plugin.findings.filter((finding) => finding.rule === rule);
      if (own.length === 0) return [];
      const name = `${basename(plugin.path)}${style.marks.dash}${plugin.verdict ?? ""}`;
      return [name, ...own.flatMap((finding) => findingBlock(finding, 2, style))];
    });
    const ofSet = findings
      .filter((finding) => finding.rule === rule)
      .flatMap((finding) => findingBlock(finding, 0, style));
    return [...ofPlugins, ...ofSet].join("\n");
  });
}
