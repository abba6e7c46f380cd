// Prints the bill of materials of this tool, as CycloneDX 1.6: package.json, and every package that has code in the bundles, with the
// checksum of its archive in package-lock.json. The same sources give the same text.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ComponentType, HashAlgorithm } from "@cyclonedx/cyclonedx-library/Enums";
import { Bom, Component, NamedLicense, SpdxLicense } from "@cyclonedx/cyclonedx-library/Models";
import { JSON as Json, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import { describeProgram } from "./build.js";
import { bundleCommandLine, bundleLibrary } from "./bundle.js";
import { bundledPackages } from "./licenses.js";

const root = fileURLToPath(new URL("../", import.meta.url));

async function metafiles() {
  const folder = mkdtempSync(join(tmpdir(), "plugins-sbom-"));
  try {
    const description = await describeProgram(folder);
    return [
      await bundleCommandLine(join(folder, "cli"), description),
      await bundleLibrary(join(folder, "index.js")),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function component(type, { name, version, license, description }) {
  const purl = `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
  const made = new Component(type, name, { version, bomRef: purl, purl, description });
  const isOneLicense = /^[\w.-]+$/.test(license);
  made.licenses.add(isOneLicense ? new SpdxLicense(license) : new NamedLicense(license));
  return made;
}

const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const bom = new Bom();
bom.metadata.component = component(ComponentType.Application, own);
for (const bundled of bundledPackages(await metafiles())) {
  const made = component(ComponentType.Library, bundled);
  const [algorithm, sum] = lock.packages[bundled.folder].integrity.split("-");
  if (algorithm === "sha512")
    made.hashes.set(HashAlgorithm["SHA-512"], Buffer.from(sum, "base64").toString("hex"));
  bom.components.add(made);
  bom.metadata.component.dependencies.add(made.bomRef);
}
const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
process.stdout.write(`${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`);
