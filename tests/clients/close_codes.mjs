// The codes with which a WebSocket is closed, as the protocol of graphql-ws has them.
import assert from "node:assert/strict";

const [, , url] = process.argv;
const init = { type: "connection_init" };
const subscribe = { id: "1", type: "subscribe", payload: { query: "subscription { ulabelsChanged { totalCount } }" } };

function code(messages, protocol = "graphql-transport-ws") {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace("http", "ws"), protocol);
    socket.onopen = () => messages.forEach((message) => socket.send(JSON.stringify(message)));
    socket.onclose = (event) => resolve(event.code);
  });
}

const closed = {
  "no protocol": await code([], []),
  "no message of the protocol": await code([init, { type: "start" }]),
  "an operation before the connection is initialised": await code([subscribe]),
  "no initialisation": await code([]),
  "the same id twice": await code([init, subscribe, subscribe]),
  "two initialisations": await code([init, init]),
};
assert.deepEqual(closed, {
  "no protocol": 4406,
  "no message of the protocol": 4400,
  "an operation before the connection is initialised": 4401,
  "no initialisation": 4408,
  "the same id twice": 4409,
  "two initialisations": 4429,
});
console.log(`${Object.keys(closed).length} close codes`);
