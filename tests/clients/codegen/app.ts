// Typed documents: the compiler knows what each query takes and answers.
import { request } from "./request.ts";
import { graphql } from "../generated/codegen/gql.ts";

export const DATASETS = graphql(`
  query Datasets($filter: ArtifactFilter!, $orderBy: [ArtifactOrder!], $first: Int!) {
    artifacts(filter: $filter, orderBy: $orderBy, first: $first) {
      totalCount
      nodes {
        ...Dataset
      }
    }
  }
`);

export const DATASET = graphql(`
  fragment Dataset on Artifact {
    id
    key
    size
    createdAt
    isLatest
    createdBy {
      handle
    }
    features {
      name
      value
    }
  }
`);

const [, , url] = process.argv;
const { artifacts } = await request(url!, DATASETS, {
  filter: { suffix: { eq: ".h5ad" }, createdAt: { year: { gte: 2000 } } },
  orderBy: [{ createdAt: "DESC" }, { key: "ASC" }],
  first: 10,
});
const count: number = artifacts.totalCount;
for (const dataset of artifacts.nodes) {
  const size: number | null | undefined = dataset.size;
  const made: string = dataset.createdAt;
  const handle: string | undefined = dataset.createdBy?.handle;
  const values: unknown[] = dataset.features.map(({ value }) => value);
  console.log(`${dataset.key} of ${size} bytes by ${handle} on ${made.slice(0, 10)}: ${values.length} values`);
}
console.log(`${count} datasets`);

// What would be a mistake at run time is one at compile time.
// @ts-expect-error: there is no comparator `equals`
void (() => request(url!, DATASETS, { filter: { suffix: { equals: ".h5ad" } }, first: 1 }));
// @ts-expect-error: an entry of an order takes exactly one key
void (() => request(url!, DATASETS, { filter: {}, orderBy: [{ createdAt: "DESC", key: "ASC" }], first: 1 }));
