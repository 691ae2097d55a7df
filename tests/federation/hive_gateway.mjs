// Hive Gateway over the supergraph on standard input; prints where it answers.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

const gateway = createGatewayRuntime({
  supergraph: await text(process.stdin),
  maskedErrors: false,
  logging: false,
});
const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/graphql`);
});
