import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import { checkAll, checkContents } from "../../src/check/check-all.ts";
import { lockOf } from "../../src/check/lock/lock.ts";
import { verified } from "../../src/author/generate/verify.ts";
import { inspect } from "../../src/check/inspect.ts";
import type { CheckResult } from "../../src/check/model/result.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import type { CheckAllRequest, LockRequest } from "../../src/check/model/request.ts";
import { strictPolicy } from "../../src/rules/policy/policy.ts";
import { causesOf } from "../../src/report/model/cause.ts";
import { causeBlocks } from "../../src/report/screen/block/cause-block.ts";
import { onScreen } from "../../src/report/screen/layout/screen.ts";
import type { RuleId } from "../../src/rules/registry.ts";
import { rulePages } from "../../src/rules/generated/pages.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

const today = "2026-11-21";

/** The fixtures that are not built, for want of a toolchain. */
export function missingFixtures(): readonly string[] {
  const { fixtures } = builtFixtures();
  const built = new Set(fixtures.map(({ id }) => id));
  const examples = Object.values(rulePages).map(({ example }) => example);
  const needed = examples.flatMap(({ plugins, host = "otelcol", sourcesOf = host }) => [
    ...plugins,
    host,
    sourcesOf,
  ]);
  return [...new Set(needed)].map((name) => `compat/${name}`).filter((id) => !built.has(id));
}

/**
 * What the check shows of one rule: the command, and the rule's findings as the screen has them; undefined where the
 * check does not find any.
 */
export async function exampleOf(rule: RuleId): Promise<string | undefined> {
  const {
    plugins,
    host = "otelcol",
    expect = [],
    suppressions,
    lockedAs,
    sourcesOf,
  } = rulePages[rule].example;
  // A lock records the files' content, so its files must be the same bytes everywhere.
  const put = lockedAs === undefined ? putBuilt : putSample;
  const flags = [
    ...expect.map((name) => ` --expect ${name}`),
    ...(lockedAs === undefined ? [] : [" --locked"]),
  ];
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plugins-example-")));
  const before = process.cwd();
  try {
    mkdirSync(join(folder, "plugins"));
    for (const name of plugins) put(name, join(folder, "plugins"));
    put(host, folder);
    // Paths are shown as they are given: they must not be those of this machine.
    process.chdir(folder);
    if (sourcesOf !== undefined) return await verifiedAgainst(rule, plugins, sourcesOf, put);
    const whole: CheckAllRequest = {
      fileSystem: disk,
      folders: ["plugins"],
      recursive: false,
      names,
      host: { kind: "binary", path: host },
      expect,
      policy: suppressions && { ...strictPolicy, today, suppressions },
    };
    const text = await shown(
      rule,
      lockedAs === undefined ? whole : { ...whole, lock: await locked(plugins, lockedAs, whole, put) },
    );
    if (text === "") return undefined;
    // Where something lies in a file is another with each linker.
    const command = `$ plugins check-all plugins --host ${host}${flags.join("")}`;
    return `${command}\n…\n${text.trimEnd()}`
      .replaceAll(folder, "/opt/otel")
      .replace(/\b0x[\da-f]{3,}/g, "0x…");
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

/** What `manifest --verify` shows of a plugin if its sources have the manifest of another one. */
async function verifiedAgainst(
  rule: RuleId,
  [plugin = ""]: readonly string[],
  sourcesOf: string,
  put: Put,
): Promise<string> {
  put(sourcesOf, ".");
  const [sources, file] = [sourcesOf, join("plugins", plugin)].map((name) => `${name}.so`);
  const { manifest } = await inspect(disk, sources ?? "");
  // It stands for another state of the same sources.
  const same = Object.entries(manifest?.value as Manifest).filter(
    ([key]) => !["name", "components"].includes(key),
  );
  const now = { manifest: Object.fromEntries(same) as unknown as Manifest, at: `sources in ${plugin}#` };
  const result = verified(disk, file ?? "", [now], { names });
  return `$ plugins manifest --verify ${file ?? ""} ${plugin}\n…\n${(await shownOf(rule, result)).trimEnd()}`;
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

const sample = fileURLToPath(new URL("../../fixtures/sample-rust/", import.meta.url));

const putSample: Put = (name, folder, as = name) => {
  const isHost = name === "otelcol";
  const from = join(sample, isHost ? name : `plugins/${name}.so`);
  copyFileSync(from, join(folder, isHost ? as : `${as}.so`));
};

async function shown(rule: RuleId, request: CheckAllRequest): Promise<string> {
  return shownOf(rule, await checkAll(request));
}

function shownOf(rule: RuleId, { plugins, findings }: CheckResult): Promise<string> {
  const ofRule = <Of extends { readonly rule: RuleId }>(all: readonly Of[]): readonly Of[] =>
    all.filter((finding) => finding.rule === rule);
  const causes = causesOf({
    plugins: plugins.map((plugin) => ({ ...plugin, findings: ofRule(plugin.findings) })),
    findings: ofRule(findings),
  }).filter((cause) => cause.rule === rule);
  const view = {
    depth: "full",
    nameOf: (path: string) => basename(path),
    isNumbered: false,
    indent: 0,
  } as const;
  return onScreen({ width: 100, color: 0, unicode: true }, (style) =>
    causeBlocks(causes, view, style).slice(1).join("\n"),
  );
}
