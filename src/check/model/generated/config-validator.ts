// Made from schemas/config.schema.json by `npm run generate`; edit that file instead of this one.
/* eslint-disable */
// @ts-nocheck -- ajv's code has no types
import * as helper0 from "ajv-formats/dist/formats.js";
export const validateConfig = validate0;
const schema0 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:otelcol-plugins:config:1",
  title: "Configuration",
  description:
    "plugins.config.json, plugins.config.yaml, .pluginsrc. Flags override environment variables, which override this file. Relative paths are relative to its folder.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { description: "For editors; otherwise ignored.", type: "string" },
    folders: {
      description: "Plugin folders, or one archive or container image. Default: plugins.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    recursive: { description: "Search subfolders too.", type: "boolean", default: false },
    host: {
      description:
        "The Collector binary that will load the plugins. For check-all and validate it can be given several times.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    hostManifest: {
      description:
        "The host's manifest as a JSON file, if its binary is not available. Not together with host.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    arch: {
      description: "Check only this architecture's slices of universal files.",
      type: "string",
      minLength: 1,
      examples: ["x86_64", "aarch64"],
    },
    sysroot: {
      description: "Root folder of the system that the host runs on, such as an unpacked container image.",
      type: "string",
      minLength: 1,
    },
    targetGlibc: {
      description: "glibc version of the system that the host runs on.",
      type: "string",
      pattern: "^[0-9]+[.][0-9]+$",
      examples: ["2.31"],
    },
    targetCpu: {
      description: "Processor of the system that the host runs on, as a level of x86-64.",
      type: "string",
      pattern: "^x86-64(-v[234])?$",
      examples: ["x86-64-v3"],
    },
    targetMacos: {
      description: "Release of macOS that the host runs on.",
      type: "string",
      pattern: "^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$",
      examples: ["15", "26.4"],
    },
    archiveFolders: {
      description: "Where the plugins are in an archive or image. Default: /plugins.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    platform: {
      description:
        "Which image of a multi-platform archive. Default: this machine's platform, or the only one.",
      type: "string",
      minLength: 1,
      examples: ["linux/arm64"],
    },
    image: {
      description: "Which image of an archive that has several.",
      type: "string",
      minLength: 1,
      examples: ["registry/otelcol:1.2"],
    },
    sections: {
      description: "Section that carries the manifest, instead of the default ones.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    symbols: {
      description: "Symbol or Go variable that carries the manifest, instead of the default ones.",
      type: ["array", "string"],
      minItems: 1,
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    expect: {
      description: "Plugin that must be present, by its file name or the name in its manifest.",
      type: ["array", "string"],
      minLength: 1,
      items: { type: "string", minLength: 1 },
    },
    allowUnknown: {
      description: "Do not fail on plugins whose compatibility is unknown.",
      type: "boolean",
      default: false,
    },
    failOn: {
      description: "Lowest severity that fails the check.",
      enum: ["error", "warning", "note", "never"],
      default: "error",
    },
    maxWarnings: { description: "Fail if there are more than N warnings.", type: "integer", minimum: 0 },
    policy: {
      description:
        "What counts as an error. proof: what does not match, unless equal package hashes show that the plugin loads. strict: everything that does not match, and what is unknown does not pass. loader: only what the loader itself rejects.",
      enum: ["proof", "strict", "loader"],
      default: "proof",
    },
    severities: {
      description: "The severity of single rules: error, warning, note or off.",
      type: "object",
      additionalProperties: { enum: ["error", "warning", "note", "off"] },
    },
    suppressions: {
      description: "Known findings that do not fail the check, each with a reason.",
      type: "array",
      items: {
        type: "object",
        required: ["rule", "reason"],
        additionalProperties: false,
        properties: {
          rule: { description: "Name of the rule; docs/rules.md has them all.", type: "string" },
          plugin: {
            description:
              "Glob for the end of the plugin's path: kafka*.so, exporters/*.so. Without it, any plugin, the host and the set.",
            type: "string",
            minLength: 1,
            maxLength: 1024,
          },
          subject: {
            description: "Glob for what the finding is about: github.com/IBM/**. Without it, anything.",
            type: "string",
            minLength: 1,
            maxLength: 1024,
          },
          reason: {
            description: "Why the finding is accepted; reports show it.",
            type: "string",
            pattern: "\\S",
          },
          expires: {
            description: "The last day on which it applies, in UTC.",
            type: "string",
            format: "date",
            examples: ["2027-01-31"],
          },
        },
      },
    },
    requireManifest: {
      description: "Fail on files without a manifest, even if their binaries prove how they were built.",
      type: "boolean",
      default: false,
    },
    locked: {
      description: "Fail if plugins, host or policy differ from the lock file.",
      type: "boolean",
      default: false,
    },
    lockFile: {
      description:
        "Lock file. Default: plugins.lock.json next to the configuration file, or in the working folder without one.",
      type: "string",
      minLength: 1,
    },
  },
  dependentSchemas: { host: { properties: { hostManifest: false } } },
};
const func0 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[0-9]+[.][0-9]+$", "u");
const pattern1 = new RegExp("^x86-64(-v[234])?$", "u");
const pattern2 = new RegExp("^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$", "u");
const pattern3 = new RegExp("\\S", "u");
const formats0 = helper0.fullFormats.date;
function validate0(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="urn:otelcol-plugins:config:1" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate0.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func0.call(schema0.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
          schema: false,
          parentSchema: schema0,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== undefined) {
      let data0 = data.$schema;
      if (typeof data0 !== "string") {
        const err1 = {
          instancePath: instancePath + "/$schema",
          schemaPath: "#/properties/%24schema/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.$schema.type,
          parentSchema: schema0.properties.$schema,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.folders !== undefined) {
      let data1 = data.folders;
      if (!Array.isArray(data1) && typeof data1 !== "string") {
        const err2 = {
          instancePath: instancePath + "/folders",
          schemaPath: "#/properties/folders/type",
          keyword: "type",
          params: { type: schema0.properties.folders.type },
          message: "must be array,string",
          schema: schema0.properties.folders.type,
          parentSchema: schema0.properties.folders,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (typeof data1 === "string") {
        if (data1.length < 1) {
          const err3 = {
            instancePath: instancePath + "/folders",
            schemaPath: "#/properties/folders/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.folders,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err4 = {
            instancePath: instancePath + "/folders",
            schemaPath: "#/properties/folders/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.folders,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (typeof data2 === "string") {
            if (data2.length < 1) {
              const err5 = {
                instancePath: instancePath + "/folders/" + i0,
                schemaPath: "#/properties/folders/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.folders.items,
                data: data2,
              };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
          } else {
            const err6 = {
              instancePath: instancePath + "/folders/" + i0,
              schemaPath: "#/properties/folders/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.folders.items.type,
              parentSchema: schema0.properties.folders.items,
              data: data2,
            };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
      }
    }
    if (data.recursive !== undefined) {
      let data3 = data.recursive;
      if (typeof data3 !== "boolean") {
        const err7 = {
          instancePath: instancePath + "/recursive",
          schemaPath: "#/properties/recursive/type",
          keyword: "type",
          params: { type: "boolean" },
          message: "must be boolean",
          schema: schema0.properties.recursive.type,
          parentSchema: schema0.properties.recursive,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.host !== undefined) {
      let data4 = data.host;
      if (!Array.isArray(data4) && typeof data4 !== "string") {
        const err8 = {
          instancePath: instancePath + "/host",
          schemaPath: "#/properties/host/type",
          keyword: "type",
          params: { type: schema0.properties.host.type },
          message: "must be array,string",
          schema: schema0.properties.host.type,
          parentSchema: schema0.properties.host,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (typeof data4 === "string") {
        if (data4.length < 1) {
          const err9 = {
            instancePath: instancePath + "/host",
            schemaPath: "#/properties/host/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.host,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
      if (Array.isArray(data4)) {
        if (data4.length < 1) {
          const err10 = {
            instancePath: instancePath + "/host",
            schemaPath: "#/properties/host/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.host,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        const len1 = data4.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data5 = data4[i1];
          if (typeof data5 === "string") {
            if (data5.length < 1) {
              const err11 = {
                instancePath: instancePath + "/host/" + i1,
                schemaPath: "#/properties/host/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.host.items,
                data: data5,
              };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = {
              instancePath: instancePath + "/host/" + i1,
              schemaPath: "#/properties/host/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.host.items.type,
              parentSchema: schema0.properties.host.items,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      }
    }
    if (data.hostManifest !== undefined) {
      let data6 = data.hostManifest;
      if (!Array.isArray(data6) && typeof data6 !== "string") {
        const err13 = {
          instancePath: instancePath + "/hostManifest",
          schemaPath: "#/properties/hostManifest/type",
          keyword: "type",
          params: { type: schema0.properties.hostManifest.type },
          message: "must be array,string",
          schema: schema0.properties.hostManifest.type,
          parentSchema: schema0.properties.hostManifest,
          data: data6,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      if (typeof data6 === "string") {
        if (data6.length < 1) {
          const err14 = {
            instancePath: instancePath + "/hostManifest",
            schemaPath: "#/properties/hostManifest/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.hostManifest,
            data: data6,
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      }
      if (Array.isArray(data6)) {
        if (data6.length < 1) {
          const err15 = {
            instancePath: instancePath + "/hostManifest",
            schemaPath: "#/properties/hostManifest/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.hostManifest,
            data: data6,
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        const len2 = data6.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data7 = data6[i2];
          if (typeof data7 === "string") {
            if (data7.length < 1) {
              const err16 = {
                instancePath: instancePath + "/hostManifest/" + i2,
                schemaPath: "#/properties/hostManifest/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.hostManifest.items,
                data: data7,
              };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = {
              instancePath: instancePath + "/hostManifest/" + i2,
              schemaPath: "#/properties/hostManifest/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.hostManifest.items.type,
              parentSchema: schema0.properties.hostManifest.items,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
      }
    }
    if (data.arch !== undefined) {
      let data8 = data.arch;
      if (typeof data8 === "string") {
        if (data8.length < 1) {
          const err18 = {
            instancePath: instancePath + "/arch",
            schemaPath: "#/properties/arch/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.arch,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      } else {
        const err19 = {
          instancePath: instancePath + "/arch",
          schemaPath: "#/properties/arch/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.arch.type,
          parentSchema: schema0.properties.arch,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.sysroot !== undefined) {
      let data9 = data.sysroot;
      if (typeof data9 === "string") {
        if (data9.length < 1) {
          const err20 = {
            instancePath: instancePath + "/sysroot",
            schemaPath: "#/properties/sysroot/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.sysroot,
            data: data9,
          };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      } else {
        const err21 = {
          instancePath: instancePath + "/sysroot",
          schemaPath: "#/properties/sysroot/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.sysroot.type,
          parentSchema: schema0.properties.sysroot,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.targetGlibc !== undefined) {
      let data10 = data.targetGlibc;
      if (typeof data10 === "string") {
        if (!pattern0.test(data10)) {
          const err22 = {
            instancePath: instancePath + "/targetGlibc",
            schemaPath: "#/properties/targetGlibc/pattern",
            keyword: "pattern",
            params: { pattern: "^[0-9]+[.][0-9]+$" },
            message: 'must match pattern "' + "^[0-9]+[.][0-9]+$" + '"',
            schema: "^[0-9]+[.][0-9]+$",
            parentSchema: schema0.properties.targetGlibc,
            data: data10,
          };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = {
          instancePath: instancePath + "/targetGlibc",
          schemaPath: "#/properties/targetGlibc/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.targetGlibc.type,
          parentSchema: schema0.properties.targetGlibc,
          data: data10,
        };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.targetCpu !== undefined) {
      let data11 = data.targetCpu;
      if (typeof data11 === "string") {
        if (!pattern1.test(data11)) {
          const err24 = {
            instancePath: instancePath + "/targetCpu",
            schemaPath: "#/properties/targetCpu/pattern",
            keyword: "pattern",
            params: { pattern: "^x86-64(-v[234])?$" },
            message: 'must match pattern "' + "^x86-64(-v[234])?$" + '"',
            schema: "^x86-64(-v[234])?$",
            parentSchema: schema0.properties.targetCpu,
            data: data11,
          };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      } else {
        const err25 = {
          instancePath: instancePath + "/targetCpu",
          schemaPath: "#/properties/targetCpu/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.targetCpu.type,
          parentSchema: schema0.properties.targetCpu,
          data: data11,
        };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.targetMacos !== undefined) {
      let data12 = data.targetMacos;
      if (typeof data12 === "string") {
        if (!pattern2.test(data12)) {
          const err26 = {
            instancePath: instancePath + "/targetMacos",
            schemaPath: "#/properties/targetMacos/pattern",
            keyword: "pattern",
            params: { pattern: "^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$" },
            message: 'must match pattern "' + "^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$" + '"',
            schema: "^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$",
            parentSchema: schema0.properties.targetMacos,
            data: data12,
          };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      } else {
        const err27 = {
          instancePath: instancePath + "/targetMacos",
          schemaPath: "#/properties/targetMacos/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.targetMacos.type,
          parentSchema: schema0.properties.targetMacos,
          data: data12,
        };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.archiveFolders !== undefined) {
      let data13 = data.archiveFolders;
      if (!Array.isArray(data13) && typeof data13 !== "string") {
        const err28 = {
          instancePath: instancePath + "/archiveFolders",
          schemaPath: "#/properties/archiveFolders/type",
          keyword: "type",
          params: { type: schema0.properties.archiveFolders.type },
          message: "must be array,string",
          schema: schema0.properties.archiveFolders.type,
          parentSchema: schema0.properties.archiveFolders,
          data: data13,
        };
        if (vErrors === null) {
          vErrors = [err28];
        } else {
          vErrors.push(err28);
        }
        errors++;
      }
      if (typeof data13 === "string") {
        if (data13.length < 1) {
          const err29 = {
            instancePath: instancePath + "/archiveFolders",
            schemaPath: "#/properties/archiveFolders/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.archiveFolders,
            data: data13,
          };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
      }
      if (Array.isArray(data13)) {
        if (data13.length < 1) {
          const err30 = {
            instancePath: instancePath + "/archiveFolders",
            schemaPath: "#/properties/archiveFolders/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.archiveFolders,
            data: data13,
          };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
        const len3 = data13.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data14 = data13[i3];
          if (typeof data14 === "string") {
            if (data14.length < 1) {
              const err31 = {
                instancePath: instancePath + "/archiveFolders/" + i3,
                schemaPath: "#/properties/archiveFolders/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.archiveFolders.items,
                data: data14,
              };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
          } else {
            const err32 = {
              instancePath: instancePath + "/archiveFolders/" + i3,
              schemaPath: "#/properties/archiveFolders/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.archiveFolders.items.type,
              parentSchema: schema0.properties.archiveFolders.items,
              data: data14,
            };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        }
      }
    }
    if (data.platform !== undefined) {
      let data15 = data.platform;
      if (typeof data15 === "string") {
        if (data15.length < 1) {
          const err33 = {
            instancePath: instancePath + "/platform",
            schemaPath: "#/properties/platform/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.platform,
            data: data15,
          };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
      } else {
        const err34 = {
          instancePath: instancePath + "/platform",
          schemaPath: "#/properties/platform/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.platform.type,
          parentSchema: schema0.properties.platform,
          data: data15,
        };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.image !== undefined) {
      let data16 = data.image;
      if (typeof data16 === "string") {
        if (data16.length < 1) {
          const err35 = {
            instancePath: instancePath + "/image",
            schemaPath: "#/properties/image/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.image,
            data: data16,
          };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
      } else {
        const err36 = {
          instancePath: instancePath + "/image",
          schemaPath: "#/properties/image/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.image.type,
          parentSchema: schema0.properties.image,
          data: data16,
        };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
    if (data.sections !== undefined) {
      let data17 = data.sections;
      if (!Array.isArray(data17) && typeof data17 !== "string") {
        const err37 = {
          instancePath: instancePath + "/sections",
          schemaPath: "#/properties/sections/type",
          keyword: "type",
          params: { type: schema0.properties.sections.type },
          message: "must be array,string",
          schema: schema0.properties.sections.type,
          parentSchema: schema0.properties.sections,
          data: data17,
        };
        if (vErrors === null) {
          vErrors = [err37];
        } else {
          vErrors.push(err37);
        }
        errors++;
      }
      if (typeof data17 === "string") {
        if (data17.length < 1) {
          const err38 = {
            instancePath: instancePath + "/sections",
            schemaPath: "#/properties/sections/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.sections,
            data: data17,
          };
          if (vErrors === null) {
            vErrors = [err38];
          } else {
            vErrors.push(err38);
          }
          errors++;
        }
      }
      if (Array.isArray(data17)) {
        if (data17.length < 1) {
          const err39 = {
            instancePath: instancePath + "/sections",
            schemaPath: "#/properties/sections/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.sections,
            data: data17,
          };
          if (vErrors === null) {
            vErrors = [err39];
          } else {
            vErrors.push(err39);
          }
          errors++;
        }
        const len4 = data17.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data18 = data17[i4];
          if (typeof data18 === "string") {
            if (data18.length < 1) {
              const err40 = {
                instancePath: instancePath + "/sections/" + i4,
                schemaPath: "#/properties/sections/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.sections.items,
                data: data18,
              };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
          } else {
            const err41 = {
              instancePath: instancePath + "/sections/" + i4,
              schemaPath: "#/properties/sections/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.sections.items.type,
              parentSchema: schema0.properties.sections.items,
              data: data18,
            };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
      }
    }
    if (data.symbols !== undefined) {
      let data19 = data.symbols;
      if (!Array.isArray(data19) && typeof data19 !== "string") {
        const err42 = {
          instancePath: instancePath + "/symbols",
          schemaPath: "#/properties/symbols/type",
          keyword: "type",
          params: { type: schema0.properties.symbols.type },
          message: "must be array,string",
          schema: schema0.properties.symbols.type,
          parentSchema: schema0.properties.symbols,
          data: data19,
        };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
      if (typeof data19 === "string") {
        if (data19.length < 1) {
          const err43 = {
            instancePath: instancePath + "/symbols",
            schemaPath: "#/properties/symbols/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.symbols,
            data: data19,
          };
          if (vErrors === null) {
            vErrors = [err43];
          } else {
            vErrors.push(err43);
          }
          errors++;
        }
      }
      if (Array.isArray(data19)) {
        if (data19.length < 1) {
          const err44 = {
            instancePath: instancePath + "/symbols",
            schemaPath: "#/properties/symbols/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
            schema: 1,
            parentSchema: schema0.properties.symbols,
            data: data19,
          };
          if (vErrors === null) {
            vErrors = [err44];
          } else {
            vErrors.push(err44);
          }
          errors++;
        }
        const len5 = data19.length;
        for (let i5 = 0; i5 < len5; i5++) {
          let data20 = data19[i5];
          if (typeof data20 === "string") {
            if (data20.length < 1) {
              const err45 = {
                instancePath: instancePath + "/symbols/" + i5,
                schemaPath: "#/properties/symbols/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.symbols.items,
                data: data20,
              };
              if (vErrors === null) {
                vErrors = [err45];
              } else {
                vErrors.push(err45);
              }
              errors++;
            }
          } else {
            const err46 = {
              instancePath: instancePath + "/symbols/" + i5,
              schemaPath: "#/properties/symbols/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.symbols.items.type,
              parentSchema: schema0.properties.symbols.items,
              data: data20,
            };
            if (vErrors === null) {
              vErrors = [err46];
            } else {
              vErrors.push(err46);
            }
            errors++;
          }
        }
      }
    }
    if (data.expect !== undefined) {
      let data21 = data.expect;
      if (!Array.isArray(data21) && typeof data21 !== "string") {
        const err47 = {
          instancePath: instancePath + "/expect",
          schemaPath: "#/properties/expect/type",
          keyword: "type",
          params: { type: schema0.properties.expect.type },
          message: "must be array,string",
          schema: schema0.properties.expect.type,
          parentSchema: schema0.properties.expect,
          data: data21,
        };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      }
      if (typeof data21 === "string") {
        if (data21.length < 1) {
          const err48 = {
            instancePath: instancePath + "/expect",
            schemaPath: "#/properties/expect/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.expect,
            data: data21,
          };
          if (vErrors === null) {
            vErrors = [err48];
          } else {
            vErrors.push(err48);
          }
          errors++;
        }
      }
      if (Array.isArray(data21)) {
        const len6 = data21.length;
        for (let i6 = 0; i6 < len6; i6++) {
          let data22 = data21[i6];
          if (typeof data22 === "string") {
            if (data22.length < 1) {
              const err49 = {
                instancePath: instancePath + "/expect/" + i6,
                schemaPath: "#/properties/expect/items/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.expect.items,
                data: data22,
              };
              if (vErrors === null) {
                vErrors = [err49];
              } else {
                vErrors.push(err49);
              }
              errors++;
            }
          } else {
            const err50 = {
              instancePath: instancePath + "/expect/" + i6,
              schemaPath: "#/properties/expect/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.expect.items.type,
              parentSchema: schema0.properties.expect.items,
              data: data22,
            };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
        }
      }
    }
    if (data.allowUnknown !== undefined) {
      let data23 = data.allowUnknown;
      if (typeof data23 !== "boolean") {
        const err51 = {
          instancePath: instancePath + "/allowUnknown",
          schemaPath: "#/properties/allowUnknown/type",
          keyword: "type",
          params: { type: "boolean" },
          message: "must be boolean",
          schema: schema0.properties.allowUnknown.type,
          parentSchema: schema0.properties.allowUnknown,
          data: data23,
        };
        if (vErrors === null) {
          vErrors = [err51];
        } else {
          vErrors.push(err51);
        }
        errors++;
      }
    }
    if (data.failOn !== undefined) {
      let data24 = data.failOn;
      if (!(data24 === "error" || data24 === "warning" || data24 === "note" || data24 === "never")) {
        const err52 = {
          instancePath: instancePath + "/failOn",
          schemaPath: "#/properties/failOn/enum",
          keyword: "enum",
          params: { allowedValues: schema0.properties.failOn.enum },
          message: "must be equal to one of the allowed values",
          schema: schema0.properties.failOn.enum,
          parentSchema: schema0.properties.failOn,
          data: data24,
        };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
        }
        errors++;
      }
    }
    if (data.maxWarnings !== undefined) {
      let data25 = data.maxWarnings;
      if (!(typeof data25 == "number" && !(data25 % 1) && !isNaN(data25) && isFinite(data25))) {
        const err53 = {
          instancePath: instancePath + "/maxWarnings",
          schemaPath: "#/properties/maxWarnings/type",
          keyword: "type",
          params: { type: "integer" },
          message: "must be integer",
          schema: schema0.properties.maxWarnings.type,
          parentSchema: schema0.properties.maxWarnings,
          data: data25,
        };
        if (vErrors === null) {
          vErrors = [err53];
        } else {
          vErrors.push(err53);
        }
        errors++;
      }
      if (typeof data25 == "number" && isFinite(data25)) {
        if (data25 < 0 || isNaN(data25)) {
          const err54 = {
            instancePath: instancePath + "/maxWarnings",
            schemaPath: "#/properties/maxWarnings/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
            schema: 0,
            parentSchema: schema0.properties.maxWarnings,
            data: data25,
          };
          if (vErrors === null) {
            vErrors = [err54];
          } else {
            vErrors.push(err54);
          }
          errors++;
        }
      }
    }
    if (data.policy !== undefined) {
      let data26 = data.policy;
      if (!(data26 === "proof" || data26 === "strict" || data26 === "loader")) {
        const err55 = {
          instancePath: instancePath + "/policy",
          schemaPath: "#/properties/policy/enum",
          keyword: "enum",
          params: { allowedValues: schema0.properties.policy.enum },
          message: "must be equal to one of the allowed values",
          schema: schema0.properties.policy.enum,
          parentSchema: schema0.properties.policy,
          data: data26,
        };
        if (vErrors === null) {
          vErrors = [err55];
        } else {
          vErrors.push(err55);
        }
        errors++;
      }
    }
    if (data.severities !== undefined) {
      let data27 = data.severities;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        for (const key1 in data27) {
          let data28 = data27[key1];
          if (!(data28 === "error" || data28 === "warning" || data28 === "note" || data28 === "off")) {
            const err56 = {
              instancePath: instancePath + "/severities/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
              schemaPath: "#/properties/severities/additionalProperties/enum",
              keyword: "enum",
              params: { allowedValues: schema0.properties.severities.additionalProperties.enum },
              message: "must be equal to one of the allowed values",
              schema: schema0.properties.severities.additionalProperties.enum,
              parentSchema: schema0.properties.severities.additionalProperties,
              data: data28,
            };
            if (vErrors === null) {
              vErrors = [err56];
            } else {
              vErrors.push(err56);
            }
            errors++;
          }
        }
      } else {
        const err57 = {
          instancePath: instancePath + "/severities",
          schemaPath: "#/properties/severities/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema0.properties.severities.type,
          parentSchema: schema0.properties.severities,
          data: data27,
        };
        if (vErrors === null) {
          vErrors = [err57];
        } else {
          vErrors.push(err57);
        }
        errors++;
      }
    }
    if (data.suppressions !== undefined) {
      let data29 = data.suppressions;
      if (Array.isArray(data29)) {
        const len7 = data29.length;
        for (let i7 = 0; i7 < len7; i7++) {
          let data30 = data29[i7];
          if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
            if (data30.rule === undefined) {
              const err58 = {
                instancePath: instancePath + "/suppressions/" + i7,
                schemaPath: "#/properties/suppressions/items/required",
                keyword: "required",
                params: { missingProperty: "rule" },
                message: "must have required property '" + "rule" + "'",
                schema: schema0.properties.suppressions.items.required,
                parentSchema: schema0.properties.suppressions.items,
                data: data30,
              };
              if (vErrors === null) {
                vErrors = [err58];
              } else {
                vErrors.push(err58);
              }
              errors++;
            }
            if (data30.reason === undefined) {
              const err59 = {
                instancePath: instancePath + "/suppressions/" + i7,
                schemaPath: "#/properties/suppressions/items/required",
                keyword: "required",
                params: { missingProperty: "reason" },
                message: "must have required property '" + "reason" + "'",
                schema: schema0.properties.suppressions.items.required,
                parentSchema: schema0.properties.suppressions.items,
                data: data30,
              };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
            for (const key2 in data30) {
              if (!(
                key2 === "rule" ||
                key2 === "plugin" ||
                key2 === "subject" ||
                key2 === "reason" ||
                key2 === "expires"
              )) {
                const err60 = {
                  instancePath: instancePath + "/suppressions/" + i7,
                  schemaPath: "#/properties/suppressions/items/additionalProperties",
                  keyword: "additionalProperties",
                  params: { additionalProperty: key2 },
                  message: "must NOT have additional properties",
                  schema: false,
                  parentSchema: schema0.properties.suppressions.items,
                  data: data30,
                };
                if (vErrors === null) {
                  vErrors = [err60];
                } else {
                  vErrors.push(err60);
                }
                errors++;
              }
            }
            if (data30.rule !== undefined) {
              let data31 = data30.rule;
              if (typeof data31 !== "string") {
                const err61 = {
                  instancePath: instancePath + "/suppressions/" + i7 + "/rule",
                  schemaPath: "#/properties/suppressions/items/properties/rule/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.suppressions.items.properties.rule.type,
                  parentSchema: schema0.properties.suppressions.items.properties.rule,
                  data: data31,
                };
                if (vErrors === null) {
                  vErrors = [err61];
                } else {
                  vErrors.push(err61);
                }
                errors++;
              }
            }
            if (data30.plugin !== undefined) {
              let data32 = data30.plugin;
              if (typeof data32 === "string") {
                if (data32.length > 1024) {
                  const err62 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/plugin",
                    schemaPath: "#/properties/suppressions/items/properties/plugin/maxLength",
                    keyword: "maxLength",
                    params: { limit: 1024 },
                    message: "must NOT have more than 1024 characters",
                    schema: 1024,
                    parentSchema: schema0.properties.suppressions.items.properties.plugin,
                    data: data32,
                  };
                  if (vErrors === null) {
                    vErrors = [err62];
                  } else {
                    vErrors.push(err62);
                  }
                  errors++;
                }
                if (data32.length < 1) {
                  const err63 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/plugin",
                    schemaPath: "#/properties/suppressions/items/properties/plugin/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 characters",
                    schema: 1,
                    parentSchema: schema0.properties.suppressions.items.properties.plugin,
                    data: data32,
                  };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
              } else {
                const err64 = {
                  instancePath: instancePath + "/suppressions/" + i7 + "/plugin",
                  schemaPath: "#/properties/suppressions/items/properties/plugin/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.suppressions.items.properties.plugin.type,
                  parentSchema: schema0.properties.suppressions.items.properties.plugin,
                  data: data32,
                };
                if (vErrors === null) {
                  vErrors = [err64];
                } else {
                  vErrors.push(err64);
                }
                errors++;
              }
            }
            if (data30.subject !== undefined) {
              let data33 = data30.subject;
              if (typeof data33 === "string") {
                if (data33.length > 1024) {
                  const err65 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/subject",
                    schemaPath: "#/properties/suppressions/items/properties/subject/maxLength",
                    keyword: "maxLength",
                    params: { limit: 1024 },
                    message: "must NOT have more than 1024 characters",
                    schema: 1024,
                    parentSchema: schema0.properties.suppressions.items.properties.subject,
                    data: data33,
                  };
                  if (vErrors === null) {
                    vErrors = [err65];
                  } else {
                    vErrors.push(err65);
                  }
                  errors++;
                }
                if (data33.length < 1) {
                  const err66 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/subject",
                    schemaPath: "#/properties/suppressions/items/properties/subject/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 characters",
                    schema: 1,
                    parentSchema: schema0.properties.suppressions.items.properties.subject,
                    data: data33,
                  };
                  if (vErrors === null) {
                    vErrors = [err66];
                  } else {
                    vErrors.push(err66);
                  }
                  errors++;
                }
              } else {
                const err67 = {
                  instancePath: instancePath + "/suppressions/" + i7 + "/subject",
                  schemaPath: "#/properties/suppressions/items/properties/subject/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.suppressions.items.properties.subject.type,
                  parentSchema: schema0.properties.suppressions.items.properties.subject,
                  data: data33,
                };
                if (vErrors === null) {
                  vErrors = [err67];
                } else {
                  vErrors.push(err67);
                }
                errors++;
              }
            }
            if (data30.reason !== undefined) {
              let data34 = data30.reason;
              if (typeof data34 === "string") {
                if (!pattern3.test(data34)) {
                  const err68 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/reason",
                    schemaPath: "#/properties/suppressions/items/properties/reason/pattern",
                    keyword: "pattern",
                    params: { pattern: "\\S" },
                    message: 'must match pattern "' + "\\S" + '"',
                    schema: "\\S",
                    parentSchema: schema0.properties.suppressions.items.properties.reason,
                    data: data34,
                  };
                  if (vErrors === null) {
                    vErrors = [err68];
                  } else {
                    vErrors.push(err68);
                  }
                  errors++;
                }
              } else {
                const err69 = {
                  instancePath: instancePath + "/suppressions/" + i7 + "/reason",
                  schemaPath: "#/properties/suppressions/items/properties/reason/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.suppressions.items.properties.reason.type,
                  parentSchema: schema0.properties.suppressions.items.properties.reason,
                  data: data34,
                };
                if (vErrors === null) {
                  vErrors = [err69];
                } else {
                  vErrors.push(err69);
                }
                errors++;
              }
            }
            if (data30.expires !== undefined) {
              let data35 = data30.expires;
              if (typeof data35 === "string") {
                if (!formats0.validate(data35)) {
                  const err70 = {
                    instancePath: instancePath + "/suppressions/" + i7 + "/expires",
                    schemaPath: "#/properties/suppressions/items/properties/expires/format",
                    keyword: "format",
                    params: { format: "date" },
                    message: 'must match format "' + "date" + '"',
                    schema: "date",
                    parentSchema: schema0.properties.suppressions.items.properties.expires,
                    data: data35,
                  };
                  if (vErrors === null) {
                    vErrors = [err70];
                  } else {
                    vErrors.push(err70);
                  }
                  errors++;
                }
              } else {
                const err71 = {
                  instancePath: instancePath + "/suppressions/" + i7 + "/expires",
                  schemaPath: "#/properties/suppressions/items/properties/expires/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.suppressions.items.properties.expires.type,
                  parentSchema: schema0.properties.suppressions.items.properties.expires,
                  data: data35,
                };
                if (vErrors === null) {
                  vErrors = [err71];
                } else {
                  vErrors.push(err71);
                }
                errors++;
              }
            }
          } else {
            const err72 = {
              instancePath: instancePath + "/suppressions/" + i7,
              schemaPath: "#/properties/suppressions/items/type",
              keyword: "type",
              params: { type: "object" },
              message: "must be object",
              schema: schema0.properties.suppressions.items.type,
              parentSchema: schema0.properties.suppressions.items,
              data: data30,
            };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          }
        }
      } else {
        const err73 = {
          instancePath: instancePath + "/suppressions",
          schemaPath: "#/properties/suppressions/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
          schema: schema0.properties.suppressions.type,
          parentSchema: schema0.properties.suppressions,
          data: data29,
        };
        if (vErrors === null) {
          vErrors = [err73];
        } else {
          vErrors.push(err73);
        }
        errors++;
      }
    }
    if (data.requireManifest !== undefined) {
      let data36 = data.requireManifest;
      if (typeof data36 !== "boolean") {
        const err74 = {
          instancePath: instancePath + "/requireManifest",
          schemaPath: "#/properties/requireManifest/type",
          keyword: "type",
          params: { type: "boolean" },
          message: "must be boolean",
          schema: schema0.properties.requireManifest.type,
          parentSchema: schema0.properties.requireManifest,
          data: data36,
        };
        if (vErrors === null) {
          vErrors = [err74];
        } else {
          vErrors.push(err74);
        }
        errors++;
      }
    }
    if (data.locked !== undefined) {
      let data37 = data.locked;
      if (typeof data37 !== "boolean") {
        const err75 = {
          instancePath: instancePath + "/locked",
          schemaPath: "#/properties/locked/type",
          keyword: "type",
          params: { type: "boolean" },
          message: "must be boolean",
          schema: schema0.properties.locked.type,
          parentSchema: schema0.properties.locked,
          data: data37,
        };
        if (vErrors === null) {
          vErrors = [err75];
        } else {
          vErrors.push(err75);
        }
        errors++;
      }
    }
    if (data.lockFile !== undefined) {
      let data38 = data.lockFile;
      if (typeof data38 === "string") {
        if (data38.length < 1) {
          const err76 = {
            instancePath: instancePath + "/lockFile",
            schemaPath: "#/properties/lockFile/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.lockFile,
            data: data38,
          };
          if (vErrors === null) {
            vErrors = [err76];
          } else {
            vErrors.push(err76);
          }
          errors++;
        }
      } else {
        const err77 = {
          instancePath: instancePath + "/lockFile",
          schemaPath: "#/properties/lockFile/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.lockFile.type,
          parentSchema: schema0.properties.lockFile,
          data: data38,
        };
        if (vErrors === null) {
          vErrors = [err77];
        } else {
          vErrors.push(err77);
        }
        errors++;
      }
    }
    if (data.host !== undefined) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.hostManifest !== undefined) {
          const err78 = {
            instancePath: instancePath + "/hostManifest",
            schemaPath: "#/dependentSchemas/host/properties/hostManifest/false schema",
            keyword: "false schema",
            params: {},
            message: "boolean schema is false",
            schema: false,
            parentSchema: schema0.dependentSchemas.host.properties.hostManifest,
            data: data.hostManifest,
          };
          if (vErrors === null) {
            vErrors = [err78];
          } else {
            vErrors.push(err78);
          }
          errors++;
        }
      }
    }
  } else {
    const err79 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
      schema: schema0.type,
      parentSchema: schema0,
      data,
    };
    if (vErrors === null) {
      vErrors = [err79];
    } else {
      vErrors.push(err79);
    }
    errors++;
  }
  validate0.errors = vErrors;
  return errors === 0;
}
validate0.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
