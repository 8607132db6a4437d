// Apollo Client: a cache that is normalised by `id`, and pages that are joined in it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const [, , url] = process.argv;

const cache = new InMemoryCache({
  possibleTypes: { Node: ["Artifact", "CellType", "Record", "Run", "User"] },
  typePolicies: {
    Query: {
      fields: {
        artifacts: relayStylePagination(["filter", "search", "orderBy"]),
      },
    },
  },
});
const client = new ApolloClient({ cache, link: new HttpLink({ uri: url }) });

const ARTIFACTS = gql`
  query Artifacts($filter: ArtifactFilter, $first: Int!, $after: String) {
    artifacts(filter: $filter, orderBy: [{ key: ASC }], first: $first, after: $after) {
      totalCount
      edges {
        node {
          id
          key
          createdBy {
            id
            handle
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
const variables = { filter: { key: { isNull: false } }, first: 5 };
const { data: page } = await client.query({ query: ARTIFACTS, variables });
assert.equal(page.artifacts.edges.length, 5);

// The next pages join the first one in the cache.
const watched = client.watchQuery({ query: ARTIFACTS, variables });
const subscription = watched.subscribe(() => {});
let { pageInfo } = page.artifacts;
while (pageInfo.hasNextPage) {
  const { data } = await watched.fetchMore({ variables: { after: pageInfo.endCursor } });
  pageInfo = data.artifacts.pageInfo;
}
subscription.unsubscribe();
const { artifacts } = client.readQuery({ query: ARTIFACTS, variables });
const keys = artifacts.edges.map(({ node }) => node.key);
assert.equal(keys.length, artifacts.totalCount);
assert.deepEqual(keys, keys.toSorted());

// One row is one entry, whichever field it came from.
const { id } = artifacts.edges[0].node;
const NODE = gql`
  query Node($id: ID!) {
    node(id: $id) {
      id
      ... on Artifact {
        description
      }
    }
  }
`;
await client.query({ query: NODE, variables: { id } });
const entry = cache.extract()[`Artifact:${id}`];
assert.ok("description" in entry && "key" in entry);
const users = Object.keys(cache.extract()).filter((key) => key.startsWith("User:"));
assert.equal(users.length, new Set(artifacts.edges.map(({ node }) => node.createdBy.handle)).size);

// An error says what is wrong, and has a code to branch on.
const wrong = gql`{ artifact(by: { id: "nonsense" }) { key } }`;
await assert.rejects(client.query({ query: wrong }), (error) => {
  assert.ok(CombinedGraphQLErrors.is(error));
  assert.equal(error.errors[0].extensions.code, "INVALID");
  return true;
});

// Persisted documents: the hash is sent first, and the document once.
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
const sent = [];
const counting = new ApolloLink((operation, forward) => {
  const { persistedQuery } = operation.extensions;
  sent.push(operation.getContext().http?.includeQuery ? "document" : persistedQuery ? "hash" : "plain");
  return forward(operation);
});
for (let time = 0; time < 2; time += 1) {
  const fresh = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([persisted, counting, new HttpLink({ uri: url })]),
  });
  const { data } = await fresh.query({ query: ARTIFACTS, variables });
  assert.equal(data.artifacts.edges.length, 5);
}
assert.deepEqual(sent, ["hash", "document", "hash"]);
console.log(`${keys.length} artifacts in pages of 5`);
