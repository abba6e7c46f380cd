import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A version of a crate that needs exactly, or at least, these others. */
export interface Crate {
  readonly name: string;
  readonly version: string;
  /** As in Cargo.toml: `=1.0.0`. */
  readonly needs?: Readonly<Record<string, string>>;
}

/**
 * Writes crates as a local registry, which `[source]` of Cargo's configuration can put in the place of crates.io (Cargo book, "Local
 * Registry Sources").
 */
export function writeRegistry(folder: string, crates: readonly Crate[]): void {
  for (const { name, version, needs = {} } of crates) {
    const place = join(folder, `${name}-${version}`);
    mkdirSync(join(place, "src"), { recursive: true });
    const lines = Object.entries(needs).map(([other, wanted]) => `${other} = "${wanted}"\n`);
    writeFileSync(
      join(place, "Cargo.toml"),
      `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n[dependencies]\n${lines.join("")}`,
    );
    writeFileSync(join(place, "src/lib.rs"), `pub const VERSION: &str = "${version}";\n`);
    const archive = join(folder, `${name}-${version}.crate`);
    execFileSync("tar", ["-czf", archive, "-C", folder, `${name}-${version}`]);
    rmSync(place, { recursive: true });
    const index = join(folder, "index", name.slice(0, 2), name.slice(2, 4));
    mkdirSync(index, { recursive: true });
    const line = {
      name,
      vers: version,
      deps: Object.entries(needs).map(([other, req]) => ({
        name: other,
        req,
        features: [],
        optional: false,
        default_features: true,
        target: null,
        kind: "normal",
      })),
      cksum: createHash("sha256").update(readFileSync(archive)).digest("hex"),
      features: {},
      yanked: false,
    };
    writeFileSync(join(index, name), `${JSON.stringify(line)}\n`, { flag: "a" });
  }
}

/** The crates of the trials. beta and gamma need exactly one version of alpha each, as serde needs of serde_derive. */
export const crates: readonly Crate[] = [
  ...["1.0.0", "1.1.0", "1.2.0", "2.0.0"].map((version) => ({ name: "alpha", version })),
  ...["1.0.0", "1.1.0", "1.2.0"].map((version) => ({
    name: "beta",
    version,
    needs: { alpha: `=${version}` },
  })),
  ...["0.3.0", "0.3.1", "0.4.0"].map((version) => ({ name: "gamma", version })),
];
