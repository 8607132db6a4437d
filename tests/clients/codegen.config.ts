import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../schema.graphql", // or the address of a server
  documents: ["codegen/*.ts"],
  importExtension: ".ts",
  generates: {
    "generated/codegen/": {
      preset: "client",
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: "sha256" } },
      config: {
        documentMode: "string",
        enumType: "string-literal",
        useTypeImports: true,
        strictScalars: true,
        scalars: { BigInt: "number", Date: "string", DateTime: "string", JSON: "unknown" },
      },
    },
  },
};

export default config;
