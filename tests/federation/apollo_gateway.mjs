// Apollo Gateway over the supergraph on standard input; prints where it answers.
import { text } from 'node:stream/consumers';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const gateway = new ApolloGateway({ supergraphSdl: await text(process.stdin) });
const server = new ApolloServer({ gateway, introspection: false, nodeEnv: 'production' });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(url);
