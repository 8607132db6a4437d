// Relay: documents compiled against the schema, a list that grows by pages, a row that is refetched by its id.
import assert from "node:assert/strict";
import relay from "relay-runtime";
import detailsQuery from "./__generated__/documentsDetailsQuery.graphql.js";
import detailsRefetch from "./__generated__/documentsDetailsRefetch.graphql.js";
import listFragment from "./__generated__/documents_artifacts.graphql.js";
import detailsFragment from "./__generated__/documents_details.graphql.js";
import listQuery from "./__generated__/documentsQuery.graphql.js";

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getSelector } = relay;
const [, , url] = process.argv;

async function fetchGraphQL({ text, name }, variables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: text, operationName: name, variables }),
  });
  return response.json();
}

const environment = new Environment({ network: Network.create(fetchGraphQL), store: new Store(new RecordSource()) });
const read = (query, variables) => {
  const operation = createOperationDescriptor(query, variables);
  environment.retain(operation);
  return environment.lookup(operation.fragment).data;
};
const readFragment = (fragment, reference) => environment.lookup(getSelector(fragment, reference)).data;

// What usePaginationFragment does: fetch the next page, which Relay appends to the connection in its store.
const variables = { first: 5 };
await fetchQuery(environment, listQuery, variables).toPromise();
const list = () => readFragment(listFragment, read(listQuery, variables)).artifacts;
const { refetch } = listFragment.metadata;
assert.deepEqual(refetch.connection.forward, { count: "first", cursor: "after" });
while (list().pageInfo.hasNextPage) {
  await fetchQuery(environment, refetch.operation, { ...variables, after: list().pageInfo.endCursor }).toPromise();
}
const keys = list().edges.map(({ node }) => node.key);
assert.equal(keys.length, list().totalCount);
assert.ok(keys.length > 5);
assert.deepEqual(keys, keys.toSorted());

// What useRefetchableFragment does: ask for one row by its id, through `node`.
const { id } = list().edges[0].node;
await fetchQuery(environment, detailsQuery, { id }).toPromise();
const { node } = read(detailsQuery, { id });
assert.ok("description" in readFragment(detailsFragment, node.documents_details));
assert.deepEqual(detailsFragment.metadata.refetch.identifierInfo, {
  identifierField: "id",
  identifierQueryVariableName: "id",
});
await fetchQuery(environment, detailsRefetch, { id }).toPromise();

// One row is one record of the store, whichever document it came from.
const record = environment.getStore().getSource().get(id);
assert.equal(record.__typename, "Artifact");
assert.ok("key" in record && "description" in record);
console.log(`${keys.length} artifacts in pages of 5`);
