// Against a server that answers only the documents of this app: requests name them.
import { request } from "./request.ts";
import { DatasetsDocument } from "../generated/codegen/graphql.ts";

const [, , url] = process.argv;
const variables = { filter: { suffix: { eq: ".h5ad" } }, first: 10 };
const { artifacts } = await request(url!, DatasetsDocument, variables, {
  documentId: DatasetsDocument.__meta__!["hash"],
});
console.log(`${artifacts.totalCount} datasets`);
try {
  await request(url!, DatasetsDocument, variables, { query: "{ __typename }" });
} catch (error) {
  console.log((error as Error).message);
}
