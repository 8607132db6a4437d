// graphql-ws and graphql-sse: a list that is told again whenever a change makes it another.
import assert from "node:assert/strict";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";

const [, , url] = process.argv;
const post = async (query) => {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
  return response.json();
};
const query = `subscription Labels($prefix: String!) {
  ulabelsChanged(filter: { name: { startsWith: $prefix } }, orderBy: [{ name: ASC }]) {
    nodes {
      id
      name
    }
  }
}`;

async function watch(client, prefix) {
  const told = client.iterate({ query, variables: { prefix } });
  const names = async () => (await told.next()).value.data.ulabelsChanged.nodes.map(({ name }) => name);
  assert.deepEqual(await names(), []);
  const { data } = await post(`mutation { createULabel(input: { data: { name: "${prefix} 1" } }) { errors { message } } }`);
  assert.deepEqual(data.createULabel.errors, []);
  assert.deepEqual(await names(), [`${prefix} 1`]);
  await told.return();
}

const sockets = createSocket({ url: url.replace("http", "ws") });
await watch(sockets, "over a socket");
const mistake = sockets.iterate({ query: "{ artefacts { totalCount } }" });
await assert.rejects(mistake.next(), ([{ message, extensions }]) => {
  assert.match(message, /Did you mean 'artifacts'/);
  return extensions.code === "INVALID";
});
await sockets.dispose();

const events = createEvents({ url });
await watch(events, "as events");
events.dispose();
console.log("2 protocols");
