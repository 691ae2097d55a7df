import { artists } from "./Artists";
import { environmentOf } from "./environment";
import { credits, found, ownership } from "./Recording";

/** Ask what every client of these tests asks. */
async function asked(url: string): Promise<unknown> {
  const environment = environmentOf(url);
  const [things, id] = await found(environment, "another one bites the dust");
  return {
    artists: await artists(environment, { filter: { nameStartsWith: "s", type: "PERSON" } }),
    found: things,
    ...(await credits(environment, id)),
    ...(await ownership(environment, id)),
  };
}

asked(process.argv[2]!).then((told) => console.log(JSON.stringify(told)));
