import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Writes all types of the library into one file. They mention no other package. */
export async function bundleTypes(file) {
  const bundle = await rollup({
    input: join(root, "src/index.ts"),
    plugins: [dts({ tsconfig: join(root, "tsconfig.json"), compilerOptions: { noEmit: false } })],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  await bundle.write({ file, format: "es" });
  await bundle.close();
}
