// PostGraphile on a PostgreSQL database, as its documentation sets it up for production.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import connectionFilter from "postgraphile-plugin-connection-filter";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [connectionString, port] = process.argv.slice(2);
const service = postgraphile({
  extends: [PostGraphileAmberPreset, connectionFilter.PostGraphileConnectionFilterPreset],
  pgServices: [makePgService({ connectionString, schemas: ["public"] })],
  grafserv: { graphiql: false },
}).createServ(grafserv);
const server = createServer();
await service.addTo(server);
server.listen(Number(port), "127.0.0.1");
