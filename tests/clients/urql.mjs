// urql: documents and their answers, refused ones too.
import assert from "node:assert/strict";
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";

const [, , url] = process.argv;
// urql aborts a request once it has its answer; Node calls that an error where the answer is still being read.
const unaborted = (address, options) => fetch(address, { ...options, signal: undefined });
const client = new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false, fetch: unaborted });
const CELL_TYPES = gql`
  query CellTypes($text: String!, $first: Int!) {
    cellTypes(search: { text: $text }, first: $first) {
      edges {
        score
        node {
          id
          name
          parents {
            nodes {
              id
              name
            }
          }
        }
      }
    }
  }
`;
const variables = { text: "B cell", first: 3 };
const answer = await client.query(CELL_TYPES, variables);
assert.equal(answer.error, undefined);
assert.equal(answer.data.cellTypes.edges[0].node.name, "B cell");
const again = await client.query(CELL_TYPES, variables, { requestPolicy: "cache-only" });
assert.deepEqual(again.data, answer.data);

// GET, which proxies and browsers may cache.
const got = await client.query(CELL_TYPES, variables, { preferGetMethod: true, requestPolicy: "network-only" });
assert.deepEqual(got.data, answer.data);

const { error } = await client.query(gql`{ artifacts(filter: { sufix: { eq: ".csv" } }) { totalCount } }`, {});
const [{ message, extensions }] = error.graphQLErrors;
assert.equal(extensions.code, "INVALID");
assert.match(message, /Did you mean 'suffix'/);
assert.equal(error.response.status, 400);
console.log(`${answer.data.cellTypes.edges.length} cell types`);
