// Made from schemas/manifest.schema.json by `npm run generate`; edit that file instead of this one.
/* eslint-disable */
// @ts-nocheck -- ajv's code has no types
import * as helper0 from "ajv-formats/dist/formats.js";
export const validateManifest = validate0;
const schema0 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:otelcol-plugins:manifest:1",
  title: "Manifest",
  description: "The build manifest that an OpenTelemetry Collector plugin or host carries in its binary.",
  type: "object",
  required: [
    "language",
    "toolchain_version",
    "build_profile",
    "dependency_hashes",
    "build_flags",
    "target",
    "build_time",
  ],
  properties: {
    schema_version: {
      description: "Version of this schema that the manifest is written for; 1 where absent.",
      type: "integer",
      minimum: 1,
    },
    language: { description: "The language whose toolchain made the binary.", enum: ["go", "rust"] },
    toolchain_version: {
      description:
        "Go: 1.22.3, go1.22.3 or the whole of `go version`. Rust: 1.79.0 or the whole of `rustc --version`.",
      type: "string",
      minLength: 1,
    },
    build_profile: {
      description: "release, debug, or the name of a Cargo profile.",
      type: "string",
      minLength: 1,
    },
    dependency_hashes: {
      description:
        "Go: module path to its h1: sum. Rust: crate name to its Cargo.lock checksum. A key may carry a version (syn@1.0.109).",
      type: "object",
      propertyNames: { minLength: 1 },
      additionalProperties: { type: "string" },
    },
    build_flags: {
      description: "Flags given to the compiler, one argument each.",
      type: "array",
      items: { type: "string" },
    },
    target: { description: "A Rust target triple, or Go's GOOS/GOARCH.", type: "string", minLength: 1 },
    build_time: {
      description: "When the binary was built, RFC 3339. Informative, never compared.",
      type: "string",
      format: "date-time",
    },
    name: { description: "The plugin's own name.", type: "string" },
    version: { description: "The plugin's own version.", type: "string" },
    components: {
      description: "The Collector components it offers.",
      type: "array",
      items: {
        title: "Component",
        type: "object",
        required: ["kind", "type", "symbol"],
        properties: {
          kind: {
            description: "receiver, processor, exporter, connector, extension, …",
            type: "string",
            minLength: 1,
          },
          type: {
            description: "The component type as in a Collector configuration: kafka, batch.",
            type: "string",
            minLength: 1,
          },
          symbol: {
            description: "The exported symbol of the factory that creates it.",
            type: "string",
            minLength: 1,
          },
        },
      },
    },
    build_settings: {
      description:
        "What else decided the build, such as Go's CGO_ENABLED or opt-level of a Cargo profile. Never compared.",
      type: "object",
      additionalProperties: { type: "string" },
    },
    build_environment: {
      description: "Hash of the hermetic build environment it was built in.",
      type: "string",
    },
  },
};
const formats0 = helper0.fullFormats["date-time"];
function validate0(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="urn:otelcol-plugins:manifest:1" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate0.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.language === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "language" },
        message: "must have required property '" + "language" + "'",
        schema: schema0.required,
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
    if (data.toolchain_version === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "toolchain_version" },
        message: "must have required property '" + "toolchain_version" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.build_profile === undefined) {
      const err2 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "build_profile" },
        message: "must have required property '" + "build_profile" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.dependency_hashes === undefined) {
      const err3 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "dependency_hashes" },
        message: "must have required property '" + "dependency_hashes" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.build_flags === undefined) {
      const err4 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "build_flags" },
        message: "must have required property '" + "build_flags" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.target === undefined) {
      const err5 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "target" },
        message: "must have required property '" + "target" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.build_time === undefined) {
      const err6 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "build_time" },
        message: "must have required property '" + "build_time" + "'",
        schema: schema0.required,
        parentSchema: schema0,
        data,
      };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.schema_version !== undefined) {
      let data0 = data.schema_version;
      if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
        const err7 = {
          instancePath: instancePath + "/schema_version",
          schemaPath: "#/properties/schema_version/type",
          keyword: "type",
          params: { type: "integer" },
          message: "must be integer",
          schema: schema0.properties.schema_version.type,
          parentSchema: schema0.properties.schema_version,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 < 1 || isNaN(data0)) {
          const err8 = {
            instancePath: instancePath + "/schema_version",
            schemaPath: "#/properties/schema_version/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 1 },
            message: "must be >= 1",
            schema: 1,
            parentSchema: schema0.properties.schema_version,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
    if (data.language !== undefined) {
      let data1 = data.language;
      if (!(data1 === "go" || data1 === "rust")) {
        const err9 = {
          instancePath: instancePath + "/language",
          schemaPath: "#/properties/language/enum",
          keyword: "enum",
          params: { allowedValues: schema0.properties.language.enum },
          message: "must be equal to one of the allowed values",
          schema: schema0.properties.language.enum,
          parentSchema: schema0.properties.language,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.toolchain_version !== undefined) {
      let data2 = data.toolchain_version;
      if (typeof data2 === "string") {
        if (data2.length < 1) {
          const err10 = {
            instancePath: instancePath + "/toolchain_version",
            schemaPath: "#/properties/toolchain_version/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.toolchain_version,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = {
          instancePath: instancePath + "/toolchain_version",
          schemaPath: "#/properties/toolchain_version/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.toolchain_version.type,
          parentSchema: schema0.properties.toolchain_version,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.build_profile !== undefined) {
      let data3 = data.build_profile;
      if (typeof data3 === "string") {
        if (data3.length < 1) {
          const err12 = {
            instancePath: instancePath + "/build_profile",
            schemaPath: "#/properties/build_profile/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.build_profile,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = {
          instancePath: instancePath + "/build_profile",
          schemaPath: "#/properties/build_profile/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.build_profile.type,
          parentSchema: schema0.properties.build_profile,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.dependency_hashes !== undefined) {
      let data4 = data.dependency_hashes;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key0 in data4) {
          const _errs10 = errors;
          if (typeof key0 === "string") {
            if (key0.length < 1) {
              const err14 = {
                instancePath: instancePath + "/dependency_hashes",
                schemaPath: "#/properties/dependency_hashes/propertyNames/minLength",
                keyword: "minLength",
                params: { limit: 1 },
                message: "must NOT have fewer than 1 characters",
                schema: 1,
                parentSchema: schema0.properties.dependency_hashes.propertyNames,
                data: key0,
                propertyName: key0,
              };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
          var valid1 = _errs10 === errors;
          if (!valid1) {
            const err15 = {
              instancePath: instancePath + "/dependency_hashes",
              schemaPath: "#/properties/dependency_hashes/propertyNames",
              keyword: "propertyNames",
              params: { propertyName: key0 },
              message: "property name must be valid",
              schema: schema0.properties.dependency_hashes.propertyNames,
              parentSchema: schema0.properties.dependency_hashes,
              data: data4,
            };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        for (const key1 in data4) {
          let data5 = data4[key1];
          if (typeof data5 !== "string") {
            const err16 = {
              instancePath:
                instancePath + "/dependency_hashes/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
              schemaPath: "#/properties/dependency_hashes/additionalProperties/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.dependency_hashes.additionalProperties.type,
              parentSchema: schema0.properties.dependency_hashes.additionalProperties,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
      } else {
        const err17 = {
          instancePath: instancePath + "/dependency_hashes",
          schemaPath: "#/properties/dependency_hashes/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema0.properties.dependency_hashes.type,
          parentSchema: schema0.properties.dependency_hashes,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.build_flags !== undefined) {
      let data6 = data.build_flags;
      if (Array.isArray(data6)) {
        const len0 = data6.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data7 = data6[i0];
          if (typeof data7 !== "string") {
            const err18 = {
              instancePath: instancePath + "/build_flags/" + i0,
              schemaPath: "#/properties/build_flags/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.build_flags.items.type,
              parentSchema: schema0.properties.build_flags.items,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = {
          instancePath: instancePath + "/build_flags",
          schemaPath: "#/properties/build_flags/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
          schema: schema0.properties.build_flags.type,
          parentSchema: schema0.properties.build_flags,
          data: data6,
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.target !== undefined) {
      let data8 = data.target;
      if (typeof data8 === "string") {
        if (data8.length < 1) {
          const err20 = {
            instancePath: instancePath + "/target",
            schemaPath: "#/properties/target/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
            schema: 1,
            parentSchema: schema0.properties.target,
            data: data8,
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
          instancePath: instancePath + "/target",
          schemaPath: "#/properties/target/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.target.type,
          parentSchema: schema0.properties.target,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.build_time !== undefined) {
      let data9 = data.build_time;
      if (typeof data9 === "string") {
        if (!formats0.validate(data9)) {
          const err22 = {
            instancePath: instancePath + "/build_time",
            schemaPath: "#/properties/build_time/format",
            keyword: "format",
            params: { format: "date-time" },
            message: 'must match format "' + "date-time" + '"',
            schema: "date-time",
            parentSchema: schema0.properties.build_time,
            data: data9,
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
          instancePath: instancePath + "/build_time",
          schemaPath: "#/properties/build_time/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.build_time.type,
          parentSchema: schema0.properties.build_time,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.name !== undefined) {
      let data10 = data.name;
      if (typeof data10 !== "string") {
        const err24 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.name.type,
          parentSchema: schema0.properties.name,
          data: data10,
        };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.version !== undefined) {
      let data11 = data.version;
      if (typeof data11 !== "string") {
        const err25 = {
          instancePath: instancePath + "/version",
          schemaPath: "#/properties/version/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.version.type,
          parentSchema: schema0.properties.version,
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
    if (data.components !== undefined) {
      let data12 = data.components;
      if (Array.isArray(data12)) {
        const len1 = data12.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data13 = data12[i1];
          if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
            if (data13.kind === undefined) {
              const err26 = {
                instancePath: instancePath + "/components/" + i1,
                schemaPath: "#/properties/components/items/required",
                keyword: "required",
                params: { missingProperty: "kind" },
                message: "must have required property '" + "kind" + "'",
                schema: schema0.properties.components.items.required,
                parentSchema: schema0.properties.components.items,
                data: data13,
              };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
            if (data13.type === undefined) {
              const err27 = {
                instancePath: instancePath + "/components/" + i1,
                schemaPath: "#/properties/components/items/required",
                keyword: "required",
                params: { missingProperty: "type" },
                message: "must have required property '" + "type" + "'",
                schema: schema0.properties.components.items.required,
                parentSchema: schema0.properties.components.items,
                data: data13,
              };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
            if (data13.symbol === undefined) {
              const err28 = {
                instancePath: instancePath + "/components/" + i1,
                schemaPath: "#/properties/components/items/required",
                keyword: "required",
                params: { missingProperty: "symbol" },
                message: "must have required property '" + "symbol" + "'",
                schema: schema0.properties.components.items.required,
                parentSchema: schema0.properties.components.items,
                data: data13,
              };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (data13.kind !== undefined) {
              let data14 = data13.kind;
              if (typeof data14 === "string") {
                if (data14.length < 1) {
                  const err29 = {
                    instancePath: instancePath + "/components/" + i1 + "/kind",
                    schemaPath: "#/properties/components/items/properties/kind/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 characters",
                    schema: 1,
                    parentSchema: schema0.properties.components.items.properties.kind,
                    data: data14,
                  };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              } else {
                const err30 = {
                  instancePath: instancePath + "/components/" + i1 + "/kind",
                  schemaPath: "#/properties/components/items/properties/kind/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.components.items.properties.kind.type,
                  parentSchema: schema0.properties.components.items.properties.kind,
                  data: data14,
                };
                if (vErrors === null) {
                  vErrors = [err30];
                } else {
                  vErrors.push(err30);
                }
                errors++;
              }
            }
            if (data13.type !== undefined) {
              let data15 = data13.type;
              if (typeof data15 === "string") {
                if (data15.length < 1) {
                  const err31 = {
                    instancePath: instancePath + "/components/" + i1 + "/type",
                    schemaPath: "#/properties/components/items/properties/type/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 characters",
                    schema: 1,
                    parentSchema: schema0.properties.components.items.properties.type,
                    data: data15,
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
                  instancePath: instancePath + "/components/" + i1 + "/type",
                  schemaPath: "#/properties/components/items/properties/type/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.components.items.properties.type.type,
                  parentSchema: schema0.properties.components.items.properties.type,
                  data: data15,
                };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
            if (data13.symbol !== undefined) {
              let data16 = data13.symbol;
              if (typeof data16 === "string") {
                if (data16.length < 1) {
                  const err33 = {
                    instancePath: instancePath + "/components/" + i1 + "/symbol",
                    schemaPath: "#/properties/components/items/properties/symbol/minLength",
                    keyword: "minLength",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 characters",
                    schema: 1,
                    parentSchema: schema0.properties.components.items.properties.symbol,
                    data: data16,
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
                  instancePath: instancePath + "/components/" + i1 + "/symbol",
                  schemaPath: "#/properties/components/items/properties/symbol/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                  schema: schema0.properties.components.items.properties.symbol.type,
                  parentSchema: schema0.properties.components.items.properties.symbol,
                  data: data16,
                };
                if (vErrors === null) {
                  vErrors = [err34];
                } else {
                  vErrors.push(err34);
                }
                errors++;
              }
            }
          } else {
            const err35 = {
              instancePath: instancePath + "/components/" + i1,
              schemaPath: "#/properties/components/items/type",
              keyword: "type",
              params: { type: "object" },
              message: "must be object",
              schema: schema0.properties.components.items.type,
              parentSchema: schema0.properties.components.items,
              data: data13,
            };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
      } else {
        const err36 = {
          instancePath: instancePath + "/components",
          schemaPath: "#/properties/components/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
          schema: schema0.properties.components.type,
          parentSchema: schema0.properties.components,
          data: data12,
        };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
    if (data.build_settings !== undefined) {
      let data17 = data.build_settings;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        for (const key2 in data17) {
          let data18 = data17[key2];
          if (typeof data18 !== "string") {
            const err37 = {
              instancePath: instancePath + "/build_settings/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
              schemaPath: "#/properties/build_settings/additionalProperties/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
              schema: schema0.properties.build_settings.additionalProperties.type,
              parentSchema: schema0.properties.build_settings.additionalProperties,
              data: data18,
            };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
      } else {
        const err38 = {
          instancePath: instancePath + "/build_settings",
          schemaPath: "#/properties/build_settings/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
          schema: schema0.properties.build_settings.type,
          parentSchema: schema0.properties.build_settings,
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
    if (data.build_environment !== undefined) {
      let data19 = data.build_environment;
      if (typeof data19 !== "string") {
        const err39 = {
          instancePath: instancePath + "/build_environment",
          schemaPath: "#/properties/build_environment/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
          schema: schema0.properties.build_environment.type,
          parentSchema: schema0.properties.build_environment,
          data: data19,
        };
        if (vErrors === null) {
          vErrors = [err39];
        } else {
          vErrors.push(err39);
        }
        errors++;
      }
    }
  } else {
    const err40 = {
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
      vErrors = [err40];
    } else {
      vErrors.push(err40);
    }
    errors++;
  }
  validate0.errors = vErrors;
  return errors === 0;
}
validate0.evaluated = {
  props: {
    schema_version: true,
    language: true,
    toolchain_version: true,
    build_profile: true,
    dependency_hashes: true,
    build_flags: true,
    target: true,
    build_time: true,
    name: true,
    version: true,
    components: true,
    build_settings: true,
    build_environment: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
