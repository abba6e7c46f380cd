import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { buildFolder, recipe, runIn, yamlRecipe, type BuildFolder, type RecipeRun } from "./recipe.ts";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly terminationMessagePolicy?: string;
  readonly volumeMounts: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly?: boolean;
  }[];
}

/** As much of apps/v1 as the recipe has. */
interface Deployment {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly initContainers: readonly Container[];
        readonly containers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

const { apiVersion, kind, metadata, spec } = yamlRecipe("recipes/kubernetes.yaml") as Deployment;
const { initContainers, containers, volumes } = spec.template.spec;
const [gate] = initContainers;

describe("the init container", () => {
  let folder: BuildFolder;

  afterEach(() => {
    folder.remove();
  });

  /** Its command with its environment, the paths moved to the folder. */
  function start(): RecipeRun {
    const places: Readonly<Record<string, string>> = {
      "/plugins": join(folder.path, "dist/plugins"),
      "/dist/otelcol": join(folder.path, "dist/otelcol"),
    };
    const env = (gate?.env ?? []).map(({ name, value }) => [name, places[value] ?? `not moved: ${value}`]);
    return runIn(
      folder,
      [...(gate?.command ?? []), ...(gate?.args ?? [])],
      Object.fromEntries(env) as Record<string, string>,
    );
  }

  it("lets a host with fitting plugins start", () => {
    folder = buildFolder("fitting");
    expect(start().code).toBe(0);
  });

  it("refuses to start a host whose plugins do not fit, and its last lines say why", () => {
    folder = buildFolder("all");
    const { code, stdout, stderr } = start();
    expect(code).toBe(1);
    // What Kubernetes takes of the log (kubelet, FallbackToLogsOnError): 80 lines, 2048 bytes.
    const message = `${stdout}${stderr}`.split("\n").slice(-80).join("\n").slice(-2048);
    expect(gate?.terminationMessagePolicy).toBe("FallbackToLogsOnError");
    expect(message).toContain("dependency-mismatch");
    expect(message).toContain("Failing: ");
  });

  it("can write nowhere and needs no rights", () => {
    folder = buildFolder("fitting");
    expect(gate?.securityContext).toMatchObject({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    for (const { readOnly } of gate?.volumeMounts ?? []) expect(readOnly).toBe(true);
  });
});

describe("the deployment", () => {
  it("is one, and selects its own pods", () => {
    expect([apiVersion, kind, metadata.name]).toEqual(["apps/v1", "Deployment", "otelcol"]);
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  it("mounts volumes that it has, each once, under an absolute path", () => {
    const names = volumes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { volumeMounts } of [...initContainers, ...containers]) {
      for (const { name, mountPath } of volumeMounts) {
        expect(names).toContain(name);
        expect(mountPath).toMatch(/^\//);
      }
    }
  });

  it("checks the very folder that the host then loads from", () => {
    const folderOf = (container: Container | undefined): string | undefined =>
      container?.volumeMounts.find(({ name }) => name === "plugins")?.mountPath;
    expect(folderOf(gate)).toBe(folderOf(containers[0]));
    expect(gate?.env).toContainEqual({ name: "PLUGINS_DIR", value: folderOf(gate) });
  });

  it("finds the host where the stage of the Dockerfile has it", () => {
    const host = gate?.env?.find(({ name }) => name === "PLUGINS_HOST")?.value ?? "none";
    expect(recipe("recipes/Dockerfile")).toContain(`PLUGINS_HOST=${host}\n`);
  });
});
