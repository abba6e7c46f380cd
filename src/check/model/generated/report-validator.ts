// Made from schemas/report.schema.json by `npm run generate`; edit that file instead of this one.
/* eslint-disable */
// @ts-nocheck -- ajv's code has no types

export const validateReport = validate0;
const schema0 = { $id: "whole", $ref: "urn:otelcol-plugins:report:1#/$defs/report" };
const schema2 = {
  type: "object",
  description: "The report of list, validate, check-all and manifest --verify.",
  required: [
    "$schema",
    "schemaVersion",
    "tool",
    "command",
    "host",
    "plugins",
    "findings",
    "summary",
    "exitCode",
    "causes",
    "warnings",
    "failure",
    "configuration",
  ],
  properties: {
    $schema: { const: "urn:otelcol-plugins:report:1" },
    schemaVersion: { $ref: "#/$defs/schemaVersion" },
    tool: { $ref: "#/$defs/tool" },
    command: { enum: ["list", "validate", "check-all", "lock", "manifest"] },
    host: {
      description:
        "What the plugins were compared with, of several hosts the first; null for list and manifest --verify.",
      oneOf: [{ $ref: "#/$defs/host" }, { type: "null" }],
    },
    hosts: {
      description: "All hosts, in the given order; only if there are several.",
      type: "array",
      minItems: 2,
      items: { $ref: "#/$defs/host" },
    },
    plugins: {
      description:
        "In the order of their paths for a folder, in the given order for named files. With several hosts each plugin is in it once for each of them.",
      type: "array",
      items: { $ref: "#/$defs/plugin" },
    },
    findings: {
      description: "About the host or the set, not one plugin.",
      type: "array",
      items: { $ref: "#/$defs/finding" },
    },
    summary: { $ref: "#/$defs/summary" },
    exitCode: { description: "The exit code of the process: 0 nothing wrong, 1 findings.", enum: [0, 1] },
    shard: { $ref: "#/$defs/shard" },
    error: false,
    causes: {
      type: "array",
      description: "What is wrong, the worst first: findings of all plugins that say the same are one.",
      items: { $ref: "#/$defs/cause" },
    },
    warnings: { type: "array", items: { type: "string" }, description: "What was odd but stopped nothing." },
    failure: { type: ["string", "null"], description: "Why the check fails; null if it does not." },
    configuration: {
      description:
        "What the command ran with; null if there is no configuration file and no variable lowers anything.",
      oneOf: [{ $ref: "#/$defs/inForce" }, { type: "null" }],
    },
  },
  if: { properties: { command: { const: "list" } } },
  then: {
    properties: {
      host: { type: "null" },
      exitCode: { const: 0 },
      plugins: {
        type: "array",
        items: {
          type: "object",
          properties: { verdict: false, unknowns: false, loader: false, checks: false },
        },
      },
    },
  },
  else: {
    properties: {
      host: { type: "object" },
      plugins: {
        type: "array",
        items: {
          type: "object",
          required: ["verdict", "unknowns", "checks"],
          properties: { verdict: true, unknowns: true, checks: true },
        },
      },
    },
  },
};
const schema3 = { description: "Version of this schema.", const: 1 };
function validate3(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate3.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (1 !== data) {
    validate3.errors = [
      {
        instancePath,
        schemaPath: "#/const",
        keyword: "const",
        params: { allowedValue: 1 },
        message: "must be equal to constant",
      },
    ];
    return false;
  }
  validate3.errors = vErrors;
  return errors === 0;
}
validate3.evaluated = { dynamicProps: false, dynamicItems: false };
const schema4 = {
  type: "object",
  required: ["name", "version"],
  properties: { name: { const: "otelcol-plugins" }, version: { type: "string" } },
};
function validate5(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate5.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.name === undefined && (missing0 = "name")) ||
        (data.version === undefined && (missing0 = "version"))
      ) {
        validate5.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.name !== undefined) {
          const _errs1 = errors;
          if ("otelcol-plugins" !== data.name) {
            validate5.errors = [
              {
                instancePath: instancePath + "/name",
                schemaPath: "#/properties/name/const",
                keyword: "const",
                params: { allowedValue: "otelcol-plugins" },
                message: "must be equal to constant",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.version !== undefined) {
            const _errs2 = errors;
            if (typeof data.version !== "string") {
              validate5.errors = [
                {
                  instancePath: instancePath + "/version",
                  schemaPath: "#/properties/version/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
        }
      }
    } else {
      validate5.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate5.errors = vErrors;
  return errors === 0;
}
validate5.evaluated = { props: { name: true, version: true }, dynamicProps: false, dynamicItems: false };
const schema5 = {
  type: "object",
  description: "The host binary, or the manifest file that was given in its place.",
  required: ["path", "format", "arch", "size", "slices", "unreadable", "manifests", "evidence"],
  properties: {
    path: {
      type: "string",
      description:
        "The path as given, or for a file found in a folder the folder as given and the file's name.",
    },
    format: {
      description: "null if the file is not an object file, or is the manifest file given in place of one.",
      enum: ["elf", "macho", null],
    },
    arch: {
      type: ["string", "null"],
      description:
        "Architecture as in LLVM's triples: x86_64, aarch64, … That of the slice that was compared, or else of the first slice.",
    },
    size: {
      description: "Length of the file in bytes; null if it could not be opened.",
      type: ["integer", "null"],
      minimum: 0,
    },
    slices: {
      description:
        "One for a thin file, one per slice for a universal Mach-O file, none if nothing could be read.",
      type: "array",
      items: { $ref: "#/$defs/slice" },
    },
    unreadable: {
      description: "Why the file could not be read as an object file; null if it could.",
      oneOf: [
        {
          type: "object",
          required: ["reason", "offset"],
          properties: {
            reason: { type: "string" },
            offset: {
              description: "Byte offset in the file of what is wrong; null if no single place is.",
              type: ["integer", "null"],
              minimum: 0,
            },
          },
        },
        { type: "null" },
      ],
    },
    manifests: { description: "One per language.", type: "array", items: { $ref: "#/$defs/manifest" } },
    evidence: { $ref: "#/$defs/evidence" },
    sha256: {
      type: "string",
      pattern: "^[0-9a-f]{64}$",
      description: "SHA-256 of the file as it was checked; only with --digests.",
    },
  },
};
const schema6 = {
  type: "object",
  description: "The part of a file for one architecture; the whole file if it is thin.",
  required: ["arch", "bits", "endian", "kind", "offset", "size", "manifests", "evidence"],
  properties: {
    arch: { type: "string" },
    bits: { enum: [32, 64] },
    endian: { enum: ["little", "big"] },
    kind: { enum: ["executable", "shared-library", "bundle", "relocatable", "core", "other"] },
    offset: {
      type: "integer",
      minimum: 0,
      description: "Offset of the slice in the file, in bytes; 0 for a thin file.",
    },
    size: { type: "integer", minimum: 0, description: "Length of the slice in bytes." },
    manifests: {
      description: "All manifests that were found, in reading order.",
      type: "array",
      items: { $ref: "#/$defs/manifest" },
    },
    evidence: { $ref: "#/$defs/evidence" },
  },
};
const schema7 = {
  type: "object",
  required: ["source", "location", "offset", "valid", "value"],
  properties: {
    source: {
      description:
        'What carries it. "derived" if the file has no manifest: the fields are then what its binary proves.',
      enum: ["section", "dynamic-symbol", "static-symbol", "build-info", "file", "derived"],
    },
    location: {
      type: "string",
      description: "Name of the section or symbol, or a path: .otel_manifest, main.PluginManifest.",
    },
    offset: {
      description: "Offset of the JSON text in the file, in bytes; null if the text is not stored as it is.",
      type: ["integer", "null"],
      minimum: 0,
    },
    valid: {
      description:
        "Whether it follows manifest.schema.json. A derived one has only the fields that are proven.",
      type: "boolean",
    },
    value: {
      description:
        "As embedded; null if the JSON could not be read. A host may have an array, one manifest per language.",
    },
  },
};
function validate9(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate9.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.source === undefined && (missing0 = "source")) ||
        (data.location === undefined && (missing0 = "location")) ||
        (data.offset === undefined && (missing0 = "offset")) ||
        (data.valid === undefined && (missing0 = "valid")) ||
        (data.value === undefined && (missing0 = "value"))
      ) {
        validate9.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.source !== undefined) {
          let data0 = data.source;
          const _errs1 = errors;
          if (!(
            data0 === "section" ||
            data0 === "dynamic-symbol" ||
            data0 === "static-symbol" ||
            data0 === "build-info" ||
            data0 === "file" ||
            data0 === "derived"
          )) {
            validate9.errors = [
              {
                instancePath: instancePath + "/source",
                schemaPath: "#/properties/source/enum",
                keyword: "enum",
                params: { allowedValues: schema7.properties.source.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.location !== undefined) {
            const _errs2 = errors;
            if (typeof data.location !== "string") {
              validate9.errors = [
                {
                  instancePath: instancePath + "/location",
                  schemaPath: "#/properties/location/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.offset !== undefined) {
              let data2 = data.offset;
              const _errs4 = errors;
              if (
                !(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2)) &&
                data2 !== null
              ) {
                validate9.errors = [
                  {
                    instancePath: instancePath + "/offset",
                    schemaPath: "#/properties/offset/type",
                    keyword: "type",
                    params: { type: schema7.properties.offset.type },
                    message: "must be integer,null",
                  },
                ];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data2 == "number" && isFinite(data2)) {
                  if (data2 < 0 || isNaN(data2)) {
                    validate9.errors = [
                      {
                        instancePath: instancePath + "/offset",
                        schemaPath: "#/properties/offset/minimum",
                        keyword: "minimum",
                        params: { comparison: ">=", limit: 0 },
                        message: "must be >= 0",
                      },
                    ];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.valid !== undefined) {
                const _errs6 = errors;
                if (typeof data.valid !== "boolean") {
                  validate9.errors = [
                    {
                      instancePath: instancePath + "/valid",
                      schemaPath: "#/properties/valid/type",
                      keyword: "type",
                      params: { type: "boolean" },
                      message: "must be boolean",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate9.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate9.errors = vErrors;
  return errors === 0;
}
validate9.evaluated = {
  props: { source: true, location: true, offset: true, valid: true, value: true },
  dynamicProps: false,
  dynamicItems: false,
};
const schema8 = {
  description: "What the binary itself proves, by name: arch, os, libc, …",
  type: "object",
  additionalProperties: { $ref: "#/$defs/fact" },
};
const schema9 = {
  description: "Known with where it was read, or unknown with why.",
  oneOf: [
    {
      type: "object",
      required: ["known", "value", "from"],
      properties: { known: { const: true }, value: { type: "string" }, from: { type: "string" } },
    },
    {
      type: "object",
      required: ["known", "why"],
      properties: { known: { const: false }, why: { type: "string" } },
    },
  ],
};
function validate12(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate12.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs0 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs1 = errors;
  if (errors === _errs1) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.known === undefined && (missing0 = "known")) ||
        (data.value === undefined && (missing0 = "value")) ||
        (data.from === undefined && (missing0 = "from"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/oneOf/0/required",
          keyword: "required",
          params: { missingProperty: missing0 },
          message: "must have required property '" + missing0 + "'",
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        if (data.known !== undefined) {
          const _errs3 = errors;
          if (true !== data.known) {
            const err1 = {
              instancePath: instancePath + "/known",
              schemaPath: "#/oneOf/0/properties/known/const",
              keyword: "const",
              params: { allowedValue: true },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
          var valid1 = _errs3 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          if (data.value !== undefined) {
            const _errs4 = errors;
            if (typeof data.value !== "string") {
              const err2 = {
                instancePath: instancePath + "/value",
                schemaPath: "#/oneOf/0/properties/value/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            var valid1 = _errs4 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.from !== undefined) {
              const _errs6 = errors;
              if (typeof data.from !== "string") {
                const err3 = {
                  instancePath: instancePath + "/from",
                  schemaPath: "#/oneOf/0/properties/from/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
              var valid1 = _errs6 === errors;
            } else {
              var valid1 = true;
            }
          }
        }
      }
    } else {
      const err4 = {
        instancePath,
        schemaPath: "#/oneOf/0/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props0 = {};
    props0.known = true;
    props0.value = true;
    props0.from = true;
  }
  const _errs8 = errors;
  if (errors === _errs8) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (
        (data.known === undefined && (missing1 = "known")) ||
        (data.why === undefined && (missing1 = "why"))
      ) {
        const err5 = {
          instancePath,
          schemaPath: "#/oneOf/1/required",
          keyword: "required",
          params: { missingProperty: missing1 },
          message: "must have required property '" + missing1 + "'",
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      } else {
        if (data.known !== undefined) {
          const _errs10 = errors;
          if (false !== data.known) {
            const err6 = {
              instancePath: instancePath + "/known",
              schemaPath: "#/oneOf/1/properties/known/const",
              keyword: "const",
              params: { allowedValue: false },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          var valid2 = _errs10 === errors;
        } else {
          var valid2 = true;
        }
        if (valid2) {
          if (data.why !== undefined) {
            const _errs11 = errors;
            if (typeof data.why !== "string") {
              const err7 = {
                instancePath: instancePath + "/why",
                schemaPath: "#/oneOf/1/properties/why/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            var valid2 = _errs11 === errors;
          } else {
            var valid2 = true;
          }
        }
      }
    } else {
      const err8 = {
        instancePath,
        schemaPath: "#/oneOf/1/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
  }
  var _valid0 = _errs8 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
      if (props0 !== true) {
        props0 = props0 || {};
        props0.known = true;
        props0.why = true;
      }
    }
  }
  if (!valid0) {
    const err9 = {
      instancePath,
      schemaPath: "#/oneOf",
      keyword: "oneOf",
      params: { passingSchemas: passing0 },
      message: "must match exactly one schema in oneOf",
    };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
    validate12.errors = vErrors;
    return false;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate12.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate12.evaluated = { dynamicProps: true, dynamicItems: false };
function validate11(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate11.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        const _errs2 = errors;
        if (
          !validate12(data[key0], {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            parentData: data,
            parentDataProperty: key0,
            rootData,
            dynamicAnchors,
          })
        ) {
          vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
          errors = vErrors.length;
        }
        var valid0 = _errs2 === errors;
        if (!valid0) {
          break;
        }
      }
    } else {
      validate11.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate11.errors = vErrors;
  return errors === 0;
}
validate11.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
function validate8(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate8.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.arch === undefined && (missing0 = "arch")) ||
        (data.bits === undefined && (missing0 = "bits")) ||
        (data.endian === undefined && (missing0 = "endian")) ||
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.offset === undefined && (missing0 = "offset")) ||
        (data.size === undefined && (missing0 = "size")) ||
        (data.manifests === undefined && (missing0 = "manifests")) ||
        (data.evidence === undefined && (missing0 = "evidence"))
      ) {
        validate8.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.arch !== undefined) {
          const _errs1 = errors;
          if (typeof data.arch !== "string") {
            validate8.errors = [
              {
                instancePath: instancePath + "/arch",
                schemaPath: "#/properties/arch/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.bits !== undefined) {
            let data1 = data.bits;
            const _errs3 = errors;
            if (!(data1 === 32 || data1 === 64)) {
              validate8.errors = [
                {
                  instancePath: instancePath + "/bits",
                  schemaPath: "#/properties/bits/enum",
                  keyword: "enum",
                  params: { allowedValues: schema6.properties.bits.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.endian !== undefined) {
              let data2 = data.endian;
              const _errs4 = errors;
              if (!(data2 === "little" || data2 === "big")) {
                validate8.errors = [
                  {
                    instancePath: instancePath + "/endian",
                    schemaPath: "#/properties/endian/enum",
                    keyword: "enum",
                    params: { allowedValues: schema6.properties.endian.enum },
                    message: "must be equal to one of the allowed values",
                  },
                ];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.kind !== undefined) {
                let data3 = data.kind;
                const _errs5 = errors;
                if (!(
                  data3 === "executable" ||
                  data3 === "shared-library" ||
                  data3 === "bundle" ||
                  data3 === "relocatable" ||
                  data3 === "core" ||
                  data3 === "other"
                )) {
                  validate8.errors = [
                    {
                      instancePath: instancePath + "/kind",
                      schemaPath: "#/properties/kind/enum",
                      keyword: "enum",
                      params: { allowedValues: schema6.properties.kind.enum },
                      message: "must be equal to one of the allowed values",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.offset !== undefined) {
                  let data4 = data.offset;
                  const _errs6 = errors;
                  if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                    validate8.errors = [
                      {
                        instancePath: instancePath + "/offset",
                        schemaPath: "#/properties/offset/type",
                        keyword: "type",
                        params: { type: "integer" },
                        message: "must be integer",
                      },
                    ];
                    return false;
                  }
                  if (errors === _errs6) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0 || isNaN(data4)) {
                        validate8.errors = [
                          {
                            instancePath: instancePath + "/offset",
                            schemaPath: "#/properties/offset/minimum",
                            keyword: "minimum",
                            params: { comparison: ">=", limit: 0 },
                            message: "must be >= 0",
                          },
                        ];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.size !== undefined) {
                    let data5 = data.size;
                    const _errs8 = errors;
                    if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
                      validate8.errors = [
                        {
                          instancePath: instancePath + "/size",
                          schemaPath: "#/properties/size/type",
                          keyword: "type",
                          params: { type: "integer" },
                          message: "must be integer",
                        },
                      ];
                      return false;
                    }
                    if (errors === _errs8) {
                      if (typeof data5 == "number" && isFinite(data5)) {
                        if (data5 < 0 || isNaN(data5)) {
                          validate8.errors = [
                            {
                              instancePath: instancePath + "/size",
                              schemaPath: "#/properties/size/minimum",
                              keyword: "minimum",
                              params: { comparison: ">=", limit: 0 },
                              message: "must be >= 0",
                            },
                          ];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs8 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.manifests !== undefined) {
                      let data6 = data.manifests;
                      const _errs10 = errors;
                      if (errors === _errs10) {
                        if (Array.isArray(data6)) {
                          var valid1 = true;
                          const len0 = data6.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            const _errs12 = errors;
                            if (
                              !validate9(data6[i0], {
                                instancePath: instancePath + "/manifests/" + i0,
                                parentData: data6,
                                parentDataProperty: i0,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate9.errors : vErrors.concat(validate9.errors);
                              errors = vErrors.length;
                            }
                            var valid1 = _errs12 === errors;
                            if (!valid1) {
                              break;
                            }
                          }
                        } else {
                          validate8.errors = [
                            {
                              instancePath: instancePath + "/manifests",
                              schemaPath: "#/properties/manifests/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs10 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.evidence !== undefined) {
                        const _errs13 = errors;
                        if (
                          !validate11(data.evidence, {
                            instancePath: instancePath + "/evidence",
                            parentData: data,
                            parentDataProperty: "evidence",
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                          errors = vErrors.length;
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate8.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate8.errors = vErrors;
  return errors === 0;
}
validate8.evaluated = {
  props: {
    arch: true,
    bits: true,
    endian: true,
    kind: true,
    offset: true,
    size: true,
    manifests: true,
    evidence: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const pattern0 = new RegExp("^[0-9a-f]{64}$", "u");
function validate7(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate7.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.path === undefined && (missing0 = "path")) ||
        (data.format === undefined && (missing0 = "format")) ||
        (data.arch === undefined && (missing0 = "arch")) ||
        (data.size === undefined && (missing0 = "size")) ||
        (data.slices === undefined && (missing0 = "slices")) ||
        (data.unreadable === undefined && (missing0 = "unreadable")) ||
        (data.manifests === undefined && (missing0 = "manifests")) ||
        (data.evidence === undefined && (missing0 = "evidence"))
      ) {
        validate7.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.path !== undefined) {
          const _errs1 = errors;
          if (typeof data.path !== "string") {
            validate7.errors = [
              {
                instancePath: instancePath + "/path",
                schemaPath: "#/properties/path/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.format !== undefined) {
            let data1 = data.format;
            const _errs3 = errors;
            if (!(data1 === "elf" || data1 === "macho" || data1 === null)) {
              validate7.errors = [
                {
                  instancePath: instancePath + "/format",
                  schemaPath: "#/properties/format/enum",
                  keyword: "enum",
                  params: { allowedValues: schema5.properties.format.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.arch !== undefined) {
              let data2 = data.arch;
              const _errs4 = errors;
              if (typeof data2 !== "string" && data2 !== null) {
                validate7.errors = [
                  {
                    instancePath: instancePath + "/arch",
                    schemaPath: "#/properties/arch/type",
                    keyword: "type",
                    params: { type: schema5.properties.arch.type },
                    message: "must be string,null",
                  },
                ];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.size !== undefined) {
                let data3 = data.size;
                const _errs6 = errors;
                if (
                  !(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3)) &&
                  data3 !== null
                ) {
                  validate7.errors = [
                    {
                      instancePath: instancePath + "/size",
                      schemaPath: "#/properties/size/type",
                      keyword: "type",
                      params: { type: schema5.properties.size.type },
                      message: "must be integer,null",
                    },
                  ];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data3 == "number" && isFinite(data3)) {
                    if (data3 < 0 || isNaN(data3)) {
                      validate7.errors = [
                        {
                          instancePath: instancePath + "/size",
                          schemaPath: "#/properties/size/minimum",
                          keyword: "minimum",
                          params: { comparison: ">=", limit: 0 },
                          message: "must be >= 0",
                        },
                      ];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.slices !== undefined) {
                  let data4 = data.slices;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data4)) {
                      var valid1 = true;
                      const len0 = data4.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs10 = errors;
                        if (
                          !validate8(data4[i0], {
                            instancePath: instancePath + "/slices/" + i0,
                            parentData: data4,
                            parentDataProperty: i0,
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate8.errors : vErrors.concat(validate8.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs10 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate7.errors = [
                        {
                          instancePath: instancePath + "/slices",
                          schemaPath: "#/properties/slices/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.unreadable !== undefined) {
                    let data6 = data.unreadable;
                    const _errs11 = errors;
                    const _errs12 = errors;
                    let valid2 = false;
                    let passing0 = null;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                        let missing1;
                        if (
                          (data6.reason === undefined && (missing1 = "reason")) ||
                          (data6.offset === undefined && (missing1 = "offset"))
                        ) {
                          const err0 = {
                            instancePath: instancePath + "/unreadable",
                            schemaPath: "#/properties/unreadable/oneOf/0/required",
                            keyword: "required",
                            params: { missingProperty: missing1 },
                            message: "must have required property '" + missing1 + "'",
                          };
                          if (vErrors === null) {
                            vErrors = [err0];
                          } else {
                            vErrors.push(err0);
                          }
                          errors++;
                        } else {
                          if (data6.reason !== undefined) {
                            const _errs15 = errors;
                            if (typeof data6.reason !== "string") {
                              const err1 = {
                                instancePath: instancePath + "/unreadable/reason",
                                schemaPath: "#/properties/unreadable/oneOf/0/properties/reason/type",
                                keyword: "type",
                                params: { type: "string" },
                                message: "must be string",
                              };
                              if (vErrors === null) {
                                vErrors = [err1];
                              } else {
                                vErrors.push(err1);
                              }
                              errors++;
                            }
                            var valid3 = _errs15 === errors;
                          } else {
                            var valid3 = true;
                          }
                          if (valid3) {
                            if (data6.offset !== undefined) {
                              let data8 = data6.offset;
                              const _errs17 = errors;
                              if (
                                !(
                                  typeof data8 == "number" &&
                                  !(data8 % 1) &&
                                  !isNaN(data8) &&
                                  isFinite(data8)
                                ) &&
                                data8 !== null
                              ) {
                                const err2 = {
                                  instancePath: instancePath + "/unreadable/offset",
                                  schemaPath: "#/properties/unreadable/oneOf/0/properties/offset/type",
                                  keyword: "type",
                                  params: {
                                    type: schema5.properties.unreadable.oneOf[0].properties.offset.type,
                                  },
                                  message: "must be integer,null",
                                };
                                if (vErrors === null) {
                                  vErrors = [err2];
                                } else {
                                  vErrors.push(err2);
                                }
                                errors++;
                              }
                              if (errors === _errs17) {
                                if (typeof data8 == "number" && isFinite(data8)) {
                                  if (data8 < 0 || isNaN(data8)) {
                                    const err3 = {
                                      instancePath: instancePath + "/unreadable/offset",
                                      schemaPath: "#/properties/unreadable/oneOf/0/properties/offset/minimum",
                                      keyword: "minimum",
                                      params: { comparison: ">=", limit: 0 },
                                      message: "must be >= 0",
                                    };
                                    if (vErrors === null) {
                                      vErrors = [err3];
                                    } else {
                                      vErrors.push(err3);
                                    }
                                    errors++;
                                  }
                                }
                              }
                              var valid3 = _errs17 === errors;
                            } else {
                              var valid3 = true;
                            }
                          }
                        }
                      } else {
                        const err4 = {
                          instancePath: instancePath + "/unreadable",
                          schemaPath: "#/properties/unreadable/oneOf/0/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        };
                        if (vErrors === null) {
                          vErrors = [err4];
                        } else {
                          vErrors.push(err4);
                        }
                        errors++;
                      }
                    }
                    var _valid0 = _errs13 === errors;
                    if (_valid0) {
                      valid2 = true;
                      passing0 = 0;
                      var props0 = {};
                      props0.reason = true;
                      props0.offset = true;
                    }
                    const _errs19 = errors;
                    if (data6 !== null) {
                      const err5 = {
                        instancePath: instancePath + "/unreadable",
                        schemaPath: "#/properties/unreadable/oneOf/1/type",
                        keyword: "type",
                        params: { type: "null" },
                        message: "must be null",
                      };
                      if (vErrors === null) {
                        vErrors = [err5];
                      } else {
                        vErrors.push(err5);
                      }
                      errors++;
                    }
                    var _valid0 = _errs19 === errors;
                    if (_valid0 && valid2) {
                      valid2 = false;
                      passing0 = [passing0, 1];
                    } else {
                      if (_valid0) {
                        valid2 = true;
                        passing0 = 1;
                      }
                    }
                    if (!valid2) {
                      const err6 = {
                        instancePath: instancePath + "/unreadable",
                        schemaPath: "#/properties/unreadable/oneOf",
                        keyword: "oneOf",
                        params: { passingSchemas: passing0 },
                        message: "must match exactly one schema in oneOf",
                      };
                      if (vErrors === null) {
                        vErrors = [err6];
                      } else {
                        vErrors.push(err6);
                      }
                      errors++;
                      validate7.errors = vErrors;
                      return false;
                    } else {
                      errors = _errs12;
                      if (vErrors !== null) {
                        if (_errs12) {
                          vErrors.length = _errs12;
                        } else {
                          vErrors = null;
                        }
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.manifests !== undefined) {
                      let data9 = data.manifests;
                      const _errs21 = errors;
                      if (errors === _errs21) {
                        if (Array.isArray(data9)) {
                          var valid4 = true;
                          const len1 = data9.length;
                          for (let i1 = 0; i1 < len1; i1++) {
                            const _errs23 = errors;
                            if (
                              !validate9(data9[i1], {
                                instancePath: instancePath + "/manifests/" + i1,
                                parentData: data9,
                                parentDataProperty: i1,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate9.errors : vErrors.concat(validate9.errors);
                              errors = vErrors.length;
                            }
                            var valid4 = _errs23 === errors;
                            if (!valid4) {
                              break;
                            }
                          }
                        } else {
                          validate7.errors = [
                            {
                              instancePath: instancePath + "/manifests",
                              schemaPath: "#/properties/manifests/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs21 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.evidence !== undefined) {
                        const _errs24 = errors;
                        if (
                          !validate11(data.evidence, {
                            instancePath: instancePath + "/evidence",
                            parentData: data,
                            parentDataProperty: "evidence",
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                          errors = vErrors.length;
                        }
                        var valid0 = _errs24 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.sha256 !== undefined) {
                          let data12 = data.sha256;
                          const _errs25 = errors;
                          if (errors === _errs25) {
                            if (typeof data12 === "string") {
                              if (!pattern0.test(data12)) {
                                validate7.errors = [
                                  {
                                    instancePath: instancePath + "/sha256",
                                    schemaPath: "#/properties/sha256/pattern",
                                    keyword: "pattern",
                                    params: { pattern: "^[0-9a-f]{64}$" },
                                    message: 'must match pattern "' + "^[0-9a-f]{64}$" + '"',
                                  },
                                ];
                                return false;
                              }
                            } else {
                              validate7.errors = [
                                {
                                  instancePath: instancePath + "/sha256",
                                  schemaPath: "#/properties/sha256/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid0 = _errs25 === errors;
                        } else {
                          var valid0 = true;
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate7.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate7.errors = vErrors;
  return errors === 0;
}
validate7.evaluated = {
  props: {
    path: true,
    format: true,
    arch: true,
    size: true,
    slices: true,
    unreadable: true,
    manifests: true,
    evidence: true,
    sha256: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema10 = {
  type: "object",
  required: ["path", "format", "arch", "size", "slices", "unreadable", "manifest", "evidence", "findings"],
  properties: {
    path: {
      type: "string",
      description:
        "The path as given, or for a file found in a folder the folder as given and the file's name.",
    },
    hostPath: {
      type: "string",
      description: "The path of the host that it was checked with; only if there are several hosts.",
    },
    format: {
      description: "null if the file is not an object file, or is the manifest file given in place of one.",
      enum: ["elf", "macho", null],
    },
    arch: {
      type: ["string", "null"],
      description:
        "Architecture as in LLVM's triples: x86_64, aarch64, … That of the slice that was compared, or else of the first slice.",
    },
    size: {
      description: "Length of the file in bytes; null if it could not be opened.",
      type: ["integer", "null"],
      minimum: 0,
    },
    slices: {
      description:
        "One for a thin file, one per slice for a universal Mach-O file, none if nothing could be read.",
      type: "array",
      items: { $ref: "#/$defs/slice" },
    },
    unreadable: {
      description: "Why the file could not be read as an object file; null if it could.",
      oneOf: [
        {
          type: "object",
          required: ["reason", "offset"],
          properties: {
            reason: { type: "string" },
            offset: {
              description: "Byte offset in the file of what is wrong; null if no single place is.",
              type: ["integer", "null"],
              minimum: 0,
            },
          },
        },
        { type: "null" },
      ],
    },
    manifest: {
      description:
        "The manifest that is compared: the first valid one in reading order. null if there is none.",
      oneOf: [{ $ref: "#/$defs/manifest" }, { type: "null" }],
    },
    evidence: { $ref: "#/$defs/evidence" },
    verdict: {
      description:
        "incompatible: there is an error. compatible: there is none, and everything decisive is known to match. unknown: neither. unreadable: not an object file. Absent in list and inspect.",
      enum: ["compatible", "incompatible", "unknown", "unreadable"],
    },
    unknowns: {
      description: "Why the verdict is unknown, one sentence for each unknown. Absent in list and inspect.",
      type: "array",
      items: { type: "string" },
    },
    loader: { $ref: "#/$defs/loader" },
    checks: {
      description: "Every comparison that was made, including those that passed. Absent in list and inspect.",
      type: "array",
      items: { $ref: "#/$defs/check" },
    },
    findings: { description: "Worst first.", type: "array", items: { $ref: "#/$defs/finding" } },
    sha256: {
      type: "string",
      pattern: "^[0-9a-f]{64}$",
      description: "SHA-256 of the file as it was checked; only with --digests.",
    },
  },
};
const schema11 = {
  type: "object",
  description:
    "What plugin.Open, dlopen or dyld is predicted to answer. Absent in list and inspect, and if the host is only a manifest file.",
  required: ["outcome", "opener", "message", "reason", "check", "further", "needs"],
  properties: {
    outcome: { enum: ["loads", "refused", "crash", "unknown"] },
    opener: {
      description:
        "Who opens the plugin: Go's package plugin, or the system's loader (dlopen of glibc and musl, dyld).",
      enum: ["plugin.Open", "dlopen"],
    },
    packages: {
      type: "object",
      description:
        "Go packages that both sides have, and how many of these have the same hash. Absent if the hashes of a side are unknown, and if plugin.Open is not what opens the plugin.",
      required: ["shared", "equal"],
      properties: { shared: { type: "integer", minimum: 0 }, equal: { type: "integer", minimum: 0 } },
    },
    message: {
      type: ["string", "null"],
      description:
        "The loader's own words when it refuses or crashes; null if it says nothing, or its words are unknown.",
    },
    reason: {
      type: ["string", "null"],
      description: "Why the outcome is unknown, or what the message means.",
    },
    check: {
      type: ["string", "null"],
      description:
        "Which of the loader's checks decides: package-hash, machine, missing-library, …; null if none fails.",
    },
    further: {
      description: "What else would stop the loader once the first problem is fixed, in the loader's order.",
      type: "array",
      items: {
        type: "object",
        required: ["outcome", "check", "message", "subject"],
        properties: {
          outcome: { enum: ["refused", "crash"] },
          check: { type: "string" },
          message: { type: ["string", "null"] },
          subject: {
            type: ["string", "null"],
            description: "The package, library or symbol that it is about.",
          },
        },
      },
    },
    needs: {
      description:
        "What the target must have and is not known to have: glibc >= 2.34. With the outcome loads: what no file can tell, and is taken for granted.",
      type: "array",
      items: { type: "string" },
    },
  },
};
function validate24(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate24.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.outcome === undefined && (missing0 = "outcome")) ||
        (data.opener === undefined && (missing0 = "opener")) ||
        (data.message === undefined && (missing0 = "message")) ||
        (data.reason === undefined && (missing0 = "reason")) ||
        (data.check === undefined && (missing0 = "check")) ||
        (data.further === undefined && (missing0 = "further")) ||
        (data.needs === undefined && (missing0 = "needs"))
      ) {
        validate24.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.outcome !== undefined) {
          let data0 = data.outcome;
          const _errs1 = errors;
          if (!(data0 === "loads" || data0 === "refused" || data0 === "crash" || data0 === "unknown")) {
            validate24.errors = [
              {
                instancePath: instancePath + "/outcome",
                schemaPath: "#/properties/outcome/enum",
                keyword: "enum",
                params: { allowedValues: schema11.properties.outcome.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.opener !== undefined) {
            let data1 = data.opener;
            const _errs2 = errors;
            if (!(data1 === "plugin.Open" || data1 === "dlopen")) {
              validate24.errors = [
                {
                  instancePath: instancePath + "/opener",
                  schemaPath: "#/properties/opener/enum",
                  keyword: "enum",
                  params: { allowedValues: schema11.properties.opener.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.packages !== undefined) {
              let data2 = data.packages;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
                  let missing1;
                  if (
                    (data2.shared === undefined && (missing1 = "shared")) ||
                    (data2.equal === undefined && (missing1 = "equal"))
                  ) {
                    validate24.errors = [
                      {
                        instancePath: instancePath + "/packages",
                        schemaPath: "#/properties/packages/required",
                        keyword: "required",
                        params: { missingProperty: missing1 },
                        message: "must have required property '" + missing1 + "'",
                      },
                    ];
                    return false;
                  } else {
                    if (data2.shared !== undefined) {
                      let data3 = data2.shared;
                      const _errs5 = errors;
                      if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
                        validate24.errors = [
                          {
                            instancePath: instancePath + "/packages/shared",
                            schemaPath: "#/properties/packages/properties/shared/type",
                            keyword: "type",
                            params: { type: "integer" },
                            message: "must be integer",
                          },
                        ];
                        return false;
                      }
                      if (errors === _errs5) {
                        if (typeof data3 == "number" && isFinite(data3)) {
                          if (data3 < 0 || isNaN(data3)) {
                            validate24.errors = [
                              {
                                instancePath: instancePath + "/packages/shared",
                                schemaPath: "#/properties/packages/properties/shared/minimum",
                                keyword: "minimum",
                                params: { comparison: ">=", limit: 0 },
                                message: "must be >= 0",
                              },
                            ];
                            return false;
                          }
                        }
                      }
                      var valid1 = _errs5 === errors;
                    } else {
                      var valid1 = true;
                    }
                    if (valid1) {
                      if (data2.equal !== undefined) {
                        let data4 = data2.equal;
                        const _errs7 = errors;
                        if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                          validate24.errors = [
                            {
                              instancePath: instancePath + "/packages/equal",
                              schemaPath: "#/properties/packages/properties/equal/type",
                              keyword: "type",
                              params: { type: "integer" },
                              message: "must be integer",
                            },
                          ];
                          return false;
                        }
                        if (errors === _errs7) {
                          if (typeof data4 == "number" && isFinite(data4)) {
                            if (data4 < 0 || isNaN(data4)) {
                              validate24.errors = [
                                {
                                  instancePath: instancePath + "/packages/equal",
                                  schemaPath: "#/properties/packages/properties/equal/minimum",
                                  keyword: "minimum",
                                  params: { comparison: ">=", limit: 0 },
                                  message: "must be >= 0",
                                },
                              ];
                              return false;
                            }
                          }
                        }
                        var valid1 = _errs7 === errors;
                      } else {
                        var valid1 = true;
                      }
                    }
                  }
                } else {
                  validate24.errors = [
                    {
                      instancePath: instancePath + "/packages",
                      schemaPath: "#/properties/packages/type",
                      keyword: "type",
                      params: { type: "object" },
                      message: "must be object",
                    },
                  ];
                  return false;
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.message !== undefined) {
                let data5 = data.message;
                const _errs9 = errors;
                if (typeof data5 !== "string" && data5 !== null) {
                  validate24.errors = [
                    {
                      instancePath: instancePath + "/message",
                      schemaPath: "#/properties/message/type",
                      keyword: "type",
                      params: { type: schema11.properties.message.type },
                      message: "must be string,null",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs9 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.reason !== undefined) {
                  let data6 = data.reason;
                  const _errs11 = errors;
                  if (typeof data6 !== "string" && data6 !== null) {
                    validate24.errors = [
                      {
                        instancePath: instancePath + "/reason",
                        schemaPath: "#/properties/reason/type",
                        keyword: "type",
                        params: { type: schema11.properties.reason.type },
                        message: "must be string,null",
                      },
                    ];
                    return false;
                  }
                  var valid0 = _errs11 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.check !== undefined) {
                    let data7 = data.check;
                    const _errs13 = errors;
                    if (typeof data7 !== "string" && data7 !== null) {
                      validate24.errors = [
                        {
                          instancePath: instancePath + "/check",
                          schemaPath: "#/properties/check/type",
                          keyword: "type",
                          params: { type: schema11.properties.check.type },
                          message: "must be string,null",
                        },
                      ];
                      return false;
                    }
                    var valid0 = _errs13 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.further !== undefined) {
                      let data8 = data.further;
                      const _errs15 = errors;
                      if (errors === _errs15) {
                        if (Array.isArray(data8)) {
                          var valid2 = true;
                          const len0 = data8.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            let data9 = data8[i0];
                            const _errs17 = errors;
                            if (errors === _errs17) {
                              if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
                                let missing2;
                                if (
                                  (data9.outcome === undefined && (missing2 = "outcome")) ||
                                  (data9.check === undefined && (missing2 = "check")) ||
                                  (data9.message === undefined && (missing2 = "message")) ||
                                  (data9.subject === undefined && (missing2 = "subject"))
                                ) {
                                  validate24.errors = [
                                    {
                                      instancePath: instancePath + "/further/" + i0,
                                      schemaPath: "#/properties/further/items/required",
                                      keyword: "required",
                                      params: { missingProperty: missing2 },
                                      message: "must have required property '" + missing2 + "'",
                                    },
                                  ];
                                  return false;
                                } else {
                                  if (data9.outcome !== undefined) {
                                    let data10 = data9.outcome;
                                    const _errs19 = errors;
                                    if (!(data10 === "refused" || data10 === "crash")) {
                                      validate24.errors = [
                                        {
                                          instancePath: instancePath + "/further/" + i0 + "/outcome",
                                          schemaPath: "#/properties/further/items/properties/outcome/enum",
                                          keyword: "enum",
                                          params: {
                                            allowedValues:
                                              schema11.properties.further.items.properties.outcome.enum,
                                          },
                                          message: "must be equal to one of the allowed values",
                                        },
                                      ];
                                      return false;
                                    }
                                    var valid3 = _errs19 === errors;
                                  } else {
                                    var valid3 = true;
                                  }
                                  if (valid3) {
                                    if (data9.check !== undefined) {
                                      const _errs20 = errors;
                                      if (typeof data9.check !== "string") {
                                        validate24.errors = [
                                          {
                                            instancePath: instancePath + "/further/" + i0 + "/check",
                                            schemaPath: "#/properties/further/items/properties/check/type",
                                            keyword: "type",
                                            params: { type: "string" },
                                            message: "must be string",
                                          },
                                        ];
                                        return false;
                                      }
                                      var valid3 = _errs20 === errors;
                                    } else {
                                      var valid3 = true;
                                    }
                                    if (valid3) {
                                      if (data9.message !== undefined) {
                                        let data12 = data9.message;
                                        const _errs22 = errors;
                                        if (typeof data12 !== "string" && data12 !== null) {
                                          validate24.errors = [
                                            {
                                              instancePath: instancePath + "/further/" + i0 + "/message",
                                              schemaPath:
                                                "#/properties/further/items/properties/message/type",
                                              keyword: "type",
                                              params: {
                                                type: schema11.properties.further.items.properties.message
                                                  .type,
                                              },
                                              message: "must be string,null",
                                            },
                                          ];
                                          return false;
                                        }
                                        var valid3 = _errs22 === errors;
                                      } else {
                                        var valid3 = true;
                                      }
                                      if (valid3) {
                                        if (data9.subject !== undefined) {
                                          let data13 = data9.subject;
                                          const _errs24 = errors;
                                          if (typeof data13 !== "string" && data13 !== null) {
                                            validate24.errors = [
                                              {
                                                instancePath: instancePath + "/further/" + i0 + "/subject",
                                                schemaPath:
                                                  "#/properties/further/items/properties/subject/type",
                                                keyword: "type",
                                                params: {
                                                  type: schema11.properties.further.items.properties.subject
                                                    .type,
                                                },
                                                message: "must be string,null",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid3 = _errs24 === errors;
                                        } else {
                                          var valid3 = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              } else {
                                validate24.errors = [
                                  {
                                    instancePath: instancePath + "/further/" + i0,
                                    schemaPath: "#/properties/further/items/type",
                                    keyword: "type",
                                    params: { type: "object" },
                                    message: "must be object",
                                  },
                                ];
                                return false;
                              }
                            }
                            var valid2 = _errs17 === errors;
                            if (!valid2) {
                              break;
                            }
                          }
                        } else {
                          validate24.errors = [
                            {
                              instancePath: instancePath + "/further",
                              schemaPath: "#/properties/further/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs15 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.needs !== undefined) {
                        let data14 = data.needs;
                        const _errs26 = errors;
                        if (errors === _errs26) {
                          if (Array.isArray(data14)) {
                            var valid4 = true;
                            const len1 = data14.length;
                            for (let i1 = 0; i1 < len1; i1++) {
                              const _errs28 = errors;
                              if (typeof data14[i1] !== "string") {
                                validate24.errors = [
                                  {
                                    instancePath: instancePath + "/needs/" + i1,
                                    schemaPath: "#/properties/needs/items/type",
                                    keyword: "type",
                                    params: { type: "string" },
                                    message: "must be string",
                                  },
                                ];
                                return false;
                              }
                              var valid4 = _errs28 === errors;
                              if (!valid4) {
                                break;
                              }
                            }
                          } else {
                            validate24.errors = [
                              {
                                instancePath: instancePath + "/needs",
                                schemaPath: "#/properties/needs/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid0 = _errs26 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate24.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate24.errors = vErrors;
  return errors === 0;
}
validate24.evaluated = {
  props: {
    outcome: true,
    opener: true,
    packages: true,
    message: true,
    reason: true,
    check: true,
    further: true,
    needs: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema12 = {
  type: "object",
  description: "One comparison.",
  required: ["rule", "status", "decisive"],
  properties: {
    rule: { $ref: "#/$defs/rule" },
    status: { enum: ["match", "mismatch", "unknown"] },
    decisive: { description: "Whether a plugin can be called compatible without it.", type: "boolean" },
    arch: { type: "string", description: "The slice of a universal file that was compared." },
    plugin: { $ref: "#/$defs/side" },
    host: { $ref: "#/$defs/side" },
    reason: {
      type: "string",
      description: "If unknown: what is missing and what would make it known. Otherwise a remark.",
    },
    sufficient: {
      description: "Whether a match is enough to call the plugin compatible, whatever else is unknown.",
      type: "boolean",
    },
  },
};
const schema13 = {
  description: "Id of the rule; docs/rules.md lists them all. More may be added.",
  type: "string",
  pattern: "^[a-z]+(-[a-z]+)*$",
  examples: [
    "build-flags-mismatch",
    "build-profile-mismatch",
    "claim-dependency",
    "claim-flags",
    "claim-language",
    "claim-profile",
    "claim-target",
    "claim-toolchain",
    "dependency-mismatch",
    "dependency-not-in-host",
    "duplicate-component",
    "duplicate-plugin-path",
    "expected-plugin-missing",
    "host-cannot-load-plugins",
    "language-unsupported",
    "loader-crashes",
    "loader-refuses",
    "lock-mismatch",
    "manifest-conflict",
    "manifest-invalid",
    "manifest-missing",
    "manifest-newer-schema",
    "manifest-stale",
    "manifest-unknown-field",
    "manifest-unreadable",
    "plugins-disagree",
    "suppression-expired",
    "suppression-stale",
    "target-mismatch",
    "toolchain-mismatch",
  ],
};
const pattern1 = new RegExp("^[a-z]+(-[a-z]+)*$", "u");
function validate27(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate27.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern1.test(data)) {
        validate27.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[a-z]+(-[a-z]+)*$" },
            message: 'must match pattern "' + "^[a-z]+(-[a-z]+)*$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate27.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        },
      ];
      return false;
    }
  }
  validate27.errors = vErrors;
  return errors === 0;
}
validate27.evaluated = { dynamicProps: false, dynamicItems: false };
const schema14 = {
  type: "object",
  required: ["value", "from"],
  properties: {
    value: { type: "string" },
    from: {
      type: "string",
      description: "Where it was read: .otel_manifest#/target, e_machine, PT_INTERP, …",
    },
  },
};
function validate29(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate29.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.value === undefined && (missing0 = "value")) ||
        (data.from === undefined && (missing0 = "from"))
      ) {
        validate29.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.value !== undefined) {
          const _errs1 = errors;
          if (typeof data.value !== "string") {
            validate29.errors = [
              {
                instancePath: instancePath + "/value",
                schemaPath: "#/properties/value/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.from !== undefined) {
            const _errs3 = errors;
            if (typeof data.from !== "string") {
              validate29.errors = [
                {
                  instancePath: instancePath + "/from",
                  schemaPath: "#/properties/from/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
        }
      }
    } else {
      validate29.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate29.errors = vErrors;
  return errors === 0;
}
validate29.evaluated = { props: { value: true, from: true }, dynamicProps: false, dynamicItems: false };
function validate26(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate26.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.rule === undefined && (missing0 = "rule")) ||
        (data.status === undefined && (missing0 = "status")) ||
        (data.decisive === undefined && (missing0 = "decisive"))
      ) {
        validate26.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.rule !== undefined) {
          const _errs1 = errors;
          if (
            !validate27(data.rule, {
              instancePath: instancePath + "/rule",
              parentData: data,
              parentDataProperty: "rule",
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
            errors = vErrors.length;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.status !== undefined) {
            let data1 = data.status;
            const _errs2 = errors;
            if (!(data1 === "match" || data1 === "mismatch" || data1 === "unknown")) {
              validate26.errors = [
                {
                  instancePath: instancePath + "/status",
                  schemaPath: "#/properties/status/enum",
                  keyword: "enum",
                  params: { allowedValues: schema12.properties.status.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.decisive !== undefined) {
              const _errs3 = errors;
              if (typeof data.decisive !== "boolean") {
                validate26.errors = [
                  {
                    instancePath: instancePath + "/decisive",
                    schemaPath: "#/properties/decisive/type",
                    keyword: "type",
                    params: { type: "boolean" },
                    message: "must be boolean",
                  },
                ];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.arch !== undefined) {
                const _errs5 = errors;
                if (typeof data.arch !== "string") {
                  validate26.errors = [
                    {
                      instancePath: instancePath + "/arch",
                      schemaPath: "#/properties/arch/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.plugin !== undefined) {
                  const _errs7 = errors;
                  if (
                    !validate29(data.plugin, {
                      instancePath: instancePath + "/plugin",
                      parentData: data,
                      parentDataProperty: "plugin",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.host !== undefined) {
                    const _errs8 = errors;
                    if (
                      !validate29(data.host, {
                        instancePath: instancePath + "/host",
                        parentData: data,
                        parentDataProperty: "host",
                        rootData,
                        dynamicAnchors,
                      })
                    ) {
                      vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs8 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.reason !== undefined) {
                      const _errs9 = errors;
                      if (typeof data.reason !== "string") {
                        validate26.errors = [
                          {
                            instancePath: instancePath + "/reason",
                            schemaPath: "#/properties/reason/type",
                            keyword: "type",
                            params: { type: "string" },
                            message: "must be string",
                          },
                        ];
                        return false;
                      }
                      var valid0 = _errs9 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.sufficient !== undefined) {
                        const _errs11 = errors;
                        if (typeof data.sufficient !== "boolean") {
                          validate26.errors = [
                            {
                              instancePath: instancePath + "/sufficient",
                              schemaPath: "#/properties/sufficient/type",
                              keyword: "type",
                              params: { type: "boolean" },
                              message: "must be boolean",
                            },
                          ];
                          return false;
                        }
                        var valid0 = _errs11 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate26.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate26.errors = vErrors;
  return errors === 0;
}
validate26.evaluated = {
  props: {
    rule: true,
    status: true,
    decisive: true,
    arch: true,
    plugin: true,
    host: true,
    reason: true,
    sufficient: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema15 = {
  type: "object",
  description: "Something wrong, or worth knowing.",
  required: ["rule", "severity", "message", "fix"],
  properties: {
    rule: { $ref: "#/$defs/rule" },
    severity: { enum: ["error", "warning", "note"] },
    message: { type: "string", description: "One sentence, without the plugin's name." },
    subject: {
      type: "string",
      description: "What it is about within the plugin: a dependency, a field, a component.",
    },
    arch: { type: "string", description: "The slice of a universal file that it is about." },
    hostPath: {
      type: "string",
      description:
        "The path of the host that it is about, or that the plugin was checked with; only if there are several hosts.",
    },
    plugin: { $ref: "#/$defs/side" },
    host: { $ref: "#/$defs/side" },
    other: { description: "The second of two places in one file that disagree.", $ref: "#/$defs/side" },
    cause: { type: "string" },
    fix: { description: "What fixes it.", type: "array", items: { $ref: "#/$defs/fix" } },
    ruleSeverity: {
      description: "The rule's own severity, if the policy changed it.",
      enum: ["error", "warning", "note"],
    },
    suppressed: {
      type: "object",
      description: "The policy suppresses this finding: it is reported, but no longer counts.",
      required: ["reason", "expires"],
      properties: {
        reason: { type: "string" },
        expires: {
          type: ["string", "null"],
          description: "The last day on which the suppression applies, YYYY-MM-DD; null if it has no end.",
        },
      },
    },
    plugins: {
      type: "array",
      items: { type: "string" },
      description: "Of a finding about the set: the paths of the plugins that it is about.",
    },
    identity: {
      type: "string",
      description: "What the same problem of two plugins has in common, if its message and values differ.",
    },
    bundle: {
      type: "string",
      description: "Findings of the rule about one plugin that have this in common are fixed together.",
    },
    explainedBy: {
      type: "array",
      description: "Findings about the same plugin whose consequence this one is, the likeliest first.",
      items: {
        type: "object",
        required: ["rule"],
        properties: { rule: { type: "string" }, subject: { type: "string" } },
      },
    },
    causeId: { type: "string", description: "The id of its cause; absent if it is suppressed." },
  },
};
const schema16 = {
  oneOf: [
    {
      type: "object",
      required: ["kind", "run"],
      properties: {
        kind: { const: "command" },
        run: { type: "string", description: "A command to run as it is." },
        note: { type: "string", description: "A remark: whether the fix lasts, or what else to do." },
        change: {
          description: "What the command changes, if those of several findings can be put together.",
          $ref: "#/$defs/change",
        },
      },
    },
    {
      type: "object",
      required: ["kind", "text"],
      properties: { kind: { const: "advice" }, text: { type: "string" } },
    },
  ],
};
const schema17 = {
  oneOf: [
    {
      type: "object",
      required: ["kind", "manager", "name", "version"],
      properties: {
        kind: { const: "dependency" },
        manager: { enum: ["go", "cargo"] },
        name: { type: "string" },
        from: { type: "string", description: "What the plugin links now." },
        version: { type: "string", description: "The host's version, to which it is set." },
        replacement: {
          type: "string",
          description: "What go.mod has to put in its place: a module and its version.",
        },
        dropsReplacement: {
          type: "boolean",
          description: "Whether go.mod has a replacement for it that has to go.",
        },
      },
    },
    {
      type: "object",
      description: "The plugin is built again, after its dependencies have changed.",
      required: ["kind"],
      properties: { kind: { const: "build" } },
    },
  ],
};
function validate39(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate39.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs0 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs1 = errors;
  if (errors === _errs1) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.manager === undefined && (missing0 = "manager")) ||
        (data.name === undefined && (missing0 = "name")) ||
        (data.version === undefined && (missing0 = "version"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/oneOf/0/required",
          keyword: "required",
          params: { missingProperty: missing0 },
          message: "must have required property '" + missing0 + "'",
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        if (data.kind !== undefined) {
          const _errs3 = errors;
          if ("dependency" !== data.kind) {
            const err1 = {
              instancePath: instancePath + "/kind",
              schemaPath: "#/oneOf/0/properties/kind/const",
              keyword: "const",
              params: { allowedValue: "dependency" },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
          var valid1 = _errs3 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          if (data.manager !== undefined) {
            let data1 = data.manager;
            const _errs4 = errors;
            if (!(data1 === "go" || data1 === "cargo")) {
              const err2 = {
                instancePath: instancePath + "/manager",
                schemaPath: "#/oneOf/0/properties/manager/enum",
                keyword: "enum",
                params: { allowedValues: schema17.oneOf[0].properties.manager.enum },
                message: "must be equal to one of the allowed values",
              };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            var valid1 = _errs4 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.name !== undefined) {
              const _errs5 = errors;
              if (typeof data.name !== "string") {
                const err3 = {
                  instancePath: instancePath + "/name",
                  schemaPath: "#/oneOf/0/properties/name/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
              var valid1 = _errs5 === errors;
            } else {
              var valid1 = true;
            }
            if (valid1) {
              if (data.from !== undefined) {
                const _errs7 = errors;
                if (typeof data.from !== "string") {
                  const err4 = {
                    instancePath: instancePath + "/from",
                    schemaPath: "#/oneOf/0/properties/from/type",
                    keyword: "type",
                    params: { type: "string" },
                    message: "must be string",
                  };
                  if (vErrors === null) {
                    vErrors = [err4];
                  } else {
                    vErrors.push(err4);
                  }
                  errors++;
                }
                var valid1 = _errs7 === errors;
              } else {
                var valid1 = true;
              }
              if (valid1) {
                if (data.version !== undefined) {
                  const _errs9 = errors;
                  if (typeof data.version !== "string") {
                    const err5 = {
                      instancePath: instancePath + "/version",
                      schemaPath: "#/oneOf/0/properties/version/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
                    };
                    if (vErrors === null) {
                      vErrors = [err5];
                    } else {
                      vErrors.push(err5);
                    }
                    errors++;
                  }
                  var valid1 = _errs9 === errors;
                } else {
                  var valid1 = true;
                }
                if (valid1) {
                  if (data.replacement !== undefined) {
                    const _errs11 = errors;
                    if (typeof data.replacement !== "string") {
                      const err6 = {
                        instancePath: instancePath + "/replacement",
                        schemaPath: "#/oneOf/0/properties/replacement/type",
                        keyword: "type",
                        params: { type: "string" },
                        message: "must be string",
                      };
                      if (vErrors === null) {
                        vErrors = [err6];
                      } else {
                        vErrors.push(err6);
                      }
                      errors++;
                    }
                    var valid1 = _errs11 === errors;
                  } else {
                    var valid1 = true;
                  }
                  if (valid1) {
                    if (data.dropsReplacement !== undefined) {
                      const _errs13 = errors;
                      if (typeof data.dropsReplacement !== "boolean") {
                        const err7 = {
                          instancePath: instancePath + "/dropsReplacement",
                          schemaPath: "#/oneOf/0/properties/dropsReplacement/type",
                          keyword: "type",
                          params: { type: "boolean" },
                          message: "must be boolean",
                        };
                        if (vErrors === null) {
                          vErrors = [err7];
                        } else {
                          vErrors.push(err7);
                        }
                        errors++;
                      }
                      var valid1 = _errs13 === errors;
                    } else {
                      var valid1 = true;
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      const err8 = {
        instancePath,
        schemaPath: "#/oneOf/0/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props0 = {};
    props0.kind = true;
    props0.manager = true;
    props0.name = true;
    props0.from = true;
    props0.version = true;
    props0.replacement = true;
    props0.dropsReplacement = true;
  }
  const _errs15 = errors;
  if (errors === _errs15) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (data.kind === undefined && (missing1 = "kind")) {
        const err9 = {
          instancePath,
          schemaPath: "#/oneOf/1/required",
          keyword: "required",
          params: { missingProperty: missing1 },
          message: "must have required property '" + missing1 + "'",
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      } else {
        if (data.kind !== undefined) {
          if ("build" !== data.kind) {
            const err10 = {
              instancePath: instancePath + "/kind",
              schemaPath: "#/oneOf/1/properties/kind/const",
              keyword: "const",
              params: { allowedValue: "build" },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      }
    } else {
      const err11 = {
        instancePath,
        schemaPath: "#/oneOf/1/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err11];
      } else {
        vErrors.push(err11);
      }
      errors++;
    }
  }
  var _valid0 = _errs15 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
      if (props0 !== true) {
        props0 = props0 || {};
        props0.kind = true;
      }
    }
  }
  if (!valid0) {
    const err12 = {
      instancePath,
      schemaPath: "#/oneOf",
      keyword: "oneOf",
      params: { passingSchemas: passing0 },
      message: "must match exactly one schema in oneOf",
    };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
    validate39.errors = vErrors;
    return false;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate39.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate39.evaluated = { dynamicProps: true, dynamicItems: false };
function validate38(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate38.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs0 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs1 = errors;
  if (errors === _errs1) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.kind === undefined && (missing0 = "kind")) ||
        (data.run === undefined && (missing0 = "run"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/oneOf/0/required",
          keyword: "required",
          params: { missingProperty: missing0 },
          message: "must have required property '" + missing0 + "'",
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      } else {
        if (data.kind !== undefined) {
          const _errs3 = errors;
          if ("command" !== data.kind) {
            const err1 = {
              instancePath: instancePath + "/kind",
              schemaPath: "#/oneOf/0/properties/kind/const",
              keyword: "const",
              params: { allowedValue: "command" },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
          var valid1 = _errs3 === errors;
        } else {
          var valid1 = true;
        }
        if (valid1) {
          if (data.run !== undefined) {
            const _errs4 = errors;
            if (typeof data.run !== "string") {
              const err2 = {
                instancePath: instancePath + "/run",
                schemaPath: "#/oneOf/0/properties/run/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
            var valid1 = _errs4 === errors;
          } else {
            var valid1 = true;
          }
          if (valid1) {
            if (data.note !== undefined) {
              const _errs6 = errors;
              if (typeof data.note !== "string") {
                const err3 = {
                  instancePath: instancePath + "/note",
                  schemaPath: "#/oneOf/0/properties/note/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
              var valid1 = _errs6 === errors;
            } else {
              var valid1 = true;
            }
            if (valid1) {
              if (data.change !== undefined) {
                const _errs8 = errors;
                if (
                  !validate39(data.change, {
                    instancePath: instancePath + "/change",
                    parentData: data,
                    parentDataProperty: "change",
                    rootData,
                    dynamicAnchors,
                  })
                ) {
                  vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
                  errors = vErrors.length;
                }
                var valid1 = _errs8 === errors;
              } else {
                var valid1 = true;
              }
            }
          }
        }
      }
    } else {
      const err4 = {
        instancePath,
        schemaPath: "#/oneOf/0/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
    var props1 = {};
    props1.kind = true;
    props1.run = true;
    props1.note = true;
    props1.change = true;
  }
  const _errs9 = errors;
  if (errors === _errs9) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (
        (data.kind === undefined && (missing1 = "kind")) ||
        (data.text === undefined && (missing1 = "text"))
      ) {
        const err5 = {
          instancePath,
          schemaPath: "#/oneOf/1/required",
          keyword: "required",
          params: { missingProperty: missing1 },
          message: "must have required property '" + missing1 + "'",
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      } else {
        if (data.kind !== undefined) {
          const _errs11 = errors;
          if ("advice" !== data.kind) {
            const err6 = {
              instancePath: instancePath + "/kind",
              schemaPath: "#/oneOf/1/properties/kind/const",
              keyword: "const",
              params: { allowedValue: "advice" },
              message: "must be equal to constant",
            };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          var valid2 = _errs11 === errors;
        } else {
          var valid2 = true;
        }
        if (valid2) {
          if (data.text !== undefined) {
            const _errs12 = errors;
            if (typeof data.text !== "string") {
              const err7 = {
                instancePath: instancePath + "/text",
                schemaPath: "#/oneOf/1/properties/text/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            var valid2 = _errs12 === errors;
          } else {
            var valid2 = true;
          }
        }
      }
    } else {
      const err8 = {
        instancePath,
        schemaPath: "#/oneOf/1/type",
        keyword: "type",
        params: { type: "object" },
        message: "must be object",
      };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
  }
  var _valid0 = _errs9 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
      if (props1 !== true) {
        props1 = props1 || {};
        props1.kind = true;
        props1.text = true;
      }
    }
  }
  if (!valid0) {
    const err9 = {
      instancePath,
      schemaPath: "#/oneOf",
      keyword: "oneOf",
      params: { passingSchemas: passing0 },
      message: "must match exactly one schema in oneOf",
    };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
    validate38.errors = vErrors;
    return false;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate38.errors = vErrors;
  evaluated0.props = props1;
  return errors === 0;
}
validate38.evaluated = { dynamicProps: true, dynamicItems: false };
function validate33(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate33.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.rule === undefined && (missing0 = "rule")) ||
        (data.severity === undefined && (missing0 = "severity")) ||
        (data.message === undefined && (missing0 = "message")) ||
        (data.fix === undefined && (missing0 = "fix"))
      ) {
        validate33.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.rule !== undefined) {
          const _errs1 = errors;
          if (
            !validate27(data.rule, {
              instancePath: instancePath + "/rule",
              parentData: data,
              parentDataProperty: "rule",
              rootData,
              dynamicAnchors,
            })
          ) {
            vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
            errors = vErrors.length;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.severity !== undefined) {
            let data1 = data.severity;
            const _errs2 = errors;
            if (!(data1 === "error" || data1 === "warning" || data1 === "note")) {
              validate33.errors = [
                {
                  instancePath: instancePath + "/severity",
                  schemaPath: "#/properties/severity/enum",
                  keyword: "enum",
                  params: { allowedValues: schema15.properties.severity.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.message !== undefined) {
              const _errs3 = errors;
              if (typeof data.message !== "string") {
                validate33.errors = [
                  {
                    instancePath: instancePath + "/message",
                    schemaPath: "#/properties/message/type",
                    keyword: "type",
                    params: { type: "string" },
                    message: "must be string",
                  },
                ];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.subject !== undefined) {
                const _errs5 = errors;
                if (typeof data.subject !== "string") {
                  validate33.errors = [
                    {
                      instancePath: instancePath + "/subject",
                      schemaPath: "#/properties/subject/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.arch !== undefined) {
                  const _errs7 = errors;
                  if (typeof data.arch !== "string") {
                    validate33.errors = [
                      {
                        instancePath: instancePath + "/arch",
                        schemaPath: "#/properties/arch/type",
                        keyword: "type",
                        params: { type: "string" },
                        message: "must be string",
                      },
                    ];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.hostPath !== undefined) {
                    const _errs9 = errors;
                    if (typeof data.hostPath !== "string") {
                      validate33.errors = [
                        {
                          instancePath: instancePath + "/hostPath",
                          schemaPath: "#/properties/hostPath/type",
                          keyword: "type",
                          params: { type: "string" },
                          message: "must be string",
                        },
                      ];
                      return false;
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.plugin !== undefined) {
                      const _errs11 = errors;
                      if (
                        !validate29(data.plugin, {
                          instancePath: instancePath + "/plugin",
                          parentData: data,
                          parentDataProperty: "plugin",
                          rootData,
                          dynamicAnchors,
                        })
                      ) {
                        vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.host !== undefined) {
                        const _errs12 = errors;
                        if (
                          !validate29(data.host, {
                            instancePath: instancePath + "/host",
                            parentData: data,
                            parentDataProperty: "host",
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                          errors = vErrors.length;
                        }
                        var valid0 = _errs12 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.other !== undefined) {
                          const _errs13 = errors;
                          if (
                            !validate29(data.other, {
                              instancePath: instancePath + "/other",
                              parentData: data,
                              parentDataProperty: "other",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors =
                              vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                            errors = vErrors.length;
                          }
                          var valid0 = _errs13 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.cause !== undefined) {
                            const _errs14 = errors;
                            if (typeof data.cause !== "string") {
                              validate33.errors = [
                                {
                                  instancePath: instancePath + "/cause",
                                  schemaPath: "#/properties/cause/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                            var valid0 = _errs14 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.fix !== undefined) {
                              let data10 = data.fix;
                              const _errs16 = errors;
                              if (errors === _errs16) {
                                if (Array.isArray(data10)) {
                                  var valid1 = true;
                                  const len0 = data10.length;
                                  for (let i0 = 0; i0 < len0; i0++) {
                                    const _errs18 = errors;
                                    if (
                                      !validate38(data10[i0], {
                                        instancePath: instancePath + "/fix/" + i0,
                                        parentData: data10,
                                        parentDataProperty: i0,
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null
                                          ? validate38.errors
                                          : vErrors.concat(validate38.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid1 = _errs18 === errors;
                                    if (!valid1) {
                                      break;
                                    }
                                  }
                                } else {
                                  validate33.errors = [
                                    {
                                      instancePath: instancePath + "/fix",
                                      schemaPath: "#/properties/fix/type",
                                      keyword: "type",
                                      params: { type: "array" },
                                      message: "must be array",
                                    },
                                  ];
                                  return false;
                                }
                              }
                              var valid0 = _errs16 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.ruleSeverity !== undefined) {
                                let data12 = data.ruleSeverity;
                                const _errs19 = errors;
                                if (!(data12 === "error" || data12 === "warning" || data12 === "note")) {
                                  validate33.errors = [
                                    {
                                      instancePath: instancePath + "/ruleSeverity",
                                      schemaPath: "#/properties/ruleSeverity/enum",
                                      keyword: "enum",
                                      params: { allowedValues: schema15.properties.ruleSeverity.enum },
                                      message: "must be equal to one of the allowed values",
                                    },
                                  ];
                                  return false;
                                }
                                var valid0 = _errs19 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.suppressed !== undefined) {
                                  let data13 = data.suppressed;
                                  const _errs20 = errors;
                                  if (errors === _errs20) {
                                    if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
                                      let missing1;
                                      if (
                                        (data13.reason === undefined && (missing1 = "reason")) ||
                                        (data13.expires === undefined && (missing1 = "expires"))
                                      ) {
                                        validate33.errors = [
                                          {
                                            instancePath: instancePath + "/suppressed",
                                            schemaPath: "#/properties/suppressed/required",
                                            keyword: "required",
                                            params: { missingProperty: missing1 },
                                            message: "must have required property '" + missing1 + "'",
                                          },
                                        ];
                                        return false;
                                      } else {
                                        if (data13.reason !== undefined) {
                                          const _errs22 = errors;
                                          if (typeof data13.reason !== "string") {
                                            validate33.errors = [
                                              {
                                                instancePath: instancePath + "/suppressed/reason",
                                                schemaPath: "#/properties/suppressed/properties/reason/type",
                                                keyword: "type",
                                                params: { type: "string" },
                                                message: "must be string",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid2 = _errs22 === errors;
                                        } else {
                                          var valid2 = true;
                                        }
                                        if (valid2) {
                                          if (data13.expires !== undefined) {
                                            let data15 = data13.expires;
                                            const _errs24 = errors;
                                            if (typeof data15 !== "string" && data15 !== null) {
                                              validate33.errors = [
                                                {
                                                  instancePath: instancePath + "/suppressed/expires",
                                                  schemaPath:
                                                    "#/properties/suppressed/properties/expires/type",
                                                  keyword: "type",
                                                  params: {
                                                    type: schema15.properties.suppressed.properties.expires
                                                      .type,
                                                  },
                                                  message: "must be string,null",
                                                },
                                              ];
                                              return false;
                                            }
                                            var valid2 = _errs24 === errors;
                                          } else {
                                            var valid2 = true;
                                          }
                                        }
                                      }
                                    } else {
                                      validate33.errors = [
                                        {
                                          instancePath: instancePath + "/suppressed",
                                          schemaPath: "#/properties/suppressed/type",
                                          keyword: "type",
                                          params: { type: "object" },
                                          message: "must be object",
                                        },
                                      ];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs20 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.plugins !== undefined) {
                                    let data16 = data.plugins;
                                    const _errs26 = errors;
                                    if (errors === _errs26) {
                                      if (Array.isArray(data16)) {
                                        var valid3 = true;
                                        const len1 = data16.length;
                                        for (let i1 = 0; i1 < len1; i1++) {
                                          const _errs28 = errors;
                                          if (typeof data16[i1] !== "string") {
                                            validate33.errors = [
                                              {
                                                instancePath: instancePath + "/plugins/" + i1,
                                                schemaPath: "#/properties/plugins/items/type",
                                                keyword: "type",
                                                params: { type: "string" },
                                                message: "must be string",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid3 = _errs28 === errors;
                                          if (!valid3) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate33.errors = [
                                          {
                                            instancePath: instancePath + "/plugins",
                                            schemaPath: "#/properties/plugins/type",
                                            keyword: "type",
                                            params: { type: "array" },
                                            message: "must be array",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs26 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.identity !== undefined) {
                                      const _errs30 = errors;
                                      if (typeof data.identity !== "string") {
                                        validate33.errors = [
                                          {
                                            instancePath: instancePath + "/identity",
                                            schemaPath: "#/properties/identity/type",
                                            keyword: "type",
                                            params: { type: "string" },
                                            message: "must be string",
                                          },
                                        ];
                                        return false;
                                      }
                                      var valid0 = _errs30 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.bundle !== undefined) {
                                        const _errs32 = errors;
                                        if (typeof data.bundle !== "string") {
                                          validate33.errors = [
                                            {
                                              instancePath: instancePath + "/bundle",
                                              schemaPath: "#/properties/bundle/type",
                                              keyword: "type",
                                              params: { type: "string" },
                                              message: "must be string",
                                            },
                                          ];
                                          return false;
                                        }
                                        var valid0 = _errs32 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                      if (valid0) {
                                        if (data.explainedBy !== undefined) {
                                          let data20 = data.explainedBy;
                                          const _errs34 = errors;
                                          if (errors === _errs34) {
                                            if (Array.isArray(data20)) {
                                              var valid4 = true;
                                              const len2 = data20.length;
                                              for (let i2 = 0; i2 < len2; i2++) {
                                                let data21 = data20[i2];
                                                const _errs36 = errors;
                                                if (errors === _errs36) {
                                                  if (
                                                    data21 &&
                                                    typeof data21 == "object" &&
                                                    !Array.isArray(data21)
                                                  ) {
                                                    let missing2;
                                                    if (data21.rule === undefined && (missing2 = "rule")) {
                                                      validate33.errors = [
                                                        {
                                                          instancePath: instancePath + "/explainedBy/" + i2,
                                                          schemaPath:
                                                            "#/properties/explainedBy/items/required",
                                                          keyword: "required",
                                                          params: { missingProperty: missing2 },
                                                          message:
                                                            "must have required property '" + missing2 + "'",
                                                        },
                                                      ];
                                                      return false;
                                                    } else {
                                                      if (data21.rule !== undefined) {
                                                        const _errs38 = errors;
                                                        if (typeof data21.rule !== "string") {
                                                          validate33.errors = [
                                                            {
                                                              instancePath:
                                                                instancePath + "/explainedBy/" + i2 + "/rule",
                                                              schemaPath:
                                                                "#/properties/explainedBy/items/properties/rule/type",
                                                              keyword: "type",
                                                              params: { type: "string" },
                                                              message: "must be string",
                                                            },
                                                          ];
                                                          return false;
                                                        }
                                                        var valid5 = _errs38 === errors;
                                                      } else {
                                                        var valid5 = true;
                                                      }
                                                      if (valid5) {
                                                        if (data21.subject !== undefined) {
                                                          const _errs40 = errors;
                                                          if (typeof data21.subject !== "string") {
                                                            validate33.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  "/explainedBy/" +
                                                                  i2 +
                                                                  "/subject",
                                                                schemaPath:
                                                                  "#/properties/explainedBy/items/properties/subject/type",
                                                                keyword: "type",
                                                                params: { type: "string" },
                                                                message: "must be string",
                                                              },
                                                            ];
                                                            return false;
                                                          }
                                                          var valid5 = _errs40 === errors;
                                                        } else {
                                                          var valid5 = true;
                                                        }
                                                      }
                                                    }
                                                  } else {
                                                    validate33.errors = [
                                                      {
                                                        instancePath: instancePath + "/explainedBy/" + i2,
                                                        schemaPath: "#/properties/explainedBy/items/type",
                                                        keyword: "type",
                                                        params: { type: "object" },
                                                        message: "must be object",
                                                      },
                                                    ];
                                                    return false;
                                                  }
                                                }
                                                var valid4 = _errs36 === errors;
                                                if (!valid4) {
                                                  break;
                                                }
                                              }
                                            } else {
                                              validate33.errors = [
                                                {
                                                  instancePath: instancePath + "/explainedBy",
                                                  schemaPath: "#/properties/explainedBy/type",
                                                  keyword: "type",
                                                  params: { type: "array" },
                                                  message: "must be array",
                                                },
                                              ];
                                              return false;
                                            }
                                          }
                                          var valid0 = _errs34 === errors;
                                        } else {
                                          var valid0 = true;
                                        }
                                        if (valid0) {
                                          if (data.causeId !== undefined) {
                                            const _errs42 = errors;
                                            if (typeof data.causeId !== "string") {
                                              validate33.errors = [
                                                {
                                                  instancePath: instancePath + "/causeId",
                                                  schemaPath: "#/properties/causeId/type",
                                                  keyword: "type",
                                                  params: { type: "string" },
                                                  message: "must be string",
                                                },
                                              ];
                                              return false;
                                            }
                                            var valid0 = _errs42 === errors;
                                          } else {
                                            var valid0 = true;
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate33.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate33.errors = vErrors;
  return errors === 0;
}
validate33.evaluated = {
  props: {
    rule: true,
    severity: true,
    message: true,
    subject: true,
    arch: true,
    hostPath: true,
    plugin: true,
    host: true,
    other: true,
    cause: true,
    fix: true,
    ruleSeverity: true,
    suppressed: true,
    plugins: true,
    identity: true,
    bundle: true,
    explainedBy: true,
    causeId: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
function validate20(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate20.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.path === undefined && (missing0 = "path")) ||
        (data.format === undefined && (missing0 = "format")) ||
        (data.arch === undefined && (missing0 = "arch")) ||
        (data.size === undefined && (missing0 = "size")) ||
        (data.slices === undefined && (missing0 = "slices")) ||
        (data.unreadable === undefined && (missing0 = "unreadable")) ||
        (data.manifest === undefined && (missing0 = "manifest")) ||
        (data.evidence === undefined && (missing0 = "evidence")) ||
        (data.findings === undefined && (missing0 = "findings"))
      ) {
        validate20.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.path !== undefined) {
          const _errs1 = errors;
          if (typeof data.path !== "string") {
            validate20.errors = [
              {
                instancePath: instancePath + "/path",
                schemaPath: "#/properties/path/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.hostPath !== undefined) {
            const _errs3 = errors;
            if (typeof data.hostPath !== "string") {
              validate20.errors = [
                {
                  instancePath: instancePath + "/hostPath",
                  schemaPath: "#/properties/hostPath/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.format !== undefined) {
              let data2 = data.format;
              const _errs5 = errors;
              if (!(data2 === "elf" || data2 === "macho" || data2 === null)) {
                validate20.errors = [
                  {
                    instancePath: instancePath + "/format",
                    schemaPath: "#/properties/format/enum",
                    keyword: "enum",
                    params: { allowedValues: schema10.properties.format.enum },
                    message: "must be equal to one of the allowed values",
                  },
                ];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.arch !== undefined) {
                let data3 = data.arch;
                const _errs6 = errors;
                if (typeof data3 !== "string" && data3 !== null) {
                  validate20.errors = [
                    {
                      instancePath: instancePath + "/arch",
                      schemaPath: "#/properties/arch/type",
                      keyword: "type",
                      params: { type: schema10.properties.arch.type },
                      message: "must be string,null",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.size !== undefined) {
                  let data4 = data.size;
                  const _errs8 = errors;
                  if (
                    !(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4)) &&
                    data4 !== null
                  ) {
                    validate20.errors = [
                      {
                        instancePath: instancePath + "/size",
                        schemaPath: "#/properties/size/type",
                        keyword: "type",
                        params: { type: schema10.properties.size.type },
                        message: "must be integer,null",
                      },
                    ];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0 || isNaN(data4)) {
                        validate20.errors = [
                          {
                            instancePath: instancePath + "/size",
                            schemaPath: "#/properties/size/minimum",
                            keyword: "minimum",
                            params: { comparison: ">=", limit: 0 },
                            message: "must be >= 0",
                          },
                        ];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.slices !== undefined) {
                    let data5 = data.slices;
                    const _errs10 = errors;
                    if (errors === _errs10) {
                      if (Array.isArray(data5)) {
                        var valid1 = true;
                        const len0 = data5.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          const _errs12 = errors;
                          if (
                            !validate8(data5[i0], {
                              instancePath: instancePath + "/slices/" + i0,
                              parentData: data5,
                              parentDataProperty: i0,
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate8.errors : vErrors.concat(validate8.errors);
                            errors = vErrors.length;
                          }
                          var valid1 = _errs12 === errors;
                          if (!valid1) {
                            break;
                          }
                        }
                      } else {
                        validate20.errors = [
                          {
                            instancePath: instancePath + "/slices",
                            schemaPath: "#/properties/slices/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.unreadable !== undefined) {
                      let data7 = data.unreadable;
                      const _errs13 = errors;
                      const _errs14 = errors;
                      let valid2 = false;
                      let passing0 = null;
                      const _errs15 = errors;
                      if (errors === _errs15) {
                        if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
                          let missing1;
                          if (
                            (data7.reason === undefined && (missing1 = "reason")) ||
                            (data7.offset === undefined && (missing1 = "offset"))
                          ) {
                            const err0 = {
                              instancePath: instancePath + "/unreadable",
                              schemaPath: "#/properties/unreadable/oneOf/0/required",
                              keyword: "required",
                              params: { missingProperty: missing1 },
                              message: "must have required property '" + missing1 + "'",
                            };
                            if (vErrors === null) {
                              vErrors = [err0];
                            } else {
                              vErrors.push(err0);
                            }
                            errors++;
                          } else {
                            if (data7.reason !== undefined) {
                              const _errs17 = errors;
                              if (typeof data7.reason !== "string") {
                                const err1 = {
                                  instancePath: instancePath + "/unreadable/reason",
                                  schemaPath: "#/properties/unreadable/oneOf/0/properties/reason/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                };
                                if (vErrors === null) {
                                  vErrors = [err1];
                                } else {
                                  vErrors.push(err1);
                                }
                                errors++;
                              }
                              var valid3 = _errs17 === errors;
                            } else {
                              var valid3 = true;
                            }
                            if (valid3) {
                              if (data7.offset !== undefined) {
                                let data9 = data7.offset;
                                const _errs19 = errors;
                                if (
                                  !(
                                    typeof data9 == "number" &&
                                    !(data9 % 1) &&
                                    !isNaN(data9) &&
                                    isFinite(data9)
                                  ) &&
                                  data9 !== null
                                ) {
                                  const err2 = {
                                    instancePath: instancePath + "/unreadable/offset",
                                    schemaPath: "#/properties/unreadable/oneOf/0/properties/offset/type",
                                    keyword: "type",
                                    params: {
                                      type: schema10.properties.unreadable.oneOf[0].properties.offset.type,
                                    },
                                    message: "must be integer,null",
                                  };
                                  if (vErrors === null) {
                                    vErrors = [err2];
                                  } else {
                                    vErrors.push(err2);
                                  }
                                  errors++;
                                }
                                if (errors === _errs19) {
                                  if (typeof data9 == "number" && isFinite(data9)) {
                                    if (data9 < 0 || isNaN(data9)) {
                                      const err3 = {
                                        instancePath: instancePath + "/unreadable/offset",
                                        schemaPath:
                                          "#/properties/unreadable/oneOf/0/properties/offset/minimum",
                                        keyword: "minimum",
                                        params: { comparison: ">=", limit: 0 },
                                        message: "must be >= 0",
                                      };
                                      if (vErrors === null) {
                                        vErrors = [err3];
                                      } else {
                                        vErrors.push(err3);
                                      }
                                      errors++;
                                    }
                                  }
                                }
                                var valid3 = _errs19 === errors;
                              } else {
                                var valid3 = true;
                              }
                            }
                          }
                        } else {
                          const err4 = {
                            instancePath: instancePath + "/unreadable",
                            schemaPath: "#/properties/unreadable/oneOf/0/type",
                            keyword: "type",
                            params: { type: "object" },
                            message: "must be object",
                          };
                          if (vErrors === null) {
                            vErrors = [err4];
                          } else {
                            vErrors.push(err4);
                          }
                          errors++;
                        }
                      }
                      var _valid0 = _errs15 === errors;
                      if (_valid0) {
                        valid2 = true;
                        passing0 = 0;
                        var props0 = {};
                        props0.reason = true;
                        props0.offset = true;
                      }
                      const _errs21 = errors;
                      if (data7 !== null) {
                        const err5 = {
                          instancePath: instancePath + "/unreadable",
                          schemaPath: "#/properties/unreadable/oneOf/1/type",
                          keyword: "type",
                          params: { type: "null" },
                          message: "must be null",
                        };
                        if (vErrors === null) {
                          vErrors = [err5];
                        } else {
                          vErrors.push(err5);
                        }
                        errors++;
                      }
                      var _valid0 = _errs21 === errors;
                      if (_valid0 && valid2) {
                        valid2 = false;
                        passing0 = [passing0, 1];
                      } else {
                        if (_valid0) {
                          valid2 = true;
                          passing0 = 1;
                        }
                      }
                      if (!valid2) {
                        const err6 = {
                          instancePath: instancePath + "/unreadable",
                          schemaPath: "#/properties/unreadable/oneOf",
                          keyword: "oneOf",
                          params: { passingSchemas: passing0 },
                          message: "must match exactly one schema in oneOf",
                        };
                        if (vErrors === null) {
                          vErrors = [err6];
                        } else {
                          vErrors.push(err6);
                        }
                        errors++;
                        validate20.errors = vErrors;
                        return false;
                      } else {
                        errors = _errs14;
                        if (vErrors !== null) {
                          if (_errs14) {
                            vErrors.length = _errs14;
                          } else {
                            vErrors = null;
                          }
                        }
                      }
                      var valid0 = _errs13 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.manifest !== undefined) {
                        let data10 = data.manifest;
                        const _errs23 = errors;
                        const _errs24 = errors;
                        let valid4 = false;
                        let passing1 = null;
                        const _errs25 = errors;
                        if (
                          !validate9(data10, {
                            instancePath: instancePath + "/manifest",
                            parentData: data,
                            parentDataProperty: "manifest",
                            rootData,
                            dynamicAnchors,
                          })
                        ) {
                          vErrors = vErrors === null ? validate9.errors : vErrors.concat(validate9.errors);
                          errors = vErrors.length;
                        }
                        var _valid1 = _errs25 === errors;
                        if (_valid1) {
                          valid4 = true;
                          passing1 = 0;
                          var props1 = {};
                          props1.source = true;
                          props1.location = true;
                          props1.offset = true;
                          props1.valid = true;
                          props1.value = true;
                        }
                        const _errs26 = errors;
                        if (data10 !== null) {
                          const err7 = {
                            instancePath: instancePath + "/manifest",
                            schemaPath: "#/properties/manifest/oneOf/1/type",
                            keyword: "type",
                            params: { type: "null" },
                            message: "must be null",
                          };
                          if (vErrors === null) {
                            vErrors = [err7];
                          } else {
                            vErrors.push(err7);
                          }
                          errors++;
                        }
                        var _valid1 = _errs26 === errors;
                        if (_valid1 && valid4) {
                          valid4 = false;
                          passing1 = [passing1, 1];
                        } else {
                          if (_valid1) {
                            valid4 = true;
                            passing1 = 1;
                          }
                        }
                        if (!valid4) {
                          const err8 = {
                            instancePath: instancePath + "/manifest",
                            schemaPath: "#/properties/manifest/oneOf",
                            keyword: "oneOf",
                            params: { passingSchemas: passing1 },
                            message: "must match exactly one schema in oneOf",
                          };
                          if (vErrors === null) {
                            vErrors = [err8];
                          } else {
                            vErrors.push(err8);
                          }
                          errors++;
                          validate20.errors = vErrors;
                          return false;
                        } else {
                          errors = _errs24;
                          if (vErrors !== null) {
                            if (_errs24) {
                              vErrors.length = _errs24;
                            } else {
                              vErrors = null;
                            }
                          }
                        }
                        var valid0 = _errs23 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.evidence !== undefined) {
                          const _errs28 = errors;
                          if (
                            !validate11(data.evidence, {
                              instancePath: instancePath + "/evidence",
                              parentData: data,
                              parentDataProperty: "evidence",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors =
                              vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                            errors = vErrors.length;
                          }
                          var valid0 = _errs28 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.verdict !== undefined) {
                            let data12 = data.verdict;
                            const _errs29 = errors;
                            if (!(
                              data12 === "compatible" ||
                              data12 === "incompatible" ||
                              data12 === "unknown" ||
                              data12 === "unreadable"
                            )) {
                              validate20.errors = [
                                {
                                  instancePath: instancePath + "/verdict",
                                  schemaPath: "#/properties/verdict/enum",
                                  keyword: "enum",
                                  params: { allowedValues: schema10.properties.verdict.enum },
                                  message: "must be equal to one of the allowed values",
                                },
                              ];
                              return false;
                            }
                            var valid0 = _errs29 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.unknowns !== undefined) {
                              let data13 = data.unknowns;
                              const _errs30 = errors;
                              if (errors === _errs30) {
                                if (Array.isArray(data13)) {
                                  var valid5 = true;
                                  const len1 = data13.length;
                                  for (let i1 = 0; i1 < len1; i1++) {
                                    const _errs32 = errors;
                                    if (typeof data13[i1] !== "string") {
                                      validate20.errors = [
                                        {
                                          instancePath: instancePath + "/unknowns/" + i1,
                                          schemaPath: "#/properties/unknowns/items/type",
                                          keyword: "type",
                                          params: { type: "string" },
                                          message: "must be string",
                                        },
                                      ];
                                      return false;
                                    }
                                    var valid5 = _errs32 === errors;
                                    if (!valid5) {
                                      break;
                                    }
                                  }
                                } else {
                                  validate20.errors = [
                                    {
                                      instancePath: instancePath + "/unknowns",
                                      schemaPath: "#/properties/unknowns/type",
                                      keyword: "type",
                                      params: { type: "array" },
                                      message: "must be array",
                                    },
                                  ];
                                  return false;
                                }
                              }
                              var valid0 = _errs30 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.loader !== undefined) {
                                const _errs34 = errors;
                                if (
                                  !validate24(data.loader, {
                                    instancePath: instancePath + "/loader",
                                    parentData: data,
                                    parentDataProperty: "loader",
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors =
                                    vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
                                  errors = vErrors.length;
                                }
                                var valid0 = _errs34 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.checks !== undefined) {
                                  let data16 = data.checks;
                                  const _errs35 = errors;
                                  if (errors === _errs35) {
                                    if (Array.isArray(data16)) {
                                      var valid6 = true;
                                      const len2 = data16.length;
                                      for (let i2 = 0; i2 < len2; i2++) {
                                        const _errs37 = errors;
                                        if (
                                          !validate26(data16[i2], {
                                            instancePath: instancePath + "/checks/" + i2,
                                            parentData: data16,
                                            parentDataProperty: i2,
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate26.errors
                                              : vErrors.concat(validate26.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid6 = _errs37 === errors;
                                        if (!valid6) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate20.errors = [
                                        {
                                          instancePath: instancePath + "/checks",
                                          schemaPath: "#/properties/checks/type",
                                          keyword: "type",
                                          params: { type: "array" },
                                          message: "must be array",
                                        },
                                      ];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs35 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.findings !== undefined) {
                                    let data18 = data.findings;
                                    const _errs38 = errors;
                                    if (errors === _errs38) {
                                      if (Array.isArray(data18)) {
                                        var valid7 = true;
                                        const len3 = data18.length;
                                        for (let i3 = 0; i3 < len3; i3++) {
                                          const _errs40 = errors;
                                          if (
                                            !validate33(data18[i3], {
                                              instancePath: instancePath + "/findings/" + i3,
                                              parentData: data18,
                                              parentDataProperty: i3,
                                              rootData,
                                              dynamicAnchors,
                                            })
                                          ) {
                                            vErrors =
                                              vErrors === null
                                                ? validate33.errors
                                                : vErrors.concat(validate33.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid7 = _errs40 === errors;
                                          if (!valid7) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate20.errors = [
                                          {
                                            instancePath: instancePath + "/findings",
                                            schemaPath: "#/properties/findings/type",
                                            keyword: "type",
                                            params: { type: "array" },
                                            message: "must be array",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs38 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.sha256 !== undefined) {
                                      let data20 = data.sha256;
                                      const _errs41 = errors;
                                      if (errors === _errs41) {
                                        if (typeof data20 === "string") {
                                          if (!pattern0.test(data20)) {
                                            validate20.errors = [
                                              {
                                                instancePath: instancePath + "/sha256",
                                                schemaPath: "#/properties/sha256/pattern",
                                                keyword: "pattern",
                                                params: { pattern: "^[0-9a-f]{64}$" },
                                                message: 'must match pattern "' + "^[0-9a-f]{64}$" + '"',
                                              },
                                            ];
                                            return false;
                                          }
                                        } else {
                                          validate20.errors = [
                                            {
                                              instancePath: instancePath + "/sha256",
                                              schemaPath: "#/properties/sha256/type",
                                              keyword: "type",
                                              params: { type: "string" },
                                              message: "must be string",
                                            },
                                          ];
                                          return false;
                                        }
                                      }
                                      var valid0 = _errs41 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate20.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate20.errors = vErrors;
  return errors === 0;
}
validate20.evaluated = {
  props: {
    path: true,
    hostPath: true,
    format: true,
    arch: true,
    size: true,
    slices: true,
    unreadable: true,
    manifest: true,
    evidence: true,
    verdict: true,
    unknowns: true,
    loader: true,
    checks: true,
    findings: true,
    sha256: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema18 = {
  type: "object",
  description: "Counts. In list all verdicts except unreadable are 0.",
  required: ["plugins", "compatible", "incompatible", "unknown", "unreadable", "errors", "warnings"],
  properties: {
    plugins: {
      type: "integer",
      minimum: 0,
      description:
        "How many plugins there are, including unreadable ones. With several hosts each plugin counts once for each of them, here and in all other numbers.",
    },
    compatible: { type: "integer", minimum: 0 },
    incompatible: { type: "integer", minimum: 0 },
    unknown: { type: "integer", minimum: 0 },
    unreadable: { type: "integer", minimum: 0 },
    errors: {
      type: "integer",
      minimum: 0,
      description: "Findings of that severity: about plugins, host and set together.",
    },
    warnings: { type: "integer", minimum: 0 },
  },
};
function validate45(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate45.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.plugins === undefined && (missing0 = "plugins")) ||
        (data.compatible === undefined && (missing0 = "compatible")) ||
        (data.incompatible === undefined && (missing0 = "incompatible")) ||
        (data.unknown === undefined && (missing0 = "unknown")) ||
        (data.unreadable === undefined && (missing0 = "unreadable")) ||
        (data.errors === undefined && (missing0 = "errors")) ||
        (data.warnings === undefined && (missing0 = "warnings"))
      ) {
        validate45.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.plugins !== undefined) {
          let data0 = data.plugins;
          const _errs1 = errors;
          if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
            validate45.errors = [
              {
                instancePath: instancePath + "/plugins",
                schemaPath: "#/properties/plugins/type",
                keyword: "type",
                params: { type: "integer" },
                message: "must be integer",
              },
            ];
            return false;
          }
          if (errors === _errs1) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 < 0 || isNaN(data0)) {
                validate45.errors = [
                  {
                    instancePath: instancePath + "/plugins",
                    schemaPath: "#/properties/plugins/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 0 },
                    message: "must be >= 0",
                  },
                ];
                return false;
              }
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.compatible !== undefined) {
            let data1 = data.compatible;
            const _errs3 = errors;
            if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
              validate45.errors = [
                {
                  instancePath: instancePath + "/compatible",
                  schemaPath: "#/properties/compatible/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                },
              ];
              return false;
            }
            if (errors === _errs3) {
              if (typeof data1 == "number" && isFinite(data1)) {
                if (data1 < 0 || isNaN(data1)) {
                  validate45.errors = [
                    {
                      instancePath: instancePath + "/compatible",
                      schemaPath: "#/properties/compatible/minimum",
                      keyword: "minimum",
                      params: { comparison: ">=", limit: 0 },
                      message: "must be >= 0",
                    },
                  ];
                  return false;
                }
              }
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.incompatible !== undefined) {
              let data2 = data.incompatible;
              const _errs5 = errors;
              if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
                validate45.errors = [
                  {
                    instancePath: instancePath + "/incompatible",
                    schemaPath: "#/properties/incompatible/type",
                    keyword: "type",
                    params: { type: "integer" },
                    message: "must be integer",
                  },
                ];
                return false;
              }
              if (errors === _errs5) {
                if (typeof data2 == "number" && isFinite(data2)) {
                  if (data2 < 0 || isNaN(data2)) {
                    validate45.errors = [
                      {
                        instancePath: instancePath + "/incompatible",
                        schemaPath: "#/properties/incompatible/minimum",
                        keyword: "minimum",
                        params: { comparison: ">=", limit: 0 },
                        message: "must be >= 0",
                      },
                    ];
                    return false;
                  }
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.unknown !== undefined) {
                let data3 = data.unknown;
                const _errs7 = errors;
                if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
                  validate45.errors = [
                    {
                      instancePath: instancePath + "/unknown",
                      schemaPath: "#/properties/unknown/type",
                      keyword: "type",
                      params: { type: "integer" },
                      message: "must be integer",
                    },
                  ];
                  return false;
                }
                if (errors === _errs7) {
                  if (typeof data3 == "number" && isFinite(data3)) {
                    if (data3 < 0 || isNaN(data3)) {
                      validate45.errors = [
                        {
                          instancePath: instancePath + "/unknown",
                          schemaPath: "#/properties/unknown/minimum",
                          keyword: "minimum",
                          params: { comparison: ">=", limit: 0 },
                          message: "must be >= 0",
                        },
                      ];
                      return false;
                    }
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.unreadable !== undefined) {
                  let data4 = data.unreadable;
                  const _errs9 = errors;
                  if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
                    validate45.errors = [
                      {
                        instancePath: instancePath + "/unreadable",
                        schemaPath: "#/properties/unreadable/type",
                        keyword: "type",
                        params: { type: "integer" },
                        message: "must be integer",
                      },
                    ];
                    return false;
                  }
                  if (errors === _errs9) {
                    if (typeof data4 == "number" && isFinite(data4)) {
                      if (data4 < 0 || isNaN(data4)) {
                        validate45.errors = [
                          {
                            instancePath: instancePath + "/unreadable",
                            schemaPath: "#/properties/unreadable/minimum",
                            keyword: "minimum",
                            params: { comparison: ">=", limit: 0 },
                            message: "must be >= 0",
                          },
                        ];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.errors !== undefined) {
                    let data5 = data.errors;
                    const _errs11 = errors;
                    if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
                      validate45.errors = [
                        {
                          instancePath: instancePath + "/errors",
                          schemaPath: "#/properties/errors/type",
                          keyword: "type",
                          params: { type: "integer" },
                          message: "must be integer",
                        },
                      ];
                      return false;
                    }
                    if (errors === _errs11) {
                      if (typeof data5 == "number" && isFinite(data5)) {
                        if (data5 < 0 || isNaN(data5)) {
                          validate45.errors = [
                            {
                              instancePath: instancePath + "/errors",
                              schemaPath: "#/properties/errors/minimum",
                              keyword: "minimum",
                              params: { comparison: ">=", limit: 0 },
                              message: "must be >= 0",
                            },
                          ];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs11 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.warnings !== undefined) {
                      let data6 = data.warnings;
                      const _errs13 = errors;
                      if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
                        validate45.errors = [
                          {
                            instancePath: instancePath + "/warnings",
                            schemaPath: "#/properties/warnings/type",
                            keyword: "type",
                            params: { type: "integer" },
                            message: "must be integer",
                          },
                        ];
                        return false;
                      }
                      if (errors === _errs13) {
                        if (typeof data6 == "number" && isFinite(data6)) {
                          if (data6 < 0 || isNaN(data6)) {
                            validate45.errors = [
                              {
                                instancePath: instancePath + "/warnings",
                                schemaPath: "#/properties/warnings/minimum",
                                keyword: "minimum",
                                params: { comparison: ">=", limit: 0 },
                                message: "must be >= 0",
                              },
                            ];
                            return false;
                          }
                        }
                      }
                      var valid0 = _errs13 === errors;
                    } else {
                      var valid0 = true;
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate45.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate45.errors = vErrors;
  return errors === 0;
}
validate45.evaluated = {
  props: {
    plugins: true,
    compatible: true,
    incompatible: true,
    unknown: true,
    unreadable: true,
    errors: true,
    warnings: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema19 = {
  type: "object",
  description:
    "Only with check-all --shard: what merge needs to judge the whole set. A merged report does not have it.",
  required: [
    "index",
    "count",
    "settingsSha256",
    "gate",
    "hostSha256",
    "listing",
    "hostFindings",
    "expected",
    "policy",
    "suppressionsInUse",
    "lock",
    "members",
  ],
  properties: {
    index: { type: "integer", minimum: 1 },
    count: { type: "integer", minimum: 1 },
    settingsSha256: {
      description: "SHA-256 of every setting that decides the result.",
      $ref: "#/$defs/sha256",
    },
    gate: {
      description: "What the whole set must pass.",
      type: "object",
      required: ["allowUnknown", "failOn", "maxWarnings"],
      properties: {
        allowUnknown: { type: "boolean" },
        failOn: { enum: ["error", "warning", "note", "never"] },
        maxWarnings: { description: "null if any number is allowed.", type: ["integer", "null"], minimum: 0 },
      },
    },
    hostSha256: { $ref: "#/$defs/sha256" },
    listing: {
      description:
        "How many plugins the set has, and the SHA-256 of their names, each followed by a NUL, in the order of the report.",
      type: "object",
      required: ["count", "sha256"],
      properties: { count: { type: "integer", minimum: 0 }, sha256: { $ref: "#/$defs/sha256" } },
    },
    hostFindings: {
      description: "About the host, before the policy is applied.",
      type: "array",
      items: { $ref: "#/$defs/finding" },
    },
    expected: { description: "Names given with --expect.", type: "array", items: { type: "string" } },
    policy: {
      description: "The policy that is applied to the findings; null for the rules' own severities.",
      type: ["object", "null"],
      required: ["base", "severities", "suppressions", "today"],
      properties: {
        base: { enum: ["proof", "strict", "loader"] },
        severities: { type: "object", additionalProperties: { enum: ["error", "warning", "note", "off"] } },
        suppressions: {
          type: "array",
          items: {
            type: "object",
            required: ["rule", "reason"],
            properties: {
              rule: { $ref: "#/$defs/rule" },
              plugin: { type: "string" },
              subject: { type: "string" },
              reason: { type: "string" },
              expires: { type: "string" },
            },
          },
        },
        today: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      },
    },
    suppressionsInUse: {
      description:
        "Indexes, from 0, of the suppressions that hide findings of these plugins; null if it is unknown whether a suppression is stale.",
      type: ["array", "null"],
      items: { type: "integer", minimum: 0 },
    },
    lock: {
      description: "How the shard differs from the lock; null without --locked.",
      type: ["array", "null"],
      items: {
        type: "object",
        required: ["kind", "what", "name"],
        properties: {
          kind: { enum: ["added", "removed", "changed"] },
          what: { enum: ["plugin", "host", "policy"] },
          name: { type: "string" },
          now: { $ref: "#/$defs/side" },
          locked: { $ref: "#/$defs/side" },
          settings: {
            description:
              "The settings that the lock covers, if its policy differs: one or more of them are different.",
            type: "array",
            items: { type: "string" },
          },
        },
      },
    },
    members: {
      description: "One for each plugin, in the order of plugins.",
      type: "array",
      items: {
        type: "object",
        required: ["position", "manifest", "pluginPath", "brings"],
        properties: {
          position: { description: "Index in the whole set, from 0.", type: "integer", minimum: 0 },
          manifest: {
            description: "The plugin's name and components; null if it has no manifest.",
            type: ["object", "null"],
            properties: {
              name: { type: "string" },
              components: {
                type: "array",
                items: {
                  type: "object",
                  required: ["kind", "type"],
                  properties: { kind: { type: "string" }, type: { type: "string" } },
                },
              },
            },
          },
          pluginPath: {
            description:
              "The plugin path, by which the Go runtime tells plugins apart; null if there is none.",
            type: ["string", "null"],
          },
          brings: {
            description:
              "For each slice of the host, what the plugin adds to it; null if it does not load there or is not a Go plugin.",
            type: "array",
            items: {
              type: ["object", "null"],
              required: ["symbolPath", "packages"],
              properties: {
                symbolPath: { type: "string" },
                packages: {
                  description: "Packages that the host does not have, with the hashes they were built with.",
                  type: "array",
                  items: {
                    type: "object",
                    required: ["package", "hash"],
                    properties: { package: { type: "string" }, hash: { type: "string" } },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
const schema20 = { type: "string", pattern: "^[0-9a-f]{64}$" };
function validate48(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate48.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern0.test(data)) {
        validate48.errors = [
          {
            instancePath,
            schemaPath: "#/pattern",
            keyword: "pattern",
            params: { pattern: "^[0-9a-f]{64}$" },
            message: 'must match pattern "' + "^[0-9a-f]{64}$" + '"',
          },
        ];
        return false;
      }
    } else {
      validate48.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        },
      ];
      return false;
    }
  }
  validate48.errors = vErrors;
  return errors === 0;
}
validate48.evaluated = { dynamicProps: false, dynamicItems: false };
const pattern4 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "u");
function validate47(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate47.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.index === undefined && (missing0 = "index")) ||
        (data.count === undefined && (missing0 = "count")) ||
        (data.settingsSha256 === undefined && (missing0 = "settingsSha256")) ||
        (data.gate === undefined && (missing0 = "gate")) ||
        (data.hostSha256 === undefined && (missing0 = "hostSha256")) ||
        (data.listing === undefined && (missing0 = "listing")) ||
        (data.hostFindings === undefined && (missing0 = "hostFindings")) ||
        (data.expected === undefined && (missing0 = "expected")) ||
        (data.policy === undefined && (missing0 = "policy")) ||
        (data.suppressionsInUse === undefined && (missing0 = "suppressionsInUse")) ||
        (data.lock === undefined && (missing0 = "lock")) ||
        (data.members === undefined && (missing0 = "members"))
      ) {
        validate47.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.index !== undefined) {
          let data0 = data.index;
          const _errs1 = errors;
          if (!(typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
            validate47.errors = [
              {
                instancePath: instancePath + "/index",
                schemaPath: "#/properties/index/type",
                keyword: "type",
                params: { type: "integer" },
                message: "must be integer",
              },
            ];
            return false;
          }
          if (errors === _errs1) {
            if (typeof data0 == "number" && isFinite(data0)) {
              if (data0 < 1 || isNaN(data0)) {
                validate47.errors = [
                  {
                    instancePath: instancePath + "/index",
                    schemaPath: "#/properties/index/minimum",
                    keyword: "minimum",
                    params: { comparison: ">=", limit: 1 },
                    message: "must be >= 1",
                  },
                ];
                return false;
              }
            }
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.count !== undefined) {
            let data1 = data.count;
            const _errs3 = errors;
            if (!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
              validate47.errors = [
                {
                  instancePath: instancePath + "/count",
                  schemaPath: "#/properties/count/type",
                  keyword: "type",
                  params: { type: "integer" },
                  message: "must be integer",
                },
              ];
              return false;
            }
            if (errors === _errs3) {
              if (typeof data1 == "number" && isFinite(data1)) {
                if (data1 < 1 || isNaN(data1)) {
                  validate47.errors = [
                    {
                      instancePath: instancePath + "/count",
                      schemaPath: "#/properties/count/minimum",
                      keyword: "minimum",
                      params: { comparison: ">=", limit: 1 },
                      message: "must be >= 1",
                    },
                  ];
                  return false;
                }
              }
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.settingsSha256 !== undefined) {
              const _errs5 = errors;
              if (
                !validate48(data.settingsSha256, {
                  instancePath: instancePath + "/settingsSha256",
                  parentData: data,
                  parentDataProperty: "settingsSha256",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.gate !== undefined) {
                let data3 = data.gate;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                    let missing1;
                    if (
                      (data3.allowUnknown === undefined && (missing1 = "allowUnknown")) ||
                      (data3.failOn === undefined && (missing1 = "failOn")) ||
                      (data3.maxWarnings === undefined && (missing1 = "maxWarnings"))
                    ) {
                      validate47.errors = [
                        {
                          instancePath: instancePath + "/gate",
                          schemaPath: "#/properties/gate/required",
                          keyword: "required",
                          params: { missingProperty: missing1 },
                          message: "must have required property '" + missing1 + "'",
                        },
                      ];
                      return false;
                    } else {
                      if (data3.allowUnknown !== undefined) {
                        const _errs8 = errors;
                        if (typeof data3.allowUnknown !== "boolean") {
                          validate47.errors = [
                            {
                              instancePath: instancePath + "/gate/allowUnknown",
                              schemaPath: "#/properties/gate/properties/allowUnknown/type",
                              keyword: "type",
                              params: { type: "boolean" },
                              message: "must be boolean",
                            },
                          ];
                          return false;
                        }
                        var valid1 = _errs8 === errors;
                      } else {
                        var valid1 = true;
                      }
                      if (valid1) {
                        if (data3.failOn !== undefined) {
                          let data5 = data3.failOn;
                          const _errs10 = errors;
                          if (!(
                            data5 === "error" ||
                            data5 === "warning" ||
                            data5 === "note" ||
                            data5 === "never"
                          )) {
                            validate47.errors = [
                              {
                                instancePath: instancePath + "/gate/failOn",
                                schemaPath: "#/properties/gate/properties/failOn/enum",
                                keyword: "enum",
                                params: { allowedValues: schema19.properties.gate.properties.failOn.enum },
                                message: "must be equal to one of the allowed values",
                              },
                            ];
                            return false;
                          }
                          var valid1 = _errs10 === errors;
                        } else {
                          var valid1 = true;
                        }
                        if (valid1) {
                          if (data3.maxWarnings !== undefined) {
                            let data6 = data3.maxWarnings;
                            const _errs11 = errors;
                            if (
                              !(
                                typeof data6 == "number" &&
                                !(data6 % 1) &&
                                !isNaN(data6) &&
                                isFinite(data6)
                              ) &&
                              data6 !== null
                            ) {
                              validate47.errors = [
                                {
                                  instancePath: instancePath + "/gate/maxWarnings",
                                  schemaPath: "#/properties/gate/properties/maxWarnings/type",
                                  keyword: "type",
                                  params: { type: schema19.properties.gate.properties.maxWarnings.type },
                                  message: "must be integer,null",
                                },
                              ];
                              return false;
                            }
                            if (errors === _errs11) {
                              if (typeof data6 == "number" && isFinite(data6)) {
                                if (data6 < 0 || isNaN(data6)) {
                                  validate47.errors = [
                                    {
                                      instancePath: instancePath + "/gate/maxWarnings",
                                      schemaPath: "#/properties/gate/properties/maxWarnings/minimum",
                                      keyword: "minimum",
                                      params: { comparison: ">=", limit: 0 },
                                      message: "must be >= 0",
                                    },
                                  ];
                                  return false;
                                }
                              }
                            }
                            var valid1 = _errs11 === errors;
                          } else {
                            var valid1 = true;
                          }
                        }
                      }
                    }
                  } else {
                    validate47.errors = [
                      {
                        instancePath: instancePath + "/gate",
                        schemaPath: "#/properties/gate/type",
                        keyword: "type",
                        params: { type: "object" },
                        message: "must be object",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.hostSha256 !== undefined) {
                  const _errs13 = errors;
                  if (
                    !validate48(data.hostSha256, {
                      instancePath: instancePath + "/hostSha256",
                      parentData: data,
                      parentDataProperty: "hostSha256",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs13 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.listing !== undefined) {
                    let data8 = data.listing;
                    const _errs14 = errors;
                    if (errors === _errs14) {
                      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                        let missing2;
                        if (
                          (data8.count === undefined && (missing2 = "count")) ||
                          (data8.sha256 === undefined && (missing2 = "sha256"))
                        ) {
                          validate47.errors = [
                            {
                              instancePath: instancePath + "/listing",
                              schemaPath: "#/properties/listing/required",
                              keyword: "required",
                              params: { missingProperty: missing2 },
                              message: "must have required property '" + missing2 + "'",
                            },
                          ];
                          return false;
                        } else {
                          if (data8.count !== undefined) {
                            let data9 = data8.count;
                            const _errs16 = errors;
                            if (!(
                              typeof data9 == "number" &&
                              !(data9 % 1) &&
                              !isNaN(data9) &&
                              isFinite(data9)
                            )) {
                              validate47.errors = [
                                {
                                  instancePath: instancePath + "/listing/count",
                                  schemaPath: "#/properties/listing/properties/count/type",
                                  keyword: "type",
                                  params: { type: "integer" },
                                  message: "must be integer",
                                },
                              ];
                              return false;
                            }
                            if (errors === _errs16) {
                              if (typeof data9 == "number" && isFinite(data9)) {
                                if (data9 < 0 || isNaN(data9)) {
                                  validate47.errors = [
                                    {
                                      instancePath: instancePath + "/listing/count",
                                      schemaPath: "#/properties/listing/properties/count/minimum",
                                      keyword: "minimum",
                                      params: { comparison: ">=", limit: 0 },
                                      message: "must be >= 0",
                                    },
                                  ];
                                  return false;
                                }
                              }
                            }
                            var valid2 = _errs16 === errors;
                          } else {
                            var valid2 = true;
                          }
                          if (valid2) {
                            if (data8.sha256 !== undefined) {
                              const _errs18 = errors;
                              if (
                                !validate48(data8.sha256, {
                                  instancePath: instancePath + "/listing/sha256",
                                  parentData: data8,
                                  parentDataProperty: "sha256",
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors =
                                  vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                                errors = vErrors.length;
                              }
                              var valid2 = _errs18 === errors;
                            } else {
                              var valid2 = true;
                            }
                          }
                        }
                      } else {
                        validate47.errors = [
                          {
                            instancePath: instancePath + "/listing",
                            schemaPath: "#/properties/listing/type",
                            keyword: "type",
                            params: { type: "object" },
                            message: "must be object",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid0 = _errs14 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.hostFindings !== undefined) {
                      let data11 = data.hostFindings;
                      const _errs19 = errors;
                      if (errors === _errs19) {
                        if (Array.isArray(data11)) {
                          var valid3 = true;
                          const len0 = data11.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            const _errs21 = errors;
                            if (
                              !validate33(data11[i0], {
                                instancePath: instancePath + "/hostFindings/" + i0,
                                parentData: data11,
                                parentDataProperty: i0,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
                              errors = vErrors.length;
                            }
                            var valid3 = _errs21 === errors;
                            if (!valid3) {
                              break;
                            }
                          }
                        } else {
                          validate47.errors = [
                            {
                              instancePath: instancePath + "/hostFindings",
                              schemaPath: "#/properties/hostFindings/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid0 = _errs19 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.expected !== undefined) {
                        let data13 = data.expected;
                        const _errs22 = errors;
                        if (errors === _errs22) {
                          if (Array.isArray(data13)) {
                            var valid4 = true;
                            const len1 = data13.length;
                            for (let i1 = 0; i1 < len1; i1++) {
                              const _errs24 = errors;
                              if (typeof data13[i1] !== "string") {
                                validate47.errors = [
                                  {
                                    instancePath: instancePath + "/expected/" + i1,
                                    schemaPath: "#/properties/expected/items/type",
                                    keyword: "type",
                                    params: { type: "string" },
                                    message: "must be string",
                                  },
                                ];
                                return false;
                              }
                              var valid4 = _errs24 === errors;
                              if (!valid4) {
                                break;
                              }
                            }
                          } else {
                            validate47.errors = [
                              {
                                instancePath: instancePath + "/expected",
                                schemaPath: "#/properties/expected/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid0 = _errs22 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.policy !== undefined) {
                          let data15 = data.policy;
                          const _errs26 = errors;
                          if (
                            !(data15 && typeof data15 == "object" && !Array.isArray(data15)) &&
                            data15 !== null
                          ) {
                            validate47.errors = [
                              {
                                instancePath: instancePath + "/policy",
                                schemaPath: "#/properties/policy/type",
                                keyword: "type",
                                params: { type: schema19.properties.policy.type },
                                message: "must be object,null",
                              },
                            ];
                            return false;
                          }
                          if (errors === _errs26) {
                            if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                              let missing3;
                              if (
                                (data15.base === undefined && (missing3 = "base")) ||
                                (data15.severities === undefined && (missing3 = "severities")) ||
                                (data15.suppressions === undefined && (missing3 = "suppressions")) ||
                                (data15.today === undefined && (missing3 = "today"))
                              ) {
                                validate47.errors = [
                                  {
                                    instancePath: instancePath + "/policy",
                                    schemaPath: "#/properties/policy/required",
                                    keyword: "required",
                                    params: { missingProperty: missing3 },
                                    message: "must have required property '" + missing3 + "'",
                                  },
                                ];
                                return false;
                              } else {
                                if (data15.base !== undefined) {
                                  let data16 = data15.base;
                                  const _errs28 = errors;
                                  if (!(data16 === "proof" || data16 === "strict" || data16 === "loader")) {
                                    validate47.errors = [
                                      {
                                        instancePath: instancePath + "/policy/base",
                                        schemaPath: "#/properties/policy/properties/base/enum",
                                        keyword: "enum",
                                        params: {
                                          allowedValues: schema19.properties.policy.properties.base.enum,
                                        },
                                        message: "must be equal to one of the allowed values",
                                      },
                                    ];
                                    return false;
                                  }
                                  var valid5 = _errs28 === errors;
                                } else {
                                  var valid5 = true;
                                }
                                if (valid5) {
                                  if (data15.severities !== undefined) {
                                    let data17 = data15.severities;
                                    const _errs29 = errors;
                                    if (errors === _errs29) {
                                      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
                                        for (const key0 in data17) {
                                          let data18 = data17[key0];
                                          const _errs32 = errors;
                                          if (!(
                                            data18 === "error" ||
                                            data18 === "warning" ||
                                            data18 === "note" ||
                                            data18 === "off"
                                          )) {
                                            validate47.errors = [
                                              {
                                                instancePath:
                                                  instancePath +
                                                  "/policy/severities/" +
                                                  key0.replace(/~/g, "~0").replace(/\//g, "~1"),
                                                schemaPath:
                                                  "#/properties/policy/properties/severities/additionalProperties/enum",
                                                keyword: "enum",
                                                params: {
                                                  allowedValues:
                                                    schema19.properties.policy.properties.severities
                                                      .additionalProperties.enum,
                                                },
                                                message: "must be equal to one of the allowed values",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid6 = _errs32 === errors;
                                          if (!valid6) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate47.errors = [
                                          {
                                            instancePath: instancePath + "/policy/severities",
                                            schemaPath: "#/properties/policy/properties/severities/type",
                                            keyword: "type",
                                            params: { type: "object" },
                                            message: "must be object",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                    var valid5 = _errs29 === errors;
                                  } else {
                                    var valid5 = true;
                                  }
                                  if (valid5) {
                                    if (data15.suppressions !== undefined) {
                                      let data19 = data15.suppressions;
                                      const _errs33 = errors;
                                      if (errors === _errs33) {
                                        if (Array.isArray(data19)) {
                                          var valid7 = true;
                                          const len2 = data19.length;
                                          for (let i2 = 0; i2 < len2; i2++) {
                                            let data20 = data19[i2];
                                            const _errs35 = errors;
                                            if (errors === _errs35) {
                                              if (
                                                data20 &&
                                                typeof data20 == "object" &&
                                                !Array.isArray(data20)
                                              ) {
                                                let missing4;
                                                if (
                                                  (data20.rule === undefined && (missing4 = "rule")) ||
                                                  (data20.reason === undefined && (missing4 = "reason"))
                                                ) {
                                                  validate47.errors = [
                                                    {
                                                      instancePath:
                                                        instancePath + "/policy/suppressions/" + i2,
                                                      schemaPath:
                                                        "#/properties/policy/properties/suppressions/items/required",
                                                      keyword: "required",
                                                      params: { missingProperty: missing4 },
                                                      message:
                                                        "must have required property '" + missing4 + "'",
                                                    },
                                                  ];
                                                  return false;
                                                } else {
                                                  if (data20.rule !== undefined) {
                                                    const _errs37 = errors;
                                                    if (
                                                      !validate27(data20.rule, {
                                                        instancePath:
                                                          instancePath +
                                                          "/policy/suppressions/" +
                                                          i2 +
                                                          "/rule",
                                                        parentData: data20,
                                                        parentDataProperty: "rule",
                                                        rootData,
                                                        dynamicAnchors,
                                                      })
                                                    ) {
                                                      vErrors =
                                                        vErrors === null
                                                          ? validate27.errors
                                                          : vErrors.concat(validate27.errors);
                                                      errors = vErrors.length;
                                                    }
                                                    var valid8 = _errs37 === errors;
                                                  } else {
                                                    var valid8 = true;
                                                  }
                                                  if (valid8) {
                                                    if (data20.plugin !== undefined) {
                                                      const _errs38 = errors;
                                                      if (typeof data20.plugin !== "string") {
                                                        validate47.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              "/policy/suppressions/" +
                                                              i2 +
                                                              "/plugin",
                                                            schemaPath:
                                                              "#/properties/policy/properties/suppressions/items/properties/plugin/type",
                                                            keyword: "type",
                                                            params: { type: "string" },
                                                            message: "must be string",
                                                          },
                                                        ];
                                                        return false;
                                                      }
                                                      var valid8 = _errs38 === errors;
                                                    } else {
                                                      var valid8 = true;
                                                    }
                                                    if (valid8) {
                                                      if (data20.subject !== undefined) {
                                                        const _errs40 = errors;
                                                        if (typeof data20.subject !== "string") {
                                                          validate47.errors = [
                                                            {
                                                              instancePath:
                                                                instancePath +
                                                                "/policy/suppressions/" +
                                                                i2 +
                                                                "/subject",
                                                              schemaPath:
                                                                "#/properties/policy/properties/suppressions/items/properties/subject/type",
                                                              keyword: "type",
                                                              params: { type: "string" },
                                                              message: "must be string",
                                                            },
                                                          ];
                                                          return false;
                                                        }
                                                        var valid8 = _errs40 === errors;
                                                      } else {
                                                        var valid8 = true;
                                                      }
                                                      if (valid8) {
                                                        if (data20.reason !== undefined) {
                                                          const _errs42 = errors;
                                                          if (typeof data20.reason !== "string") {
                                                            validate47.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  "/policy/suppressions/" +
                                                                  i2 +
                                                                  "/reason",
                                                                schemaPath:
                                                                  "#/properties/policy/properties/suppressions/items/properties/reason/type",
                                                                keyword: "type",
                                                                params: { type: "string" },
                                                                message: "must be string",
                                                              },
                                                            ];
                                                            return false;
                                                          }
                                                          var valid8 = _errs42 === errors;
                                                        } else {
                                                          var valid8 = true;
                                                        }
                                                        if (valid8) {
                                                          if (data20.expires !== undefined) {
                                                            const _errs44 = errors;
                                                            if (typeof data20.expires !== "string") {
                                                              validate47.errors = [
                                                                {
                                                                  instancePath:
                                                                    instancePath +
                                                                    "/policy/suppressions/" +
                                                                    i2 +
                                                                    "/expires",
                                                                  schemaPath:
                                                                    "#/properties/policy/properties/suppressions/items/properties/expires/type",
                                                                  keyword: "type",
                                                                  params: { type: "string" },
                                                                  message: "must be string",
                                                                },
                                                              ];
                                                              return false;
                                                            }
                                                            var valid8 = _errs44 === errors;
                                                          } else {
                                                            var valid8 = true;
                                                          }
                                                        }
                                                      }
                                                    }
                                                  }
                                                }
                                              } else {
                                                validate47.errors = [
                                                  {
                                                    instancePath: instancePath + "/policy/suppressions/" + i2,
                                                    schemaPath:
                                                      "#/properties/policy/properties/suppressions/items/type",
                                                    keyword: "type",
                                                    params: { type: "object" },
                                                    message: "must be object",
                                                  },
                                                ];
                                                return false;
                                              }
                                            }
                                            var valid7 = _errs35 === errors;
                                            if (!valid7) {
                                              break;
                                            }
                                          }
                                        } else {
                                          validate47.errors = [
                                            {
                                              instancePath: instancePath + "/policy/suppressions",
                                              schemaPath: "#/properties/policy/properties/suppressions/type",
                                              keyword: "type",
                                              params: { type: "array" },
                                              message: "must be array",
                                            },
                                          ];
                                          return false;
                                        }
                                      }
                                      var valid5 = _errs33 === errors;
                                    } else {
                                      var valid5 = true;
                                    }
                                    if (valid5) {
                                      if (data15.today !== undefined) {
                                        let data26 = data15.today;
                                        const _errs46 = errors;
                                        if (errors === _errs46) {
                                          if (typeof data26 === "string") {
                                            if (!pattern4.test(data26)) {
                                              validate47.errors = [
                                                {
                                                  instancePath: instancePath + "/policy/today",
                                                  schemaPath: "#/properties/policy/properties/today/pattern",
                                                  keyword: "pattern",
                                                  params: { pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
                                                  message:
                                                    'must match pattern "' +
                                                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" +
                                                    '"',
                                                },
                                              ];
                                              return false;
                                            }
                                          } else {
                                            validate47.errors = [
                                              {
                                                instancePath: instancePath + "/policy/today",
                                                schemaPath: "#/properties/policy/properties/today/type",
                                                keyword: "type",
                                                params: { type: "string" },
                                                message: "must be string",
                                              },
                                            ];
                                            return false;
                                          }
                                        }
                                        var valid5 = _errs46 === errors;
                                      } else {
                                        var valid5 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                          var valid0 = _errs26 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.suppressionsInUse !== undefined) {
                            let data27 = data.suppressionsInUse;
                            const _errs48 = errors;
                            if (!Array.isArray(data27) && data27 !== null) {
                              validate47.errors = [
                                {
                                  instancePath: instancePath + "/suppressionsInUse",
                                  schemaPath: "#/properties/suppressionsInUse/type",
                                  keyword: "type",
                                  params: { type: schema19.properties.suppressionsInUse.type },
                                  message: "must be array,null",
                                },
                              ];
                              return false;
                            }
                            if (errors === _errs48) {
                              if (Array.isArray(data27)) {
                                var valid9 = true;
                                const len3 = data27.length;
                                for (let i3 = 0; i3 < len3; i3++) {
                                  let data28 = data27[i3];
                                  const _errs50 = errors;
                                  if (!(
                                    typeof data28 == "number" &&
                                    !(data28 % 1) &&
                                    !isNaN(data28) &&
                                    isFinite(data28)
                                  )) {
                                    validate47.errors = [
                                      {
                                        instancePath: instancePath + "/suppressionsInUse/" + i3,
                                        schemaPath: "#/properties/suppressionsInUse/items/type",
                                        keyword: "type",
                                        params: { type: "integer" },
                                        message: "must be integer",
                                      },
                                    ];
                                    return false;
                                  }
                                  if (errors === _errs50) {
                                    if (typeof data28 == "number" && isFinite(data28)) {
                                      if (data28 < 0 || isNaN(data28)) {
                                        validate47.errors = [
                                          {
                                            instancePath: instancePath + "/suppressionsInUse/" + i3,
                                            schemaPath: "#/properties/suppressionsInUse/items/minimum",
                                            keyword: "minimum",
                                            params: { comparison: ">=", limit: 0 },
                                            message: "must be >= 0",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                  }
                                  var valid9 = _errs50 === errors;
                                  if (!valid9) {
                                    break;
                                  }
                                }
                              }
                            }
                            var valid0 = _errs48 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.lock !== undefined) {
                              let data29 = data.lock;
                              const _errs52 = errors;
                              if (!Array.isArray(data29) && data29 !== null) {
                                validate47.errors = [
                                  {
                                    instancePath: instancePath + "/lock",
                                    schemaPath: "#/properties/lock/type",
                                    keyword: "type",
                                    params: { type: schema19.properties.lock.type },
                                    message: "must be array,null",
                                  },
                                ];
                                return false;
                              }
                              if (errors === _errs52) {
                                if (Array.isArray(data29)) {
                                  var valid10 = true;
                                  const len4 = data29.length;
                                  for (let i4 = 0; i4 < len4; i4++) {
                                    let data30 = data29[i4];
                                    const _errs54 = errors;
                                    if (errors === _errs54) {
                                      if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
                                        let missing5;
                                        if (
                                          (data30.kind === undefined && (missing5 = "kind")) ||
                                          (data30.what === undefined && (missing5 = "what")) ||
                                          (data30.name === undefined && (missing5 = "name"))
                                        ) {
                                          validate47.errors = [
                                            {
                                              instancePath: instancePath + "/lock/" + i4,
                                              schemaPath: "#/properties/lock/items/required",
                                              keyword: "required",
                                              params: { missingProperty: missing5 },
                                              message: "must have required property '" + missing5 + "'",
                                            },
                                          ];
                                          return false;
                                        } else {
                                          if (data30.kind !== undefined) {
                                            let data31 = data30.kind;
                                            const _errs56 = errors;
                                            if (!(
                                              data31 === "added" ||
                                              data31 === "removed" ||
                                              data31 === "changed"
                                            )) {
                                              validate47.errors = [
                                                {
                                                  instancePath: instancePath + "/lock/" + i4 + "/kind",
                                                  schemaPath: "#/properties/lock/items/properties/kind/enum",
                                                  keyword: "enum",
                                                  params: {
                                                    allowedValues:
                                                      schema19.properties.lock.items.properties.kind.enum,
                                                  },
                                                  message: "must be equal to one of the allowed values",
                                                },
                                              ];
                                              return false;
                                            }
                                            var valid11 = _errs56 === errors;
                                          } else {
                                            var valid11 = true;
                                          }
                                          if (valid11) {
                                            if (data30.what !== undefined) {
                                              let data32 = data30.what;
                                              const _errs57 = errors;
                                              if (!(
                                                data32 === "plugin" ||
                                                data32 === "host" ||
                                                data32 === "policy"
                                              )) {
                                                validate47.errors = [
                                                  {
                                                    instancePath: instancePath + "/lock/" + i4 + "/what",
                                                    schemaPath:
                                                      "#/properties/lock/items/properties/what/enum",
                                                    keyword: "enum",
                                                    params: {
                                                      allowedValues:
                                                        schema19.properties.lock.items.properties.what.enum,
                                                    },
                                                    message: "must be equal to one of the allowed values",
                                                  },
                                                ];
                                                return false;
                                              }
                                              var valid11 = _errs57 === errors;
                                            } else {
                                              var valid11 = true;
                                            }
                                            if (valid11) {
                                              if (data30.name !== undefined) {
                                                const _errs58 = errors;
                                                if (typeof data30.name !== "string") {
                                                  validate47.errors = [
                                                    {
                                                      instancePath: instancePath + "/lock/" + i4 + "/name",
                                                      schemaPath:
                                                        "#/properties/lock/items/properties/name/type",
                                                      keyword: "type",
                                                      params: { type: "string" },
                                                      message: "must be string",
                                                    },
                                                  ];
                                                  return false;
                                                }
                                                var valid11 = _errs58 === errors;
                                              } else {
                                                var valid11 = true;
                                              }
                                              if (valid11) {
                                                if (data30.now !== undefined) {
                                                  const _errs60 = errors;
                                                  if (
                                                    !validate29(data30.now, {
                                                      instancePath: instancePath + "/lock/" + i4 + "/now",
                                                      parentData: data30,
                                                      parentDataProperty: "now",
                                                      rootData,
                                                      dynamicAnchors,
                                                    })
                                                  ) {
                                                    vErrors =
                                                      vErrors === null
                                                        ? validate29.errors
                                                        : vErrors.concat(validate29.errors);
                                                    errors = vErrors.length;
                                                  }
                                                  var valid11 = _errs60 === errors;
                                                } else {
                                                  var valid11 = true;
                                                }
                                                if (valid11) {
                                                  if (data30.locked !== undefined) {
                                                    const _errs61 = errors;
                                                    if (
                                                      !validate29(data30.locked, {
                                                        instancePath:
                                                          instancePath + "/lock/" + i4 + "/locked",
                                                        parentData: data30,
                                                        parentDataProperty: "locked",
                                                        rootData,
                                                        dynamicAnchors,
                                                      })
                                                    ) {
                                                      vErrors =
                                                        vErrors === null
                                                          ? validate29.errors
                                                          : vErrors.concat(validate29.errors);
                                                      errors = vErrors.length;
                                                    }
                                                    var valid11 = _errs61 === errors;
                                                  } else {
                                                    var valid11 = true;
                                                  }
                                                  if (valid11) {
                                                    if (data30.settings !== undefined) {
                                                      let data36 = data30.settings;
                                                      const _errs62 = errors;
                                                      if (errors === _errs62) {
                                                        if (Array.isArray(data36)) {
                                                          var valid12 = true;
                                                          const len5 = data36.length;
                                                          for (let i5 = 0; i5 < len5; i5++) {
                                                            const _errs64 = errors;
                                                            if (typeof data36[i5] !== "string") {
                                                              validate47.errors = [
                                                                {
                                                                  instancePath:
                                                                    instancePath +
                                                                    "/lock/" +
                                                                    i4 +
                                                                    "/settings/" +
                                                                    i5,
                                                                  schemaPath:
                                                                    "#/properties/lock/items/properties/settings/items/type",
                                                                  keyword: "type",
                                                                  params: { type: "string" },
                                                                  message: "must be string",
                                                                },
                                                              ];
                                                              return false;
                                                            }
                                                            var valid12 = _errs64 === errors;
                                                            if (!valid12) {
                                                              break;
                                                            }
                                                          }
                                                        } else {
                                                          validate47.errors = [
                                                            {
                                                              instancePath:
                                                                instancePath + "/lock/" + i4 + "/settings",
                                                              schemaPath:
                                                                "#/properties/lock/items/properties/settings/type",
                                                              keyword: "type",
                                                              params: { type: "array" },
                                                              message: "must be array",
                                                            },
                                                          ];
                                                          return false;
                                                        }
                                                      }
                                                      var valid11 = _errs62 === errors;
                                                    } else {
                                                      var valid11 = true;
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        }
                                      } else {
                                        validate47.errors = [
                                          {
                                            instancePath: instancePath + "/lock/" + i4,
                                            schemaPath: "#/properties/lock/items/type",
                                            keyword: "type",
                                            params: { type: "object" },
                                            message: "must be object",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                    var valid10 = _errs54 === errors;
                                    if (!valid10) {
                                      break;
                                    }
                                  }
                                }
                              }
                              var valid0 = _errs52 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.members !== undefined) {
                                let data38 = data.members;
                                const _errs66 = errors;
                                if (errors === _errs66) {
                                  if (Array.isArray(data38)) {
                                    var valid13 = true;
                                    const len6 = data38.length;
                                    for (let i6 = 0; i6 < len6; i6++) {
                                      let data39 = data38[i6];
                                      const _errs68 = errors;
                                      if (errors === _errs68) {
                                        if (data39 && typeof data39 == "object" && !Array.isArray(data39)) {
                                          let missing6;
                                          if (
                                            (data39.position === undefined && (missing6 = "position")) ||
                                            (data39.manifest === undefined && (missing6 = "manifest")) ||
                                            (data39.pluginPath === undefined && (missing6 = "pluginPath")) ||
                                            (data39.brings === undefined && (missing6 = "brings"))
                                          ) {
                                            validate47.errors = [
                                              {
                                                instancePath: instancePath + "/members/" + i6,
                                                schemaPath: "#/properties/members/items/required",
                                                keyword: "required",
                                                params: { missingProperty: missing6 },
                                                message: "must have required property '" + missing6 + "'",
                                              },
                                            ];
                                            return false;
                                          } else {
                                            if (data39.position !== undefined) {
                                              let data40 = data39.position;
                                              const _errs70 = errors;
                                              if (!(
                                                typeof data40 == "number" &&
                                                !(data40 % 1) &&
                                                !isNaN(data40) &&
                                                isFinite(data40)
                                              )) {
                                                validate47.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath + "/members/" + i6 + "/position",
                                                    schemaPath:
                                                      "#/properties/members/items/properties/position/type",
                                                    keyword: "type",
                                                    params: { type: "integer" },
                                                    message: "must be integer",
                                                  },
                                                ];
                                                return false;
                                              }
                                              if (errors === _errs70) {
                                                if (typeof data40 == "number" && isFinite(data40)) {
                                                  if (data40 < 0 || isNaN(data40)) {
                                                    validate47.errors = [
                                                      {
                                                        instancePath:
                                                          instancePath + "/members/" + i6 + "/position",
                                                        schemaPath:
                                                          "#/properties/members/items/properties/position/minimum",
                                                        keyword: "minimum",
                                                        params: { comparison: ">=", limit: 0 },
                                                        message: "must be >= 0",
                                                      },
                                                    ];
                                                    return false;
                                                  }
                                                }
                                              }
                                              var valid14 = _errs70 === errors;
                                            } else {
                                              var valid14 = true;
                                            }
                                            if (valid14) {
                                              if (data39.manifest !== undefined) {
                                                let data41 = data39.manifest;
                                                const _errs72 = errors;
                                                if (
                                                  !(
                                                    data41 &&
                                                    typeof data41 == "object" &&
                                                    !Array.isArray(data41)
                                                  ) &&
                                                  data41 !== null
                                                ) {
                                                  validate47.errors = [
                                                    {
                                                      instancePath:
                                                        instancePath + "/members/" + i6 + "/manifest",
                                                      schemaPath:
                                                        "#/properties/members/items/properties/manifest/type",
                                                      keyword: "type",
                                                      params: {
                                                        type: schema19.properties.members.items.properties
                                                          .manifest.type,
                                                      },
                                                      message: "must be object,null",
                                                    },
                                                  ];
                                                  return false;
                                                }
                                                if (errors === _errs72) {
                                                  if (
                                                    data41 &&
                                                    typeof data41 == "object" &&
                                                    !Array.isArray(data41)
                                                  ) {
                                                    if (data41.name !== undefined) {
                                                      const _errs74 = errors;
                                                      if (typeof data41.name !== "string") {
                                                        validate47.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              "/members/" +
                                                              i6 +
                                                              "/manifest/name",
                                                            schemaPath:
                                                              "#/properties/members/items/properties/manifest/properties/name/type",
                                                            keyword: "type",
                                                            params: { type: "string" },
                                                            message: "must be string",
                                                          },
                                                        ];
                                                        return false;
                                                      }
                                                      var valid15 = _errs74 === errors;
                                                    } else {
                                                      var valid15 = true;
                                                    }
                                                    if (valid15) {
                                                      if (data41.components !== undefined) {
                                                        let data43 = data41.components;
                                                        const _errs76 = errors;
                                                        if (errors === _errs76) {
                                                          if (Array.isArray(data43)) {
                                                            var valid16 = true;
                                                            const len7 = data43.length;
                                                            for (let i7 = 0; i7 < len7; i7++) {
                                                              let data44 = data43[i7];
                                                              const _errs78 = errors;
                                                              if (errors === _errs78) {
                                                                if (
                                                                  data44 &&
                                                                  typeof data44 == "object" &&
                                                                  !Array.isArray(data44)
                                                                ) {
                                                                  let missing7;
                                                                  if (
                                                                    (data44.kind === undefined &&
                                                                      (missing7 = "kind")) ||
                                                                    (data44.type === undefined &&
                                                                      (missing7 = "type"))
                                                                  ) {
                                                                    validate47.errors = [
                                                                      {
                                                                        instancePath:
                                                                          instancePath +
                                                                          "/members/" +
                                                                          i6 +
                                                                          "/manifest/components/" +
                                                                          i7,
                                                                        schemaPath:
                                                                          "#/properties/members/items/properties/manifest/properties/components/items/required",
                                                                        keyword: "required",
                                                                        params: { missingProperty: missing7 },
                                                                        message:
                                                                          "must have required property '" +
                                                                          missing7 +
                                                                          "'",
                                                                      },
                                                                    ];
                                                                    return false;
                                                                  } else {
                                                                    if (data44.kind !== undefined) {
                                                                      const _errs80 = errors;
                                                                      if (typeof data44.kind !== "string") {
                                                                        validate47.errors = [
                                                                          {
                                                                            instancePath:
                                                                              instancePath +
                                                                              "/members/" +
                                                                              i6 +
                                                                              "/manifest/components/" +
                                                                              i7 +
                                                                              "/kind",
                                                                            schemaPath:
                                                                              "#/properties/members/items/properties/manifest/properties/components/items/properties/kind/type",
                                                                            keyword: "type",
                                                                            params: { type: "string" },
                                                                            message: "must be string",
                                                                          },
                                                                        ];
                                                                        return false;
                                                                      }
                                                                      var valid17 = _errs80 === errors;
                                                                    } else {
                                                                      var valid17 = true;
                                                                    }
                                                                    if (valid17) {
                                                                      if (data44.type !== undefined) {
                                                                        const _errs82 = errors;
                                                                        if (typeof data44.type !== "string") {
                                                                          validate47.errors = [
                                                                            {
                                                                              instancePath:
                                                                                instancePath +
                                                                                "/members/" +
                                                                                i6 +
                                                                                "/manifest/components/" +
                                                                                i7 +
                                                                                "/type",
                                                                              schemaPath:
                                                                                "#/properties/members/items/properties/manifest/properties/components/items/properties/type/type",
                                                                              keyword: "type",
                                                                              params: { type: "string" },
                                                                              message: "must be string",
                                                                            },
                                                                          ];
                                                                          return false;
                                                                        }
                                                                        var valid17 = _errs82 === errors;
                                                                      } else {
                                                                        var valid17 = true;
                                                                      }
                                                                    }
                                                                  }
                                                                } else {
                                                                  validate47.errors = [
                                                                    {
                                                                      instancePath:
                                                                        instancePath +
                                                                        "/members/" +
                                                                        i6 +
                                                                        "/manifest/components/" +
                                                                        i7,
                                                                      schemaPath:
                                                                        "#/properties/members/items/properties/manifest/properties/components/items/type",
                                                                      keyword: "type",
                                                                      params: { type: "object" },
                                                                      message: "must be object",
                                                                    },
                                                                  ];
                                                                  return false;
                                                                }
                                                              }
                                                              var valid16 = _errs78 === errors;
                                                              if (!valid16) {
                                                                break;
                                                              }
                                                            }
                                                          } else {
                                                            validate47.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  "/members/" +
                                                                  i6 +
                                                                  "/manifest/components",
                                                                schemaPath:
                                                                  "#/properties/members/items/properties/manifest/properties/components/type",
                                                                keyword: "type",
                                                                params: { type: "array" },
                                                                message: "must be array",
                                                              },
                                                            ];
                                                            return false;
                                                          }
                                                        }
                                                        var valid15 = _errs76 === errors;
                                                      } else {
                                                        var valid15 = true;
                                                      }
                                                    }
                                                  }
                                                }
                                                var valid14 = _errs72 === errors;
                                              } else {
                                                var valid14 = true;
                                              }
                                              if (valid14) {
                                                if (data39.pluginPath !== undefined) {
                                                  let data47 = data39.pluginPath;
                                                  const _errs84 = errors;
                                                  if (typeof data47 !== "string" && data47 !== null) {
                                                    validate47.errors = [
                                                      {
                                                        instancePath:
                                                          instancePath + "/members/" + i6 + "/pluginPath",
                                                        schemaPath:
                                                          "#/properties/members/items/properties/pluginPath/type",
                                                        keyword: "type",
                                                        params: {
                                                          type: schema19.properties.members.items.properties
                                                            .pluginPath.type,
                                                        },
                                                        message: "must be string,null",
                                                      },
                                                    ];
                                                    return false;
                                                  }
                                                  var valid14 = _errs84 === errors;
                                                } else {
                                                  var valid14 = true;
                                                }
                                                if (valid14) {
                                                  if (data39.brings !== undefined) {
                                                    let data48 = data39.brings;
                                                    const _errs86 = errors;
                                                    if (errors === _errs86) {
                                                      if (Array.isArray(data48)) {
                                                        var valid18 = true;
                                                        const len8 = data48.length;
                                                        for (let i8 = 0; i8 < len8; i8++) {
                                                          let data49 = data48[i8];
                                                          const _errs88 = errors;
                                                          if (
                                                            !(
                                                              data49 &&
                                                              typeof data49 == "object" &&
                                                              !Array.isArray(data49)
                                                            ) &&
                                                            data49 !== null
                                                          ) {
                                                            validate47.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  "/members/" +
                                                                  i6 +
                                                                  "/brings/" +
                                                                  i8,
                                                                schemaPath:
                                                                  "#/properties/members/items/properties/brings/items/type",
                                                                keyword: "type",
                                                                params: {
                                                                  type: schema19.properties.members.items
                                                                    .properties.brings.items.type,
                                                                },
                                                                message: "must be object,null",
                                                              },
                                                            ];
                                                            return false;
                                                          }
                                                          if (errors === _errs88) {
                                                            if (
                                                              data49 &&
                                                              typeof data49 == "object" &&
                                                              !Array.isArray(data49)
                                                            ) {
                                                              let missing8;
                                                              if (
                                                                (data49.symbolPath === undefined &&
                                                                  (missing8 = "symbolPath")) ||
                                                                (data49.packages === undefined &&
                                                                  (missing8 = "packages"))
                                                              ) {
                                                                validate47.errors = [
                                                                  {
                                                                    instancePath:
                                                                      instancePath +
                                                                      "/members/" +
                                                                      i6 +
                                                                      "/brings/" +
                                                                      i8,
                                                                    schemaPath:
                                                                      "#/properties/members/items/properties/brings/items/required",
                                                                    keyword: "required",
                                                                    params: { missingProperty: missing8 },
                                                                    message:
                                                                      "must have required property '" +
                                                                      missing8 +
                                                                      "'",
                                                                  },
                                                                ];
                                                                return false;
                                                              } else {
                                                                if (data49.symbolPath !== undefined) {
                                                                  const _errs90 = errors;
                                                                  if (typeof data49.symbolPath !== "string") {
                                                                    validate47.errors = [
                                                                      {
                                                                        instancePath:
                                                                          instancePath +
                                                                          "/members/" +
                                                                          i6 +
                                                                          "/brings/" +
                                                                          i8 +
                                                                          "/symbolPath",
                                                                        schemaPath:
                                                                          "#/properties/members/items/properties/brings/items/properties/symbolPath/type",
                                                                        keyword: "type",
                                                                        params: { type: "string" },
                                                                        message: "must be string",
                                                                      },
                                                                    ];
                                                                    return false;
                                                                  }
                                                                  var valid19 = _errs90 === errors;
                                                                } else {
                                                                  var valid19 = true;
                                                                }
                                                                if (valid19) {
                                                                  if (data49.packages !== undefined) {
                                                                    let data51 = data49.packages;
                                                                    const _errs92 = errors;
                                                                    if (errors === _errs92) {
                                                                      if (Array.isArray(data51)) {
                                                                        var valid20 = true;
                                                                        const len9 = data51.length;
                                                                        for (let i9 = 0; i9 < len9; i9++) {
                                                                          let data52 = data51[i9];
                                                                          const _errs94 = errors;
                                                                          if (errors === _errs94) {
                                                                            if (
                                                                              data52 &&
                                                                              typeof data52 == "object" &&
                                                                              !Array.isArray(data52)
                                                                            ) {
                                                                              let missing9;
                                                                              if (
                                                                                (data52.package ===
                                                                                  undefined &&
                                                                                  (missing9 = "package")) ||
                                                                                (data52.hash === undefined &&
                                                                                  (missing9 = "hash"))
                                                                              ) {
                                                                                validate47.errors = [
                                                                                  {
                                                                                    instancePath:
                                                                                      instancePath +
                                                                                      "/members/" +
                                                                                      i6 +
                                                                                      "/brings/" +
                                                                                      i8 +
                                                                                      "/packages/" +
                                                                                      i9,
                                                                                    schemaPath:
                                                                                      "#/properties/members/items/properties/brings/items/properties/packages/items/required",
                                                                                    keyword: "required",
                                                                                    params: {
                                                                                      missingProperty:
                                                                                        missing9,
                                                                                    },
                                                                                    message:
                                                                                      "must have required property '" +
                                                                                      missing9 +
                                                                                      "'",
                                                                                  },
                                                                                ];
                                                                                return false;
                                                                              } else {
                                                                                if (
                                                                                  data52.package !== undefined
                                                                                ) {
                                                                                  const _errs96 = errors;
                                                                                  if (
                                                                                    typeof data52.package !==
                                                                                    "string"
                                                                                  ) {
                                                                                    validate47.errors = [
                                                                                      {
                                                                                        instancePath:
                                                                                          instancePath +
                                                                                          "/members/" +
                                                                                          i6 +
                                                                                          "/brings/" +
                                                                                          i8 +
                                                                                          "/packages/" +
                                                                                          i9 +
                                                                                          "/package",
                                                                                        schemaPath:
                                                                                          "#/properties/members/items/properties/brings/items/properties/packages/items/properties/package/type",
                                                                                        keyword: "type",
                                                                                        params: {
                                                                                          type: "string",
                                                                                        },
                                                                                        message:
                                                                                          "must be string",
                                                                                      },
                                                                                    ];
                                                                                    return false;
                                                                                  }
                                                                                  var valid21 =
                                                                                    _errs96 === errors;
                                                                                } else {
                                                                                  var valid21 = true;
                                                                                }
                                                                                if (valid21) {
                                                                                  if (
                                                                                    data52.hash !== undefined
                                                                                  ) {
                                                                                    const _errs98 = errors;
                                                                                    if (
                                                                                      typeof data52.hash !==
                                                                                      "string"
                                                                                    ) {
                                                                                      validate47.errors = [
                                                                                        {
                                                                                          instancePath:
                                                                                            instancePath +
                                                                                            "/members/" +
                                                                                            i6 +
                                                                                            "/brings/" +
                                                                                            i8 +
                                                                                            "/packages/" +
                                                                                            i9 +
                                                                                            "/hash",
                                                                                          schemaPath:
                                                                                            "#/properties/members/items/properties/brings/items/properties/packages/items/properties/hash/type",
                                                                                          keyword: "type",
                                                                                          params: {
                                                                                            type: "string",
                                                                                          },
                                                                                          message:
                                                                                            "must be string",
                                                                                        },
                                                                                      ];
                                                                                      return false;
                                                                                    }
                                                                                    var valid21 =
                                                                                      _errs98 === errors;
                                                                                  } else {
                                                                                    var valid21 = true;
                                                                                  }
                                                                                }
                                                                              }
                                                                            } else {
                                                                              validate47.errors = [
                                                                                {
                                                                                  instancePath:
                                                                                    instancePath +
                                                                                    "/members/" +
                                                                                    i6 +
                                                                                    "/brings/" +
                                                                                    i8 +
                                                                                    "/packages/" +
                                                                                    i9,
                                                                                  schemaPath:
                                                                                    "#/properties/members/items/properties/brings/items/properties/packages/items/type",
                                                                                  keyword: "type",
                                                                                  params: { type: "object" },
                                                                                  message: "must be object",
                                                                                },
                                                                              ];
                                                                              return false;
                                                                            }
                                                                          }
                                                                          var valid20 = _errs94 === errors;
                                                                          if (!valid20) {
                                                                            break;
                                                                          }
                                                                        }
                                                                      } else {
                                                                        validate47.errors = [
                                                                          {
                                                                            instancePath:
                                                                              instancePath +
                                                                              "/members/" +
                                                                              i6 +
                                                                              "/brings/" +
                                                                              i8 +
                                                                              "/packages",
                                                                            schemaPath:
                                                                              "#/properties/members/items/properties/brings/items/properties/packages/type",
                                                                            keyword: "type",
                                                                            params: { type: "array" },
                                                                            message: "must be array",
                                                                          },
                                                                        ];
                                                                        return false;
                                                                      }
                                                                    }
                                                                    var valid19 = _errs92 === errors;
                                                                  } else {
                                                                    var valid19 = true;
                                                                  }
                                                                }
                                                              }
                                                            }
                                                          }
                                                          var valid18 = _errs88 === errors;
                                                          if (!valid18) {
                                                            break;
                                                          }
                                                        }
                                                      } else {
                                                        validate47.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath + "/members/" + i6 + "/brings",
                                                            schemaPath:
                                                              "#/properties/members/items/properties/brings/type",
                                                            keyword: "type",
                                                            params: { type: "array" },
                                                            message: "must be array",
                                                          },
                                                        ];
                                                        return false;
                                                      }
                                                    }
                                                    var valid14 = _errs86 === errors;
                                                  } else {
                                                    var valid14 = true;
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        } else {
                                          validate47.errors = [
                                            {
                                              instancePath: instancePath + "/members/" + i6,
                                              schemaPath: "#/properties/members/items/type",
                                              keyword: "type",
                                              params: { type: "object" },
                                              message: "must be object",
                                            },
                                          ];
                                          return false;
                                        }
                                      }
                                      var valid13 = _errs68 === errors;
                                      if (!valid13) {
                                        break;
                                      }
                                    }
                                  } else {
                                    validate47.errors = [
                                      {
                                        instancePath: instancePath + "/members",
                                        schemaPath: "#/properties/members/type",
                                        keyword: "type",
                                        params: { type: "array" },
                                        message: "must be array",
                                      },
                                    ];
                                    return false;
                                  }
                                }
                                var valid0 = _errs66 === errors;
                              } else {
                                var valid0 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate47.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate47.errors = vErrors;
  return errors === 0;
}
validate47.evaluated = {
  props: {
    index: true,
    count: true,
    settingsSha256: true,
    gate: true,
    hostSha256: true,
    listing: true,
    hostFindings: true,
    expected: true,
    policy: true,
    suppressionsInUse: true,
    lock: true,
    members: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema21 = {
  type: "object",
  description: "One thing that is wrong, with all that it explains.",
  required: ["id", "rule", "severity", "message", "plugins", "findings", "fix"],
  properties: {
    id: { type: "string", description: "The same in every run in which the same is wrong." },
    rule: { type: "string", description: "The rule, or plugin-unreadable or plugin-unknown." },
    severity: { enum: ["error", "warning", "note"] },
    message: {
      type: "string",
      description: "What is wrong; of several findings that are fixed together, how many there are.",
    },
    plugins: {
      type: "array",
      items: { type: "string" },
      description: "Paths of the plugins that it is wrong in; empty if it is about the host or the set.",
    },
    hosts: {
      type: "array",
      items: { type: "string" },
      description:
        "Paths of the hosts with which it is wrong; only if there are several hosts, and it is not about the set alone.",
    },
    findings: { type: "integer", minimum: 0, description: "How many findings are of it." },
    fix: { type: "array", items: { $ref: "#/$defs/fix" } },
  },
};
function validate57(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate57.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.id === undefined && (missing0 = "id")) ||
        (data.rule === undefined && (missing0 = "rule")) ||
        (data.severity === undefined && (missing0 = "severity")) ||
        (data.message === undefined && (missing0 = "message")) ||
        (data.plugins === undefined && (missing0 = "plugins")) ||
        (data.findings === undefined && (missing0 = "findings")) ||
        (data.fix === undefined && (missing0 = "fix"))
      ) {
        validate57.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.id !== undefined) {
          const _errs1 = errors;
          if (typeof data.id !== "string") {
            validate57.errors = [
              {
                instancePath: instancePath + "/id",
                schemaPath: "#/properties/id/type",
                keyword: "type",
                params: { type: "string" },
                message: "must be string",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.rule !== undefined) {
            const _errs3 = errors;
            if (typeof data.rule !== "string") {
              validate57.errors = [
                {
                  instancePath: instancePath + "/rule",
                  schemaPath: "#/properties/rule/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.severity !== undefined) {
              let data2 = data.severity;
              const _errs5 = errors;
              if (!(data2 === "error" || data2 === "warning" || data2 === "note")) {
                validate57.errors = [
                  {
                    instancePath: instancePath + "/severity",
                    schemaPath: "#/properties/severity/enum",
                    keyword: "enum",
                    params: { allowedValues: schema21.properties.severity.enum },
                    message: "must be equal to one of the allowed values",
                  },
                ];
                return false;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.message !== undefined) {
                const _errs6 = errors;
                if (typeof data.message !== "string") {
                  validate57.errors = [
                    {
                      instancePath: instancePath + "/message",
                      schemaPath: "#/properties/message/type",
                      keyword: "type",
                      params: { type: "string" },
                      message: "must be string",
                    },
                  ];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.plugins !== undefined) {
                  let data4 = data.plugins;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data4)) {
                      var valid1 = true;
                      const len0 = data4.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs10 = errors;
                        if (typeof data4[i0] !== "string") {
                          validate57.errors = [
                            {
                              instancePath: instancePath + "/plugins/" + i0,
                              schemaPath: "#/properties/plugins/items/type",
                              keyword: "type",
                              params: { type: "string" },
                              message: "must be string",
                            },
                          ];
                          return false;
                        }
                        var valid1 = _errs10 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate57.errors = [
                        {
                          instancePath: instancePath + "/plugins",
                          schemaPath: "#/properties/plugins/type",
                          keyword: "type",
                          params: { type: "array" },
                          message: "must be array",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.hosts !== undefined) {
                    let data6 = data.hosts;
                    const _errs12 = errors;
                    if (errors === _errs12) {
                      if (Array.isArray(data6)) {
                        var valid2 = true;
                        const len1 = data6.length;
                        for (let i1 = 0; i1 < len1; i1++) {
                          const _errs14 = errors;
                          if (typeof data6[i1] !== "string") {
                            validate57.errors = [
                              {
                                instancePath: instancePath + "/hosts/" + i1,
                                schemaPath: "#/properties/hosts/items/type",
                                keyword: "type",
                                params: { type: "string" },
                                message: "must be string",
                              },
                            ];
                            return false;
                          }
                          var valid2 = _errs14 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate57.errors = [
                          {
                            instancePath: instancePath + "/hosts",
                            schemaPath: "#/properties/hosts/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid0 = _errs12 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.findings !== undefined) {
                      let data8 = data.findings;
                      const _errs16 = errors;
                      if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
                        validate57.errors = [
                          {
                            instancePath: instancePath + "/findings",
                            schemaPath: "#/properties/findings/type",
                            keyword: "type",
                            params: { type: "integer" },
                            message: "must be integer",
                          },
                        ];
                        return false;
                      }
                      if (errors === _errs16) {
                        if (typeof data8 == "number" && isFinite(data8)) {
                          if (data8 < 0 || isNaN(data8)) {
                            validate57.errors = [
                              {
                                instancePath: instancePath + "/findings",
                                schemaPath: "#/properties/findings/minimum",
                                keyword: "minimum",
                                params: { comparison: ">=", limit: 0 },
                                message: "must be >= 0",
                              },
                            ];
                            return false;
                          }
                        }
                      }
                      var valid0 = _errs16 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.fix !== undefined) {
                        let data9 = data.fix;
                        const _errs18 = errors;
                        if (errors === _errs18) {
                          if (Array.isArray(data9)) {
                            var valid3 = true;
                            const len2 = data9.length;
                            for (let i2 = 0; i2 < len2; i2++) {
                              const _errs20 = errors;
                              if (
                                !validate38(data9[i2], {
                                  instancePath: instancePath + "/fix/" + i2,
                                  parentData: data9,
                                  parentDataProperty: i2,
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors =
                                  vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
                                errors = vErrors.length;
                              }
                              var valid3 = _errs20 === errors;
                              if (!valid3) {
                                break;
                              }
                            }
                          } else {
                            validate57.errors = [
                              {
                                instancePath: instancePath + "/fix",
                                schemaPath: "#/properties/fix/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid0 = _errs18 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate57.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate57.errors = vErrors;
  return errors === 0;
}
validate57.evaluated = {
  props: {
    id: true,
    rule: true,
    severity: true,
    message: true,
    plugins: true,
    hosts: true,
    findings: true,
    fix: true,
  },
  dynamicProps: false,
  dynamicItems: false,
};
const schema22 = {
  type: "object",
  description:
    "The configuration file, and what it or an environment variable lowers. What a flag lowers is left out.",
  required: ["file", "foundBy", "lowered"],
  properties: {
    file: {
      description: "Path of the configuration file, relative to the working folder; null if there is none.",
      type: ["string", "null"],
    },
    foundBy: {
      description:
        "flag: --config; environment: PLUGINS_CONFIG; search: it is in the working folder or above it; null without a file.",
      enum: ["flag", "environment", "search", null],
    },
    lowered: {
      description: "What is off, or laxer than it would be otherwise.",
      type: "array",
      items: {
        type: "object",
        required: ["setting", "value", "instead", "origin"],
        properties: {
          setting: { description: "Its name in config.schema.json.", type: "string" },
          rule: { description: "Only of severities: the rule.", type: "string" },
          value: {},
          instead: {
            description:
              "What would hold otherwise: the default, or what the file says if a variable overrides it; null if nothing.",
          },
          origin: { $ref: "#/$defs/origin" },
        },
      },
    },
  },
};
const schema23 = {
  type: "object",
  required: ["kind"],
  properties: {
    kind: { enum: ["flag", "environment", "file", "default"] },
    name: { description: "Name of the flag, the argument or the variable.", type: "string" },
    path: { type: "string" },
    line: { type: "integer", minimum: 1 },
  },
};
function validate61(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate61.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === undefined && (missing0 = "kind")) {
        validate61.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.kind !== undefined) {
          let data0 = data.kind;
          const _errs1 = errors;
          if (!(data0 === "flag" || data0 === "environment" || data0 === "file" || data0 === "default")) {
            validate61.errors = [
              {
                instancePath: instancePath + "/kind",
                schemaPath: "#/properties/kind/enum",
                keyword: "enum",
                params: { allowedValues: schema23.properties.kind.enum },
                message: "must be equal to one of the allowed values",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.name !== undefined) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate61.errors = [
                {
                  instancePath: instancePath + "/name",
                  schemaPath: "#/properties/name/type",
                  keyword: "type",
                  params: { type: "string" },
                  message: "must be string",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.path !== undefined) {
              const _errs4 = errors;
              if (typeof data.path !== "string") {
                validate61.errors = [
                  {
                    instancePath: instancePath + "/path",
                    schemaPath: "#/properties/path/type",
                    keyword: "type",
                    params: { type: "string" },
                    message: "must be string",
                  },
                ];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.line !== undefined) {
                let data3 = data.line;
                const _errs6 = errors;
                if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
                  validate61.errors = [
                    {
                      instancePath: instancePath + "/line",
                      schemaPath: "#/properties/line/type",
                      keyword: "type",
                      params: { type: "integer" },
                      message: "must be integer",
                    },
                  ];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data3 == "number" && isFinite(data3)) {
                    if (data3 < 1 || isNaN(data3)) {
                      validate61.errors = [
                        {
                          instancePath: instancePath + "/line",
                          schemaPath: "#/properties/line/minimum",
                          keyword: "minimum",
                          params: { comparison: ">=", limit: 1 },
                          message: "must be >= 1",
                        },
                      ];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate61.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
validate61.evaluated = {
  props: { kind: true, name: true, path: true, line: true },
  dynamicProps: false,
  dynamicItems: false,
};
function validate60(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate60.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (
        (data.file === undefined && (missing0 = "file")) ||
        (data.foundBy === undefined && (missing0 = "foundBy")) ||
        (data.lowered === undefined && (missing0 = "lowered"))
      ) {
        validate60.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing0 },
            message: "must have required property '" + missing0 + "'",
          },
        ];
        return false;
      } else {
        if (data.file !== undefined) {
          let data0 = data.file;
          const _errs1 = errors;
          if (typeof data0 !== "string" && data0 !== null) {
            validate60.errors = [
              {
                instancePath: instancePath + "/file",
                schemaPath: "#/properties/file/type",
                keyword: "type",
                params: { type: schema22.properties.file.type },
                message: "must be string,null",
              },
            ];
            return false;
          }
          var valid0 = _errs1 === errors;
        } else {
          var valid0 = true;
        }
        if (valid0) {
          if (data.foundBy !== undefined) {
            let data1 = data.foundBy;
            const _errs3 = errors;
            if (!(data1 === "flag" || data1 === "environment" || data1 === "search" || data1 === null)) {
              validate60.errors = [
                {
                  instancePath: instancePath + "/foundBy",
                  schemaPath: "#/properties/foundBy/enum",
                  keyword: "enum",
                  params: { allowedValues: schema22.properties.foundBy.enum },
                  message: "must be equal to one of the allowed values",
                },
              ];
              return false;
            }
            var valid0 = _errs3 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.lowered !== undefined) {
              let data2 = data.lowered;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data2)) {
                  var valid1 = true;
                  const len0 = data2.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data3 = data2[i0];
                    const _errs6 = errors;
                    if (errors === _errs6) {
                      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                        let missing1;
                        if (
                          (data3.setting === undefined && (missing1 = "setting")) ||
                          (data3.value === undefined && (missing1 = "value")) ||
                          (data3.instead === undefined && (missing1 = "instead")) ||
                          (data3.origin === undefined && (missing1 = "origin"))
                        ) {
                          validate60.errors = [
                            {
                              instancePath: instancePath + "/lowered/" + i0,
                              schemaPath: "#/properties/lowered/items/required",
                              keyword: "required",
                              params: { missingProperty: missing1 },
                              message: "must have required property '" + missing1 + "'",
                            },
                          ];
                          return false;
                        } else {
                          if (data3.setting !== undefined) {
                            const _errs8 = errors;
                            if (typeof data3.setting !== "string") {
                              validate60.errors = [
                                {
                                  instancePath: instancePath + "/lowered/" + i0 + "/setting",
                                  schemaPath: "#/properties/lowered/items/properties/setting/type",
                                  keyword: "type",
                                  params: { type: "string" },
                                  message: "must be string",
                                },
                              ];
                              return false;
                            }
                            var valid2 = _errs8 === errors;
                          } else {
                            var valid2 = true;
                          }
                          if (valid2) {
                            if (data3.rule !== undefined) {
                              const _errs10 = errors;
                              if (typeof data3.rule !== "string") {
                                validate60.errors = [
                                  {
                                    instancePath: instancePath + "/lowered/" + i0 + "/rule",
                                    schemaPath: "#/properties/lowered/items/properties/rule/type",
                                    keyword: "type",
                                    params: { type: "string" },
                                    message: "must be string",
                                  },
                                ];
                                return false;
                              }
                              var valid2 = _errs10 === errors;
                            } else {
                              var valid2 = true;
                            }
                            if (valid2) {
                              if (data3.origin !== undefined) {
                                const _errs12 = errors;
                                if (
                                  !validate61(data3.origin, {
                                    instancePath: instancePath + "/lowered/" + i0 + "/origin",
                                    parentData: data3,
                                    parentDataProperty: "origin",
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors =
                                    vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                                  errors = vErrors.length;
                                }
                                var valid2 = _errs12 === errors;
                              } else {
                                var valid2 = true;
                              }
                            }
                          }
                        }
                      } else {
                        validate60.errors = [
                          {
                            instancePath: instancePath + "/lowered/" + i0,
                            schemaPath: "#/properties/lowered/items/type",
                            keyword: "type",
                            params: { type: "object" },
                            message: "must be object",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate60.errors = [
                    {
                      instancePath: instancePath + "/lowered",
                      schemaPath: "#/properties/lowered/type",
                      keyword: "type",
                      params: { type: "array" },
                      message: "must be array",
                    },
                  ];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate60.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate60.errors = vErrors;
  return errors === 0;
}
validate60.evaluated = {
  props: { file: true, foundBy: true, lowered: true },
  dynamicProps: false,
  dynamicItems: false,
};
function validate96(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate96.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.command !== undefined) {
      if ("list" !== data.command) {
        const err0 = {};
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs4 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.host !== undefined) {
        const _errs5 = errors;
        if (data.host !== null) {
          validate96.errors = [
            {
              instancePath: instancePath + "/host",
              schemaPath: "#/then/properties/host/type",
              keyword: "type",
              params: { type: "null" },
              message: "must be null",
            },
          ];
          return false;
        }
        var valid2 = _errs5 === errors;
      } else {
        var valid2 = true;
      }
      if (valid2) {
        if (data.exitCode !== undefined) {
          const _errs7 = errors;
          if (0 !== data.exitCode) {
            validate96.errors = [
              {
                instancePath: instancePath + "/exitCode",
                schemaPath: "#/then/properties/exitCode/const",
                keyword: "const",
                params: { allowedValue: 0 },
                message: "must be equal to constant",
              },
            ];
            return false;
          }
          var valid2 = _errs7 === errors;
        } else {
          var valid2 = true;
        }
        if (valid2) {
          if (data.plugins !== undefined) {
            let data3 = data.plugins;
            const _errs8 = errors;
            if (errors === _errs8) {
              if (Array.isArray(data3)) {
                var valid3 = true;
                const len0 = data3.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  let data4 = data3[i0];
                  const _errs10 = errors;
                  if (errors === _errs10) {
                    if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
                      if (data4.verdict !== undefined) {
                        var valid4 = false;
                        validate96.errors = [
                          {
                            instancePath: instancePath + "/plugins/" + i0 + "/verdict",
                            schemaPath: "#/then/properties/plugins/items/properties/verdict/false schema",
                            keyword: "false schema",
                            params: {},
                            message: "boolean schema is false",
                          },
                        ];
                        return false;
                      } else {
                        var valid4 = true;
                      }
                      if (valid4) {
                        if (data4.unknowns !== undefined) {
                          var valid4 = false;
                          validate96.errors = [
                            {
                              instancePath: instancePath + "/plugins/" + i0 + "/unknowns",
                              schemaPath: "#/then/properties/plugins/items/properties/unknowns/false schema",
                              keyword: "false schema",
                              params: {},
                              message: "boolean schema is false",
                            },
                          ];
                          return false;
                        } else {
                          var valid4 = true;
                        }
                        if (valid4) {
                          if (data4.loader !== undefined) {
                            var valid4 = false;
                            validate96.errors = [
                              {
                                instancePath: instancePath + "/plugins/" + i0 + "/loader",
                                schemaPath: "#/then/properties/plugins/items/properties/loader/false schema",
                                keyword: "false schema",
                                params: {},
                                message: "boolean schema is false",
                              },
                            ];
                            return false;
                          } else {
                            var valid4 = true;
                          }
                          if (valid4) {
                            if (data4.checks !== undefined) {
                              var valid4 = false;
                              validate96.errors = [
                                {
                                  instancePath: instancePath + "/plugins/" + i0 + "/checks",
                                  schemaPath:
                                    "#/then/properties/plugins/items/properties/checks/false schema",
                                  keyword: "false schema",
                                  params: {},
                                  message: "boolean schema is false",
                                },
                              ];
                              return false;
                            } else {
                              var valid4 = true;
                            }
                          }
                        }
                      }
                    } else {
                      validate96.errors = [
                        {
                          instancePath: instancePath + "/plugins/" + i0,
                          schemaPath: "#/then/properties/plugins/items/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid3 = _errs10 === errors;
                  if (!valid3) {
                    break;
                  }
                }
              } else {
                validate96.errors = [
                  {
                    instancePath: instancePath + "/plugins",
                    schemaPath: "#/then/properties/plugins/type",
                    keyword: "type",
                    params: { type: "array" },
                    message: "must be array",
                  },
                ];
                return false;
              }
            }
            var valid2 = _errs8 === errors;
          } else {
            var valid2 = true;
          }
        }
      }
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
    if (valid0) {
      var props0 = {};
      props0.host = true;
      props0.exitCode = true;
      props0.plugins = true;
      props0.command = true;
    }
    ifClause0 = "then";
  } else {
    const _errs12 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.host !== undefined) {
        let data9 = data.host;
        const _errs13 = errors;
        if (!(data9 && typeof data9 == "object" && !Array.isArray(data9))) {
          validate96.errors = [
            {
              instancePath: instancePath + "/host",
              schemaPath: "#/else/properties/host/type",
              keyword: "type",
              params: { type: "object" },
              message: "must be object",
            },
          ];
          return false;
        }
        var valid5 = _errs13 === errors;
      } else {
        var valid5 = true;
      }
      if (valid5) {
        if (data.plugins !== undefined) {
          let data10 = data.plugins;
          const _errs15 = errors;
          if (errors === _errs15) {
            if (Array.isArray(data10)) {
              var valid6 = true;
              const len1 = data10.length;
              for (let i1 = 0; i1 < len1; i1++) {
                let data11 = data10[i1];
                const _errs17 = errors;
                if (errors === _errs17) {
                  if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
                    let missing0;
                    if (
                      (data11.verdict === undefined && (missing0 = "verdict")) ||
                      (data11.unknowns === undefined && (missing0 = "unknowns")) ||
                      (data11.checks === undefined && (missing0 = "checks"))
                    ) {
                      validate96.errors = [
                        {
                          instancePath: instancePath + "/plugins/" + i1,
                          schemaPath: "#/else/properties/plugins/items/required",
                          keyword: "required",
                          params: { missingProperty: missing0 },
                          message: "must have required property '" + missing0 + "'",
                        },
                      ];
                      return false;
                    }
                  } else {
                    validate96.errors = [
                      {
                        instancePath: instancePath + "/plugins/" + i1,
                        schemaPath: "#/else/properties/plugins/items/type",
                        keyword: "type",
                        params: { type: "object" },
                        message: "must be object",
                      },
                    ];
                    return false;
                  }
                }
                var valid6 = _errs17 === errors;
                if (!valid6) {
                  break;
                }
              }
            } else {
              validate96.errors = [
                {
                  instancePath: instancePath + "/plugins",
                  schemaPath: "#/else/properties/plugins/type",
                  keyword: "type",
                  params: { type: "array" },
                  message: "must be array",
                },
              ];
              return false;
            }
          }
          var valid5 = _errs15 === errors;
        } else {
          var valid5 = true;
        }
      }
    }
    var _valid0 = _errs12 === errors;
    valid0 = _valid0;
    if (valid0) {
      if (props0 !== true) {
        props0 = props0 || {};
        props0.host = true;
        props0.plugins = true;
      }
    }
    ifClause0 = "else";
  }
  if (!valid0) {
    const err1 = {
      instancePath,
      schemaPath: "#/if",
      keyword: "if",
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
    validate96.errors = vErrors;
    return false;
  }
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing1;
      if (
        (data.$schema === undefined && (missing1 = "$schema")) ||
        (data.schemaVersion === undefined && (missing1 = "schemaVersion")) ||
        (data.tool === undefined && (missing1 = "tool")) ||
        (data.command === undefined && (missing1 = "command")) ||
        (data.host === undefined && (missing1 = "host")) ||
        (data.plugins === undefined && (missing1 = "plugins")) ||
        (data.findings === undefined && (missing1 = "findings")) ||
        (data.summary === undefined && (missing1 = "summary")) ||
        (data.exitCode === undefined && (missing1 = "exitCode")) ||
        (data.causes === undefined && (missing1 = "causes")) ||
        (data.warnings === undefined && (missing1 = "warnings")) ||
        (data.failure === undefined && (missing1 = "failure")) ||
        (data.configuration === undefined && (missing1 = "configuration"))
      ) {
        validate96.errors = [
          {
            instancePath,
            schemaPath: "#/required",
            keyword: "required",
            params: { missingProperty: missing1 },
            message: "must have required property '" + missing1 + "'",
          },
        ];
        return false;
      } else {
        if (props0 !== true) {
          props0 = props0 || {};
          props0.$schema = true;
          props0.schemaVersion = true;
          props0.tool = true;
          props0.command = true;
          props0.host = true;
          props0.hosts = true;
          props0.plugins = true;
          props0.findings = true;
          props0.summary = true;
          props0.exitCode = true;
          props0.shard = true;
          props0.error = true;
          props0.causes = true;
          props0.warnings = true;
          props0.failure = true;
          props0.configuration = true;
        }
        if (data.$schema !== undefined) {
          const _errs19 = errors;
          if ("urn:otelcol-plugins:report:1" !== data.$schema) {
            validate96.errors = [
              {
                instancePath: instancePath + "/$schema",
                schemaPath: "#/properties/%24schema/const",
                keyword: "const",
                params: { allowedValue: "urn:otelcol-plugins:report:1" },
                message: "must be equal to constant",
              },
            ];
            return false;
          }
          var valid7 = _errs19 === errors;
        } else {
          var valid7 = true;
        }
        if (valid7) {
          if (data.schemaVersion !== undefined) {
            const _errs20 = errors;
            if (
              !validate3(data.schemaVersion, {
                instancePath: instancePath + "/schemaVersion",
                parentData: data,
                parentDataProperty: "schemaVersion",
                rootData,
                dynamicAnchors,
              })
            ) {
              vErrors = vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
              errors = vErrors.length;
            }
            var valid7 = _errs20 === errors;
          } else {
            var valid7 = true;
          }
          if (valid7) {
            if (data.tool !== undefined) {
              const _errs21 = errors;
              if (
                !validate5(data.tool, {
                  instancePath: instancePath + "/tool",
                  parentData: data,
                  parentDataProperty: "tool",
                  rootData,
                  dynamicAnchors,
                })
              ) {
                vErrors = vErrors === null ? validate5.errors : vErrors.concat(validate5.errors);
                errors = vErrors.length;
              }
              var valid7 = _errs21 === errors;
            } else {
              var valid7 = true;
            }
            if (valid7) {
              if (data.command !== undefined) {
                let data15 = data.command;
                const _errs22 = errors;
                if (!(
                  data15 === "list" ||
                  data15 === "validate" ||
                  data15 === "check-all" ||
                  data15 === "lock" ||
                  data15 === "manifest"
                )) {
                  validate96.errors = [
                    {
                      instancePath: instancePath + "/command",
                      schemaPath: "#/properties/command/enum",
                      keyword: "enum",
                      params: { allowedValues: schema2.properties.command.enum },
                      message: "must be equal to one of the allowed values",
                    },
                  ];
                  return false;
                }
                var valid7 = _errs22 === errors;
              } else {
                var valid7 = true;
              }
              if (valid7) {
                if (data.host !== undefined) {
                  let data16 = data.host;
                  const _errs23 = errors;
                  const _errs24 = errors;
                  let valid8 = false;
                  let passing0 = null;
                  const _errs25 = errors;
                  if (
                    !validate7(data16, {
                      instancePath: instancePath + "/host",
                      parentData: data,
                      parentDataProperty: "host",
                      rootData,
                      dynamicAnchors,
                    })
                  ) {
                    vErrors = vErrors === null ? validate7.errors : vErrors.concat(validate7.errors);
                    errors = vErrors.length;
                  }
                  var _valid1 = _errs25 === errors;
                  if (_valid1) {
                    valid8 = true;
                    passing0 = 0;
                    var props1 = {};
                    props1.path = true;
                    props1.format = true;
                    props1.arch = true;
                    props1.size = true;
                    props1.slices = true;
                    props1.unreadable = true;
                    props1.manifests = true;
                    props1.evidence = true;
                    props1.sha256 = true;
                  }
                  const _errs26 = errors;
                  if (data16 !== null) {
                    const err2 = {
                      instancePath: instancePath + "/host",
                      schemaPath: "#/properties/host/oneOf/1/type",
                      keyword: "type",
                      params: { type: "null" },
                      message: "must be null",
                    };
                    if (vErrors === null) {
                      vErrors = [err2];
                    } else {
                      vErrors.push(err2);
                    }
                    errors++;
                  }
                  var _valid1 = _errs26 === errors;
                  if (_valid1 && valid8) {
                    valid8 = false;
                    passing0 = [passing0, 1];
                  } else {
                    if (_valid1) {
                      valid8 = true;
                      passing0 = 1;
                    }
                  }
                  if (!valid8) {
                    const err3 = {
                      instancePath: instancePath + "/host",
                      schemaPath: "#/properties/host/oneOf",
                      keyword: "oneOf",
                      params: { passingSchemas: passing0 },
                      message: "must match exactly one schema in oneOf",
                    };
                    if (vErrors === null) {
                      vErrors = [err3];
                    } else {
                      vErrors.push(err3);
                    }
                    errors++;
                    validate96.errors = vErrors;
                    return false;
                  } else {
                    errors = _errs24;
                    if (vErrors !== null) {
                      if (_errs24) {
                        vErrors.length = _errs24;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                  var valid7 = _errs23 === errors;
                } else {
                  var valid7 = true;
                }
                if (valid7) {
                  if (data.hosts !== undefined) {
                    let data17 = data.hosts;
                    const _errs28 = errors;
                    if (errors === _errs28) {
                      if (Array.isArray(data17)) {
                        if (data17.length < 2) {
                          validate96.errors = [
                            {
                              instancePath: instancePath + "/hosts",
                              schemaPath: "#/properties/hosts/minItems",
                              keyword: "minItems",
                              params: { limit: 2 },
                              message: "must NOT have fewer than 2 items",
                            },
                          ];
                          return false;
                        } else {
                          var valid9 = true;
                          const len2 = data17.length;
                          for (let i2 = 0; i2 < len2; i2++) {
                            const _errs30 = errors;
                            if (
                              !validate7(data17[i2], {
                                instancePath: instancePath + "/hosts/" + i2,
                                parentData: data17,
                                parentDataProperty: i2,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate7.errors : vErrors.concat(validate7.errors);
                              errors = vErrors.length;
                            }
                            var valid9 = _errs30 === errors;
                            if (!valid9) {
                              break;
                            }
                          }
                        }
                      } else {
                        validate96.errors = [
                          {
                            instancePath: instancePath + "/hosts",
                            schemaPath: "#/properties/hosts/type",
                            keyword: "type",
                            params: { type: "array" },
                            message: "must be array",
                          },
                        ];
                        return false;
                      }
                    }
                    var valid7 = _errs28 === errors;
                  } else {
                    var valid7 = true;
                  }
                  if (valid7) {
                    if (data.plugins !== undefined) {
                      let data19 = data.plugins;
                      const _errs31 = errors;
                      if (errors === _errs31) {
                        if (Array.isArray(data19)) {
                          var valid10 = true;
                          const len3 = data19.length;
                          for (let i3 = 0; i3 < len3; i3++) {
                            const _errs33 = errors;
                            if (
                              !validate20(data19[i3], {
                                instancePath: instancePath + "/plugins/" + i3,
                                parentData: data19,
                                parentDataProperty: i3,
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
                              errors = vErrors.length;
                            }
                            var valid10 = _errs33 === errors;
                            if (!valid10) {
                              break;
                            }
                          }
                        } else {
                          validate96.errors = [
                            {
                              instancePath: instancePath + "/plugins",
                              schemaPath: "#/properties/plugins/type",
                              keyword: "type",
                              params: { type: "array" },
                              message: "must be array",
                            },
                          ];
                          return false;
                        }
                      }
                      var valid7 = _errs31 === errors;
                    } else {
                      var valid7 = true;
                    }
                    if (valid7) {
                      if (data.findings !== undefined) {
                        let data21 = data.findings;
                        const _errs34 = errors;
                        if (errors === _errs34) {
                          if (Array.isArray(data21)) {
                            var valid11 = true;
                            const len4 = data21.length;
                            for (let i4 = 0; i4 < len4; i4++) {
                              const _errs36 = errors;
                              if (
                                !validate33(data21[i4], {
                                  instancePath: instancePath + "/findings/" + i4,
                                  parentData: data21,
                                  parentDataProperty: i4,
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors =
                                  vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
                                errors = vErrors.length;
                              }
                              var valid11 = _errs36 === errors;
                              if (!valid11) {
                                break;
                              }
                            }
                          } else {
                            validate96.errors = [
                              {
                                instancePath: instancePath + "/findings",
                                schemaPath: "#/properties/findings/type",
                                keyword: "type",
                                params: { type: "array" },
                                message: "must be array",
                              },
                            ];
                            return false;
                          }
                        }
                        var valid7 = _errs34 === errors;
                      } else {
                        var valid7 = true;
                      }
                      if (valid7) {
                        if (data.summary !== undefined) {
                          const _errs37 = errors;
                          if (
                            !validate45(data.summary, {
                              instancePath: instancePath + "/summary",
                              parentData: data,
                              parentDataProperty: "summary",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors =
                              vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
                            errors = vErrors.length;
                          }
                          var valid7 = _errs37 === errors;
                        } else {
                          var valid7 = true;
                        }
                        if (valid7) {
                          if (data.exitCode !== undefined) {
                            let data24 = data.exitCode;
                            const _errs38 = errors;
                            if (!(data24 === 0 || data24 === 1)) {
                              validate96.errors = [
                                {
                                  instancePath: instancePath + "/exitCode",
                                  schemaPath: "#/properties/exitCode/enum",
                                  keyword: "enum",
                                  params: { allowedValues: schema2.properties.exitCode.enum },
                                  message: "must be equal to one of the allowed values",
                                },
                              ];
                              return false;
                            }
                            var valid7 = _errs38 === errors;
                          } else {
                            var valid7 = true;
                          }
                          if (valid7) {
                            if (data.shard !== undefined) {
                              const _errs39 = errors;
                              if (
                                !validate47(data.shard, {
                                  instancePath: instancePath + "/shard",
                                  parentData: data,
                                  parentDataProperty: "shard",
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors =
                                  vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
                                errors = vErrors.length;
                              }
                              var valid7 = _errs39 === errors;
                            } else {
                              var valid7 = true;
                            }
                            if (valid7) {
                              if (data.error !== undefined) {
                                var valid7 = false;
                                validate96.errors = [
                                  {
                                    instancePath: instancePath + "/error",
                                    schemaPath: "#/properties/error/false schema",
                                    keyword: "false schema",
                                    params: {},
                                    message: "boolean schema is false",
                                  },
                                ];
                                return false;
                              } else {
                                var valid7 = true;
                              }
                              if (valid7) {
                                if (data.causes !== undefined) {
                                  let data27 = data.causes;
                                  const _errs40 = errors;
                                  if (errors === _errs40) {
                                    if (Array.isArray(data27)) {
                                      var valid12 = true;
                                      const len5 = data27.length;
                                      for (let i5 = 0; i5 < len5; i5++) {
                                        const _errs42 = errors;
                                        if (
                                          !validate57(data27[i5], {
                                            instancePath: instancePath + "/causes/" + i5,
                                            parentData: data27,
                                            parentDataProperty: i5,
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate57.errors
                                              : vErrors.concat(validate57.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid12 = _errs42 === errors;
                                        if (!valid12) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate96.errors = [
                                        {
                                          instancePath: instancePath + "/causes",
                                          schemaPath: "#/properties/causes/type",
                                          keyword: "type",
                                          params: { type: "array" },
                                          message: "must be array",
                                        },
                                      ];
                                      return false;
                                    }
                                  }
                                  var valid7 = _errs40 === errors;
                                } else {
                                  var valid7 = true;
                                }
                                if (valid7) {
                                  if (data.warnings !== undefined) {
                                    let data29 = data.warnings;
                                    const _errs43 = errors;
                                    if (errors === _errs43) {
                                      if (Array.isArray(data29)) {
                                        var valid13 = true;
                                        const len6 = data29.length;
                                        for (let i6 = 0; i6 < len6; i6++) {
                                          const _errs45 = errors;
                                          if (typeof data29[i6] !== "string") {
                                            validate96.errors = [
                                              {
                                                instancePath: instancePath + "/warnings/" + i6,
                                                schemaPath: "#/properties/warnings/items/type",
                                                keyword: "type",
                                                params: { type: "string" },
                                                message: "must be string",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid13 = _errs45 === errors;
                                          if (!valid13) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate96.errors = [
                                          {
                                            instancePath: instancePath + "/warnings",
                                            schemaPath: "#/properties/warnings/type",
                                            keyword: "type",
                                            params: { type: "array" },
                                            message: "must be array",
                                          },
                                        ];
                                        return false;
                                      }
                                    }
                                    var valid7 = _errs43 === errors;
                                  } else {
                                    var valid7 = true;
                                  }
                                  if (valid7) {
                                    if (data.failure !== undefined) {
                                      let data31 = data.failure;
                                      const _errs47 = errors;
                                      if (typeof data31 !== "string" && data31 !== null) {
                                        validate96.errors = [
                                          {
                                            instancePath: instancePath + "/failure",
                                            schemaPath: "#/properties/failure/type",
                                            keyword: "type",
                                            params: { type: schema2.properties.failure.type },
                                            message: "must be string,null",
                                          },
                                        ];
                                        return false;
                                      }
                                      var valid7 = _errs47 === errors;
                                    } else {
                                      var valid7 = true;
                                    }
                                    if (valid7) {
                                      if (data.configuration !== undefined) {
                                        let data32 = data.configuration;
                                        const _errs49 = errors;
                                        const _errs50 = errors;
                                        let valid14 = false;
                                        let passing1 = null;
                                        const _errs51 = errors;
                                        if (
                                          !validate60(data32, {
                                            instancePath: instancePath + "/configuration",
                                            parentData: data,
                                            parentDataProperty: "configuration",
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate60.errors
                                              : vErrors.concat(validate60.errors);
                                          errors = vErrors.length;
                                        }
                                        var _valid2 = _errs51 === errors;
                                        if (_valid2) {
                                          valid14 = true;
                                          passing1 = 0;
                                          var props2 = {};
                                          props2.file = true;
                                          props2.foundBy = true;
                                          props2.lowered = true;
                                        }
                                        const _errs52 = errors;
                                        if (data32 !== null) {
                                          const err4 = {
                                            instancePath: instancePath + "/configuration",
                                            schemaPath: "#/properties/configuration/oneOf/1/type",
                                            keyword: "type",
                                            params: { type: "null" },
                                            message: "must be null",
                                          };
                                          if (vErrors === null) {
                                            vErrors = [err4];
                                          } else {
                                            vErrors.push(err4);
                                          }
                                          errors++;
                                        }
                                        var _valid2 = _errs52 === errors;
                                        if (_valid2 && valid14) {
                                          valid14 = false;
                                          passing1 = [passing1, 1];
                                        } else {
                                          if (_valid2) {
                                            valid14 = true;
                                            passing1 = 1;
                                          }
                                        }
                                        if (!valid14) {
                                          const err5 = {
                                            instancePath: instancePath + "/configuration",
                                            schemaPath: "#/properties/configuration/oneOf",
                                            keyword: "oneOf",
                                            params: { passingSchemas: passing1 },
                                            message: "must match exactly one schema in oneOf",
                                          };
                                          if (vErrors === null) {
                                            vErrors = [err5];
                                          } else {
                                            vErrors.push(err5);
                                          }
                                          errors++;
                                          validate96.errors = vErrors;
                                          return false;
                                        } else {
                                          errors = _errs50;
                                          if (vErrors !== null) {
                                            if (_errs50) {
                                              vErrors.length = _errs50;
                                            } else {
                                              vErrors = null;
                                            }
                                          }
                                        }
                                        var valid7 = _errs49 === errors;
                                      } else {
                                        var valid7 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate96.errors = [
        {
          instancePath,
          schemaPath: "#/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        },
      ];
      return false;
    }
  }
  validate96.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate96.evaluated = { dynamicProps: true, dynamicItems: false };
function validate0(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="whole" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate0.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (!validate96(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors })) {
    vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
    errors = vErrors.length;
  } else {
    var props0 = validate96.evaluated.props;
  }
  validate0.errors = vErrors;
  evaluated0.props = props0;
  return errors === 0;
}
validate0.evaluated = { dynamicProps: true, dynamicItems: false };
