import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A version of a crate. Its sources are of the edition 2021. */
export interface LocalCrate {
  /** Of four letters or more. */
  readonly name: string;
  readonly version: string;
  /** What it requires, by name: `{ alpha: "1" }`. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Of src/lib.rs. */
  readonly text: string;
}

/**
 * Writes crates into a folder that `local-registry` of Cargo's configuration can name (Cargo book, "Source Replacement"). Of a `directory`
 * `cargo update --precise` takes the latest version, whatever it is told; of this it does not.
 * @returns the checksum of each, by `NAME@VERSION`.
 */
export function writeRegistry(
  folder: string,
  crates: readonly LocalCrate[],
): Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    crates.map(({ name, version, dependencies = {}, text }) => {
      const sources = mkdtempSync(join(folder, "sources-"));
      const own = join(sources, `${name}-${version}`);
      mkdirSync(join(own, "src"), { recursive: true });
      const required = Object.entries(dependencies).map(([each, version]) => `${each} = "${version}"\n`);
      writeFileSync(
        join(own, "Cargo.toml"),
        `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n[dependencies]\n${required.join("")}`,
      );
      writeFileSync(join(own, "src/lib.rs"), text);
      const archive = join(folder, `${name}-${version}.crate`);
      execFileSync("tar", ["-czf", archive, "-C", sources, `${name}-${version}`]);
      rmSync(sources, { recursive: true });
      const cksum = createHash("sha256").update(readFileSync(archive)).digest("hex");
      const deps = Object.entries(dependencies).map(([each, version]) => ({
        ...{ name: each, req: `^${version}`, features: [], optional: false, default_features: true },
        ...{ target: null, kind: "normal" },
      }));
      const index = join(folder, "index", name.slice(0, 2), name.slice(2, 4), name);
      mkdirSync(dirname(index), { recursive: true });
      const line = { name, vers: version, deps, cksum, features: {}, yanked: false };
      writeFileSync(index, `${JSON.stringify(line)}\n`, { flag: "a" });
      return [`${name}@${version}`, cksum] as const;
    }),
  );
}
