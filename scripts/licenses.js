import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * The packages that have code in bundles.
 * @param metafiles esbuild's descriptions of them.
 * @returns each package's description (package.json) with its folder, in the order of the names.
 */
export function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  );
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  const found = [...new Set(folders)].map((folder) => ({
    ...JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
    folder,
  }));
  // npm may install one version in several places.
  return [...new Map(found.map((each) => [keyOf(each), each])).values()].sort((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : 1,
  );
}

/** The text of dist/THIRD-PARTY-LICENSES.txt: their licenses ask for it. */
export function licenseFile(metafiles) {
  const parts = bundledPackages(metafiles).map(({ name, version, license, folder }) => {
    const files = readdirSync(join(root, folder)).filter((file) =>
      /^(?:licen[cs]e|notice|copying)\b/i.test(file),
    );
    const texts = files.map((file) => readFileSync(join(root, folder, file), "utf8").trim());
    if (texts.length === 0)
      texts.push(licenseInReadme(folder) ?? `${name} has no file with its license, which is ${license}.`);
    return [`${name} ${version} (${license})`, ...texts].join("\n\n");
  });
  const line = `\n\n${"=".repeat(80)}\n\n`;
  const head = "otelcol-plugins contains code from these packages.";
  return `${[head, ...parts].join(line)}\n`;
}

/** Some packages have it nowhere else. */
function licenseInReadme(folder) {
  const file = readdirSync(join(root, folder)).find((name) => /^readme/i.test(name));
  if (file === undefined || !existsSync(join(root, folder, file))) return undefined;
  const text = readFileSync(join(root, folder, file), "utf8");
  return /^#+ licen[cs]e[^]*/im.exec(text)?.[0].trim();
}

function keyOf({ name, version }) {
  return `${name}@${version}`;
}
