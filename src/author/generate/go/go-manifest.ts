import type { Files } from "../../../files/files.ts";
import { UsageError } from "../../../check/model/usage-error.ts";
import { unknownContent, type ManifestDraft } from "../draft.ts";
import { jsonOf, type Started } from "../tool.ts";
import { flagValue, goBuildArguments, manifestFlags } from "./build-arguments.ts";
import { goCommandIn, type GoCommand } from "./command.ts";
import { componentOf } from "./component.ts";
import { isForManifest, linkedPackages, type LinkedModule } from "./linked-modules.ts";
import { moduleSums } from "./module-sums.ts";
import { goProfile, goSettings } from "./recorded-build.ts";

/** What a manifest of Go sources is made of. */
export interface GoSources {
  readonly files: Files;
  readonly folder: string;
  /** As given behind `--`. */
  readonly buildArguments: readonly string[];
  readonly started: Started;
}

/** @throws UsageError if the go command cannot describe the build. */
export async function goManifest({
  files,
  folder,
  buildArguments,
  started,
}: GoSources): Promise<ManifestDraft> {
  const go = await goCommandIn(folder, started);
  const environment = jsonOf(await go.run("env", "-json"), "go env -json") as Readonly<
    Record<string, string | undefined>
  >;
  const args = goBuildArguments(buildArguments, environment["GOFLAGS"] ?? "");
  const packageName = args.packageName ?? ".";
  const main = await mainPackage(go, args.forList, packageName);
  const { modules, packages } = await linkedPackages(go, args.forList, packageName);
  const sums = moduleSums(files, {
    folder,
    workspace: environment["GOWORK"] ?? "",
    goMods: await mainModules(go, environment),
    modFile: flagValue(args, "-modfile"),
  });
  const version = await compilerVersion(go);
  const found = componentOf(files, main.ImportPath, packages);
  const flags = manifestFlags(args);
  const hashes = dependencyHashes(modules, sums);
  const unsummed = Object.keys(hashes).filter((key) => key.includes("@") && hashes[key] === "");
  return {
    fields: {
      language: "go",
      toolchain_version: version,
      build_profile: goProfile(flags),
      dependency_hashes: hashes,
      build_flags: [...flags],
      target: `${environment["GOOS"] ?? ""}/${environment["GOARCH"] ?? ""}`,
      build_settings: goSettings(environment),
      ...(found.kind === "found" ? { components: [found.component] } : {}),
    },
    remarks: [
      ...unknownContent(unsummed, "no go.sum that could be read has its sum"),
      ...(found.kind === "unclear"
        ? [{ field: "components", text: `components are left out: ${found.why}.` }]
        : []),
    ],
    unknown: {},
  };
}

/** As `go list -json` describes it. */
interface ListedPackage {
  readonly Name: string;
  readonly ImportPath: string;
  readonly Error?: { readonly Err: string };
}

/** @throws UsageError if it is not a main package. */
async function mainPackage(
  { run }: GoCommand,
  flags: readonly string[],
  packageName: string,
): Promise<ListedPackage> {
  const list = (...more: readonly string[]) => run("list", ...more, ...flags, "-json", "--", packageName);
  const text = await list("-e");
  const isOne = !/^\}\s*\{/m.test(text);
  if (!isOne || text.trim() === "") {
    throw new UsageError("bad-usage", `${packageName} is ${isOne ? "no" : "more than one"} package`, [
      "A manifest is of one main package: name it as DIR, or behind the --.",
    ]);
  }
  const main = jsonOf(text, "go list -json") as ListedPackage;
  if (main.Error !== undefined && !isForManifest(main.Error.Err)) await list();
  if (main.Name === "main") return main;
  throw new UsageError("bad-usage", `${main.ImportPath} is not a main package`, [
    "A plugin or a host is built of a main package: name its folder.",
  ]);
}

/** The go.mod of each main module: in a workspace there are several. */
async function mainModules(
  { run }: GoCommand,
  { GOWORK = "", GOMOD = "" }: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  if (GOWORK === "" || GOWORK === "off") return [GOMOD];
  return (await run("list", "-m", "-f", "{{.GoMod}}")).trimEnd().split("\n");
}

/**
 * The compiler's own word: what runtime.Version() returns in what it builds, with the experiments that differ from the usual ones (Go:
 * src/cmd/internal/objabi/flag.go, AddVersionFlag; src/cmd/link/internal/ld/main.go). `go env GOEXPERIMENT` names all that are set.
 * Since Go 1.26 the linker writes `go1.26.8-X:arenas` where the compiler says `go1.26.8 X:arenas`, and as the linker before did.
 */
async function compilerVersion({ run }: GoCommand): Promise<string> {
  const text = (await run("tool", "compile", "-V")).trim().replace(/^compile version /, "");
  const line = Number(/^go1\.(\d+)/.exec(text)?.[1] ?? 0);
  return line >= 26 ? text.replace(" X:", "-X:") : text;
}

/**
 * As the inspector derives it from build info: `PATH@VERSION` with the sum of what is linked. Sources that have no sum, those of the main
 * module, of a folder that replaces a module, of another module of the workspace, have the empty text: never a path.
 */
function dependencyHashes(
  modules: readonly LinkedModule[],
  sums: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    modules.map(({ path, content }) =>
      content === undefined
        ? [path, ""]
        : [`${path}@${content.version}`, sums.get(`${content.path} ${content.version}`) ?? ""],
    ),
  );
}
