// Reads a trace in base64 on standard input with Apollo's own messages, and prints it as JSON.
import { text } from 'node:stream/consumers';
import protobuf from '@apollo/usage-reporting-protobuf';

const { Trace } = protobuf;
const trace = Trace.decode(Buffer.from(await text(process.stdin), 'base64'));
console.log(JSON.stringify(Trace.toObject(trace, { longs: Number, oneofs: true })));
