// The audits of graphql-http: what the specification of GraphQL over HTTP asks of a server.
import assert from "node:assert/strict";
import { auditServer } from "graphql-http";

const [, , url] = process.argv;
const results = await auditServer({ url });
const failed = results.filter(({ status }) => status !== "ok").map(({ name, reason }) => `${name}: ${reason}`);
assert.deepEqual(failed, []);
console.log(`${results.length} audits passed`);
