/** A schema of the folder schemas, which ships beside dist and is imported as data. */
declare module "*.schema.json" {
  const schema: {
    readonly $id: string;
    readonly properties: Readonly<Record<string, unknown>>;
  };
  export default schema;
}

/** The package's own, beside dist: what it is called, and its version. */
declare module "*/package.json" {
  const tool: { readonly name: string; readonly version: string };
  export default tool;
}
