import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation";
import { Version } from "@cyclonedx/cyclonedx-library/Spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../../src/check/model/result.ts";
import { cyclonedxReport } from "../../src/report/format/cyclonedx.ts";
import {
  checked,
  debug,
  everyVerdict,
  kafka,
  listed,
  manifest,
  plugin,
  twoHosts,
} from "../support/example-results.ts";
import { anyName, hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { exampleContext, listContext } from "../support/report-context.ts";

interface Component {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly "bom-ref": string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Bom {
  readonly metadata: { readonly component?: Component; readonly timestamp?: string };
  readonly serialNumber?: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const validator = new JsonStrictValidator(Version.v1dot6);

/** The bill of materials, valid by CycloneDX' own schema. */
async function bomOf(result: CheckResult, context = exampleContext()): Promise<Bom> {
  const text = cyclonedxReport(result, context);
  expect(await validator.validate(text)).toBeNull();
  return JSON.parse(text) as Bom;
}

const withManifest = (fields: object) =>
  checked([plugin("a.so", { verdict: "compatible", manifest: manifest({ language: "rust", ...fields }) })]);

describe("a CycloneDX bill of materials", () => {
  it("has each plugin, and the host as what it is about", async () => {
    const { metadata, components } = await bomOf(everyVerdict);
    expect(metadata.component).toMatchObject({ type: "application", name: "kafkaexporter" });
    const files = components.filter((one) => one["bom-ref"].startsWith("file:"));
    expect(files.map((one) => one["bom-ref"]).sort()).toEqual(
      everyVerdict.plugins.map(({ path }) => `file:${path}`).sort(),
    );
  });

  it("has several hosts as applications that depend on each plugin once, with a verdict of each", async () => {
    const { metadata, components, dependencies } = await bomOf(twoHosts);
    expect(metadata.component).toBeUndefined();
    const hosts = components.filter(({ type }) => type === "application").map((one) => one["bom-ref"]);
    expect(hosts).toEqual(["file:release/1.2/otelcol", "file:release/1.3/otelcol"]);
    for (const host of hosts) {
      const plugins = dependencies.find(({ ref }) => ref === host)?.dependsOn ?? [];
      expect(plugins.filter((ref) => ref.startsWith("file:")).length).toBe(4);
    }
    const facts = components.find((one) => one["bom-ref"] === `file:${kafka.path}`)?.properties ?? [];
    expect(facts.filter(({ name }) => name.includes("verdict"))).toEqual([
      { name: "otelcol-plugins:verdict:release/1.2/otelcol", value: "incompatible" },
      { name: "otelcol-plugins:verdict:release/1.3/otelcol", value: "compatible" },
    ]);
  });

  it("of a listing is about nothing but the plugins", async () => {
    const { metadata } = await bomOf(listed([debug, kafka]), listContext);
    expect(metadata.component).toBeUndefined();
  });

  it("has neither time nor serial number", async () => {
    const { metadata, serialNumber } = await bomOf(everyVerdict);
    expect([metadata.timestamp, serialNumber]).toEqual([undefined, undefined]);
  });

  it("names Go modules and crates by package URL", async () => {
    const dependency_hashes = { "syn@1.0.109": "a".repeat(64), serde: "not a checksum" };
    const { components } = await bomOf(withManifest({ dependency_hashes }));
    const [syn, serde] = ["syn", "serde"].map((name) => components.find((one) => one.name === name));
    expect(syn).toMatchObject({ version: "1.0.109", purl: "pkg:cargo/syn@1.0.109" });
    expect(syn?.hashes).toEqual([{ alg: "SHA-256", content: "a".repeat(64) }]);
    expect(serde).toMatchObject({ purl: "pkg:cargo/serde" });
    expect(serde?.hashes).toBeUndefined();
    const go = await bomOf(checked([debug]));
    expect(go.components.map(({ purl }) => purl)).toContain("pkg:golang/github.com/IBM/sarama");
  });

  it("links each plugin to what its manifest names", async () => {
    const { dependencies, components } = await bomOf(checked([debug]));
    const links = dependencies.find(({ ref }) => ref === "file:plugins/debugexporter.so")?.dependsOn ?? [];
    const names = links.map((ref) => components.find((one) => one["bom-ref"] === ref)?.name);
    expect(names.sort()).toEqual(["github.com/IBM/sarama", "go.opentelemetry.io/collector/component"]);
  });

  it("keeps one name with two hashes apart", async () => {
    const result = checked([
      ...withManifest({ dependency_hashes: { syn: "a" } }).plugins,
      ...withManifest({ dependency_hashes: { syn: "b" } }).plugins,
    ]);
    const { components } = await bomOf(result);
    expect(components.filter(({ name }) => name === "syn").length).toBe(2);
    const refs = components.map((one) => one["bom-ref"]);
    expect(new Set(refs).size).toBe(refs.length);
  });

  it("names the standard library of the Go release that the binary records", async () => {
    const evidence = {
      language: { known: true, value: "go", from: ".go.buildinfo" },
      toolchain_version: { known: true, value: "go1.26.8", from: ".go.buildinfo" },
    } as const;
    const { components } = await bomOf(checked([{ ...debug, evidence }]));
    expect(components.map(({ purl }) => purl)).toContain("pkg:golang/stdlib@1.26.8");
  });
});

describe("hostile names in a bill of materials", () => {
  const holds = async (name: string): Promise<void> => {
    const { components } = await bomOf(checked([pluginNamed(name)]));
    const values = components.flatMap(({ properties = [] }) => properties.map(({ value }) => value));
    expect(values).toContain(name);
    expect(components.map((one) => one.name)).toContain(name);
  };
  it.each(hostileNames)("%j comes back", holds);
  it("of any kind come back", async () => {
    await fc.assert(fc.asyncProperty(anyName, holds), { numRuns: 60 });
  });
});
