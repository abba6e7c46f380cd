// Made from schemas/lock.schema.json by `npm run generate`; edit that file instead of this one.
/* eslint-disable */
// @ts-nocheck -- ajv's code has no types

export const validateLock = validate0;
const schema0 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:otelcol-plugins:lock:1",
  title: "Lock",
  description:
    "What `plugins lock` writes: a set of plugins and its host as they passed the gate. It has no times and no absolute paths, so the same set always gets the same lock.",
  type: "object",
  required: ["schemaVersion", "tool", "policy", "host", "plugins"],
  additionalProperties: false,
  properties: {
    schemaVersion: { description: "Version of this schema.", const: 1 },
    tool: {
      description: "What wrote it; informational.",
      type: "object",
      required: ["name", "version"],
      properties: { name: { type: "string" }, version: { type: "string" } },
    },
    policy: {
      description:
        "The settings that decide the result, beside the content of the files. docs/configuration.md marks them.",
      type: "object",
      required: ["sha256"],
      additionalProperties: false,
      properties: { sha256: { $ref: "#/$defs/sha256" } },
    },
    host: {
      description: "The host binary, or the manifest file in place of it.",
      type: "object",
      required: ["path", "sha256", "size"],
      additionalProperties: false,
      properties: {
        path: { $ref: "#/$defs/path" },
        sha256: { $ref: "#/$defs/sha256" },
        size: { $ref: "#/$defs/size" },
      },
    },
    plugins: {
      description: "Sorted by path; each path once.",
      type: "array",
      items: {
        type: "object",
        required: ["path", "sha256", "size", "verdict"],
        additionalProperties: false,
        properties: {
          path: { $ref: "#/$defs/path" },
          sha256: { $ref: "#/$defs/sha256" },
          size: { $ref: "#/$defs/size" },
          verdict: {
            description: "The verdict when the set was locked.",
            enum: ["compatible", "incompatible", "unknown", "unreadable"],
          },
        },
      },
    },
  },
  $defs: {
    path: { description: "Relative to the lock's folder, with slashes.", type: "string", minLength: 1 },
    sha256: { description: "In lower-case hex.", type: "string", pattern: "^[0-9a-f]{64}$" },
    size: { description: "In bytes.", type: "integer", minimum: 0 },
  },
};
const schema1 = { description: "In lower-case hex.", type: "string", pattern: "^[0-9a-f]{64}$" };
const pattern0 = new RegExp("^[0-9a-f]{64}$", "u");
function validate1(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate1.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (errors === 0) {
    if (typeof data === "string") {
      if (!pattern0.test(data)) {
        validate1.errors = [
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
      validate1.errors = [
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
  validate1.errors = vErrors;
  return errors === 0;
}
validate1.evaluated = { dynamicProps: false, dynamicItems: false };
const schema2 = { description: "Relative to the lock's folder, with slashes.", type: "string", minLength: 1 };
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
  if (errors === 0) {
    if (typeof data === "string") {
      if (data.length < 1) {
        validate3.errors = [
          {
            instancePath,
            schemaPath: "#/minLength",
            keyword: "minLength",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 characters",
          },
        ];
        return false;
      }
    } else {
      validate3.errors = [
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
  validate3.errors = vErrors;
  return errors === 0;
}
validate3.evaluated = { dynamicProps: false, dynamicItems: false };
const schema3 = { description: "In bytes.", type: "integer", minimum: 0 };
function validate6(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate6.evaluated;
  if (evaluated0.dynamicProps) {
    evaluated0.props = undefined;
  }
  if (evaluated0.dynamicItems) {
    evaluated0.items = undefined;
  }
  if (!(typeof data == "number" && !(data % 1) && !isNaN(data) && isFinite(data))) {
    validate6.errors = [
      {
        instancePath,
        schemaPath: "#/type",
        keyword: "type",
        params: { type: "integer" },
        message: "must be integer",
      },
    ];
    return false;
  }
  if (errors === 0) {
    if (typeof data == "number" && isFinite(data)) {
      if (data < 0 || isNaN(data)) {
        validate6.errors = [
          {
            instancePath,
            schemaPath: "#/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          },
        ];
        return false;
      }
    }
  }
  validate6.errors = vErrors;
  return errors === 0;
}
validate6.evaluated = { dynamicProps: false, dynamicItems: false };
function validate0(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  /*# sourceURL="urn:otelcol-plugins:lock:1" */ let vErrors = null;
  let errors = 0;
  const evaluated0 = validate0.evaluated;
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
        (data.schemaVersion === undefined && (missing0 = "schemaVersion")) ||
        (data.tool === undefined && (missing0 = "tool")) ||
        (data.policy === undefined && (missing0 = "policy")) ||
        (data.host === undefined && (missing0 = "host")) ||
        (data.plugins === undefined && (missing0 = "plugins"))
      ) {
        validate0.errors = [
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
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(
            key0 === "schemaVersion" ||
            key0 === "tool" ||
            key0 === "policy" ||
            key0 === "host" ||
            key0 === "plugins"
          )) {
            validate0.errors = [
              {
                instancePath,
                schemaPath: "#/additionalProperties",
                keyword: "additionalProperties",
                params: { additionalProperty: key0 },
                message: "must NOT have additional properties",
              },
            ];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.schemaVersion !== undefined) {
            const _errs2 = errors;
            if (1 !== data.schemaVersion) {
              validate0.errors = [
                {
                  instancePath: instancePath + "/schemaVersion",
                  schemaPath: "#/properties/schemaVersion/const",
                  keyword: "const",
                  params: { allowedValue: 1 },
                  message: "must be equal to constant",
                },
              ];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.tool !== undefined) {
              let data1 = data.tool;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
                  let missing1;
                  if (
                    (data1.name === undefined && (missing1 = "name")) ||
                    (data1.version === undefined && (missing1 = "version"))
                  ) {
                    validate0.errors = [
                      {
                        instancePath: instancePath + "/tool",
                        schemaPath: "#/properties/tool/required",
                        keyword: "required",
                        params: { missingProperty: missing1 },
                        message: "must have required property '" + missing1 + "'",
                      },
                    ];
                    return false;
                  } else {
                    if (data1.name !== undefined) {
                      const _errs5 = errors;
                      if (typeof data1.name !== "string") {
                        validate0.errors = [
                          {
                            instancePath: instancePath + "/tool/name",
                            schemaPath: "#/properties/tool/properties/name/type",
                            keyword: "type",
                            params: { type: "string" },
                            message: "must be string",
                          },
                        ];
                        return false;
                      }
                      var valid1 = _errs5 === errors;
                    } else {
                      var valid1 = true;
                    }
                    if (valid1) {
                      if (data1.version !== undefined) {
                        const _errs7 = errors;
                        if (typeof data1.version !== "string") {
                          validate0.errors = [
                            {
                              instancePath: instancePath + "/tool/version",
                              schemaPath: "#/properties/tool/properties/version/type",
                              keyword: "type",
                              params: { type: "string" },
                              message: "must be string",
                            },
                          ];
                          return false;
                        }
                        var valid1 = _errs7 === errors;
                      } else {
                        var valid1 = true;
                      }
                    }
                  }
                } else {
                  validate0.errors = [
                    {
                      instancePath: instancePath + "/tool",
                      schemaPath: "#/properties/tool/type",
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
              if (data.policy !== undefined) {
                let data4 = data.policy;
                const _errs9 = errors;
                if (errors === _errs9) {
                  if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
                    let missing2;
                    if (data4.sha256 === undefined && (missing2 = "sha256")) {
                      validate0.errors = [
                        {
                          instancePath: instancePath + "/policy",
                          schemaPath: "#/properties/policy/required",
                          keyword: "required",
                          params: { missingProperty: missing2 },
                          message: "must have required property '" + missing2 + "'",
                        },
                      ];
                      return false;
                    } else {
                      const _errs11 = errors;
                      for (const key1 in data4) {
                        if (!(key1 === "sha256")) {
                          validate0.errors = [
                            {
                              instancePath: instancePath + "/policy",
                              schemaPath: "#/properties/policy/additionalProperties",
                              keyword: "additionalProperties",
                              params: { additionalProperty: key1 },
                              message: "must NOT have additional properties",
                            },
                          ];
                          return false;
                          break;
                        }
                      }
                      if (_errs11 === errors) {
                        if (data4.sha256 !== undefined) {
                          if (
                            !validate1(data4.sha256, {
                              instancePath: instancePath + "/policy/sha256",
                              parentData: data4,
                              parentDataProperty: "sha256",
                              rootData,
                              dynamicAnchors,
                            })
                          ) {
                            vErrors = vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
                            errors = vErrors.length;
                          }
                        }
                      }
                    }
                  } else {
                    validate0.errors = [
                      {
                        instancePath: instancePath + "/policy",
                        schemaPath: "#/properties/policy/type",
                        keyword: "type",
                        params: { type: "object" },
                        message: "must be object",
                      },
                    ];
                    return false;
                  }
                }
                var valid0 = _errs9 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.host !== undefined) {
                  let data6 = data.host;
                  const _errs13 = errors;
                  if (errors === _errs13) {
                    if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                      let missing3;
                      if (
                        (data6.path === undefined && (missing3 = "path")) ||
                        (data6.sha256 === undefined && (missing3 = "sha256")) ||
                        (data6.size === undefined && (missing3 = "size"))
                      ) {
                        validate0.errors = [
                          {
                            instancePath: instancePath + "/host",
                            schemaPath: "#/properties/host/required",
                            keyword: "required",
                            params: { missingProperty: missing3 },
                            message: "must have required property '" + missing3 + "'",
                          },
                        ];
                        return false;
                      } else {
                        const _errs15 = errors;
                        for (const key2 in data6) {
                          if (!(key2 === "path" || key2 === "sha256" || key2 === "size")) {
                            validate0.errors = [
                              {
                                instancePath: instancePath + "/host",
                                schemaPath: "#/properties/host/additionalProperties",
                                keyword: "additionalProperties",
                                params: { additionalProperty: key2 },
                                message: "must NOT have additional properties",
                              },
                            ];
                            return false;
                            break;
                          }
                        }
                        if (_errs15 === errors) {
                          if (data6.path !== undefined) {
                            const _errs16 = errors;
                            if (
                              !validate3(data6.path, {
                                instancePath: instancePath + "/host/path",
                                parentData: data6,
                                parentDataProperty: "path",
                                rootData,
                                dynamicAnchors,
                              })
                            ) {
                              vErrors =
                                vErrors === null ? validate3.errors : vErrors.concat(validate3.errors);
                              errors = vErrors.length;
                            }
                            var valid3 = _errs16 === errors;
                          } else {
                            var valid3 = true;
                          }
                          if (valid3) {
                            if (data6.sha256 !== undefined) {
                              const _errs17 = errors;
                              if (
                                !validate1(data6.sha256, {
                                  instancePath: instancePath + "/host/sha256",
                                  parentData: data6,
                                  parentDataProperty: "sha256",
                                  rootData,
                                  dynamicAnchors,
                                })
                              ) {
                                vErrors =
                                  vErrors === null ? validate1.errors : vErrors.concat(validate1.errors);
                                errors = vErrors.length;
                              }
                              var valid3 = _errs17 === errors;
                            } else {
                              var valid3 = true;
                            }
                            if (valid3) {
                              if (data6.size !== undefined) {
                                const _errs18 = errors;
                                if (
                                  !validate6(data6.size, {
                                    instancePath: instancePath + "/host/size",
                                    parentData: data6,
                                    parentDataProperty: "size",
                                    rootData,
                                    dynamicAnchors,
                                  })
                                ) {
                                  vErrors =
                                    vErrors === null ? validate6.errors : vErrors.concat(validate6.errors);
                                  errors = vErrors.length;
                                }
                                var valid3 = _errs18 === errors;
                              } else {
                                var valid3 = true;
                              }
                            }
                          }
                        }
                      }
                    } else {
                      validate0.errors = [
                        {
                          instancePath: instancePath + "/host",
                          schemaPath: "#/properties/host/type",
                          keyword: "type",
                          params: { type: "object" },
                          message: "must be object",
                        },
                      ];
                      return false;
                    }
                  }
                  var valid0 = _errs13 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.plugins !== undefined) {
                    let data10 = data.plugins;
                    const _errs19 = errors;
                    if (errors === _errs19) {
                      if (Array.isArray(data10)) {
                        var valid4 = true;
                        const len0 = data10.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          let data11 = data10[i0];
                          const _errs21 = errors;
                          if (errors === _errs21) {
                            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
                              let missing4;
                              if (
                                (data11.path === undefined && (missing4 = "path")) ||
                                (data11.sha256 === undefined && (missing4 = "sha256")) ||
                                (data11.size === undefined && (missing4 = "size")) ||
                                (data11.verdict === undefined && (missing4 = "verdict"))
                              ) {
                                validate0.errors = [
                                  {
                                    instancePath: instancePath + "/plugins/" + i0,
                                    schemaPath: "#/properties/plugins/items/required",
                                    keyword: "required",
                                    params: { missingProperty: missing4 },
                                    message: "must have required property '" + missing4 + "'",
                                  },
                                ];
                                return false;
                              } else {
                                const _errs23 = errors;
                                for (const key3 in data11) {
                                  if (!(
                                    key3 === "path" ||
                                    key3 === "sha256" ||
                                    key3 === "size" ||
                                    key3 === "verdict"
                                  )) {
                                    validate0.errors = [
                                      {
                                        instancePath: instancePath + "/plugins/" + i0,
                                        schemaPath: "#/properties/plugins/items/additionalProperties",
                                        keyword: "additionalProperties",
                                        params: { additionalProperty: key3 },
                                        message: "must NOT have additional properties",
                                      },
                                    ];
                                    return false;
                                    break;
                                  }
                                }
                                if (_errs23 === errors) {
                                  if (data11.path !== undefined) {
                                    const _errs24 = errors;
                                    if (
                                      !validate3(data11.path, {
                                        instancePath: instancePath + "/plugins/" + i0 + "/path",
                                        parentData: data11,
                                        parentDataProperty: "path",
                                        rootData,
                                        dynamicAnchors,
                                      })
                                    ) {
                                      vErrors =
                                        vErrors === null
                                          ? validate3.errors
                                          : vErrors.concat(validate3.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid5 = _errs24 === errors;
                                  } else {
                                    var valid5 = true;
                                  }
                                  if (valid5) {
                                    if (data11.sha256 !== undefined) {
                                      const _errs25 = errors;
                                      if (
                                        !validate1(data11.sha256, {
                                          instancePath: instancePath + "/plugins/" + i0 + "/sha256",
                                          parentData: data11,
                                          parentDataProperty: "sha256",
                                          rootData,
                                          dynamicAnchors,
                                        })
                                      ) {
                                        vErrors =
                                          vErrors === null
                                            ? validate1.errors
                                            : vErrors.concat(validate1.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid5 = _errs25 === errors;
                                    } else {
                                      var valid5 = true;
                                    }
                                    if (valid5) {
                                      if (data11.size !== undefined) {
                                        const _errs26 = errors;
                                        if (
                                          !validate6(data11.size, {
                                            instancePath: instancePath + "/plugins/" + i0 + "/size",
                                            parentData: data11,
                                            parentDataProperty: "size",
                                            rootData,
                                            dynamicAnchors,
                                          })
                                        ) {
                                          vErrors =
                                            vErrors === null
                                              ? validate6.errors
                                              : vErrors.concat(validate6.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid5 = _errs26 === errors;
                                      } else {
                                        var valid5 = true;
                                      }
                                      if (valid5) {
                                        if (data11.verdict !== undefined) {
                                          let data15 = data11.verdict;
                                          const _errs27 = errors;
                                          if (!(
                                            data15 === "compatible" ||
                                            data15 === "incompatible" ||
                                            data15 === "unknown" ||
                                            data15 === "unreadable"
                                          )) {
                                            validate0.errors = [
                                              {
                                                instancePath: instancePath + "/plugins/" + i0 + "/verdict",
                                                schemaPath:
                                                  "#/properties/plugins/items/properties/verdict/enum",
                                                keyword: "enum",
                                                params: {
                                                  allowedValues:
                                                    schema0.properties.plugins.items.properties.verdict.enum,
                                                },
                                                message: "must be equal to one of the allowed values",
                                              },
                                            ];
                                            return false;
                                          }
                                          var valid5 = _errs27 === errors;
                                        } else {
                                          var valid5 = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            } else {
                              validate0.errors = [
                                {
                                  instancePath: instancePath + "/plugins/" + i0,
                                  schemaPath: "#/properties/plugins/items/type",
                                  keyword: "type",
                                  params: { type: "object" },
                                  message: "must be object",
                                },
                              ];
                              return false;
                            }
                          }
                          var valid4 = _errs21 === errors;
                          if (!valid4) {
                            break;
                          }
                        }
                      } else {
                        validate0.errors = [
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
                    var valid0 = _errs19 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate0.errors = [
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
  validate0.errors = vErrors;
  return errors === 0;
}
validate0.evaluated = { props: true, dynamicProps: false, dynamicItems: false };
