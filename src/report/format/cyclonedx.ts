import { ComponentType, HashAlgorithm } from "@cyclonedx/cyclonedx-library/Enums";
import { Bom, Component, Property, Tool } from "@cyclonedx/cyclonedx-library/Models";
import { JSON as json, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import type { CheckResult, EvidenceResult, HostResult, PluginResult } from "../../check/model/result.ts";
import { claimOf, claimsOf, inOneLine, sourceOf, type Claim, type ClaimField } from "../model/claim.ts";
import { claimedDependencies, provenStandardLibrary, type Linked } from "./cyclonedx-dependency.ts";
import { configurationText, loweredText } from "../model/configuration-text.ts";
import { jsonText } from "../model/document.ts";
import type { ReportContext } from "../model/report-context.ts";
import { repositoryPath, wholePath } from "../model/place.ts";
import { byPlugin, hostsIn } from "../model/hosts.ts";
import { verdictOf } from "../model/verdict.ts";

type Facts = readonly (readonly [name: string, value: string | undefined])[];

/** What a manifest says apart from its dependencies, name and version. */
const shownFields: readonly ClaimField[] = [
  "language",
  "toolchain_version",
  "build_profile",
  "target",
  "build_flags",
  "build_time",
  "build_environment",
];

/**
 * The report as a CycloneDX 1.6 bill of materials: each plugin is a library with what its manifest says it links,
 * the host is the application that it is about; several hosts are applications in it. It has no serial number and no time, so that the same files give the same text.
 */
export function cyclonedxReport(result: CheckResult, context: ReportContext): string {
  const bom = new Bom();
  const { tool } = context;
  bom.metadata.tools.tools.add(new Tool({ name: tool.name, version: tool.version }));

  for (const [name, value] of [
    ["configuration", configurationText(context.configuration)],
    ["configuration:lowered", loweredText(context.configuration)],
  ] as const) {
    if (value !== undefined) bom.metadata.properties.add(new Property(prefix + name, value));
  }

  const known = new Map<string, Component>();
  const dependency = ({ name, version, purl, hash, sha256, ref }: Linked): Component => {
    const before = known.get(ref);
    if (before !== undefined) return before;
    const component = new Component(ComponentType.Library, name, {
      bomRef: ref,
      ...(version === undefined ? {} : { version }),
      ...(purl === undefined ? {} : { purl }),
    });
    if (sha256 !== undefined) component.hashes.set(HashAlgorithm["SHA-256"], sha256);
    if (hash !== undefined) component.properties.add(new Property(`${prefix}hash`, hash));
    known.set(ref, component);
    bom.components.add(component);
    return component;
  };

  const refs = new Map<string, number>();
  const component = (
    type: (typeof ComponentType)["Library" | "Application"],
    path: string,
    claims: readonly Claim[],
    { evidence, sha256 }: HostResult | PluginResult,
    facts: Facts,
  ): Component => {
    const place = wholePath(repositoryPath(path, context.place));
    const count = (refs.get(place) ?? 0) + 1;
    refs.set(place, count);
    const [claim] = claims;
    const version = textOf(claim, "version");
    const made = new Component(type, textOf(claim, "name") ?? fileName(place), {
      bomRef: count === 1 ? `file:${place}` : `file:${place}#${count}`,
      ...(version === undefined ? {} : { version }),
    });
    if (sha256 !== undefined) made.hashes.set(HashAlgorithm["SHA-256"], sha256);
    for (const [name, value] of [["path", place] as const, ...facts, ...evidenceFacts(evidence)]) {
      if (value !== undefined && value !== "") made.properties.add(new Property(prefix + name, value));
    }
    const linked = [...claims.flatMap(claimedDependencies), ...provenStandardLibrary(evidence)];
    for (const each of linked) made.dependencies.add(dependency(each).bomRef);
    return made;
  };

  const hosts = hostsIn(result).map((host) => {
    const claims = host.manifests.flatMap(claimsOf);
    const facts = claims.flatMap((claim) =>
      claimFacts(claim, `host:${textOf(claim, "language") ?? "unknown"}:`),
    );
    return component(ComponentType.Application, host.path, claims, host, [...fileFacts(host), ...facts]);
  });
  const [only] = hosts;
  if (only !== undefined && hosts.length === 1) bom.metadata.component = only;
  else for (const host of hosts) bom.components.add(host);
  for (const { path, results } of byPlugin(result.plugins)) {
    const [plugin] = results;
    const claim = claimOf(plugin.manifest);
    const made = component(ComponentType.Library, path, claim === undefined ? [] : [claim], plugin, [
      ...fileFacts(plugin),
      ...results.flatMap((each) => answerFacts(each, context)),
      ...pluginFacts(plugin),
      ...claimFacts(claim, "manifest:"),
    ]);
    bom.components.add(made);
    for (const host of hosts) host.dependencies.add(made.bomRef);
  }

  const serializer = new JsonSerializer(new json.Normalize.Factory(Spec1dot6));
  return jsonText(JSON.parse(serializer.serialize(bom, { sortLists: true })));
}

/** Names of properties carry their owner's (CycloneDX property taxonomy). */
const prefix = "otelcol-plugins:";

function fileFacts({ format, arch, size }: HostResult | PluginResult): Facts {
  return [
    ["format", format ?? undefined],
    ["arch", arch ?? undefined],
    ["size", size?.toString()],
  ];
}

/** What was found with a host; with several, its path is part of the names. */
function answerFacts(plugin: PluginResult, { place }: ReportContext): Facts {
  const { hostPath } = plugin;
  const end = hostPath === undefined ? "" : `:${wholePath(repositoryPath(hostPath, place))}`;
  return [
    [`verdict${end}`, verdictOf(plugin)],
    [`loader${end}`, plugin.loader?.outcome],
  ];
}

function pluginFacts(plugin: PluginResult): Facts {
  return [
    ["unreadable", plugin.unreadable?.reason],
    ["manifest:source", sourceOf(plugin.manifest)],
    ["manifest:location", plugin.manifest?.location],
  ];
}

function claimFacts(claim: Claim | undefined, start: string): Facts {
  return shownFields.map((field) => [start + field, inOneLine(claim?.get(field))]);
}

function evidenceFacts(evidence: EvidenceResult): Facts {
  return Object.entries(evidence).map(([name, fact]) => [
    `evidence:${name}`,
    fact.known ? `${fact.value} (${fact.from})` : undefined,
  ]);
}

function textOf(claim: Claim | undefined, field: ClaimField): string | undefined {
  const value = claim?.get(field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
