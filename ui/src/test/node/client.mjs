// What the tests do with Gradio's own client: node client.mjs SCENARIO URL. Prints what came back as JSON, and has to
// end by itself: a connection that stayed open would keep it alive.
import { Client, handle_file } from "@gradio/client";

const [, , scenario, url] = process.argv;

/** All events of a submitted job: their data, or their stage. */
async function events(job, onEvent = () => {}) {
  const seen = [];
  for await (const event of job) {
    seen.push(event.type === "data" ? { data: event.data } : { [event.type]: event.stage ?? event.log, ...extra(event) });
    await onEvent(event);
  }
  return seen;
}

function extra({ message, level, progress_data: progress }) {
  return JSON.parse(JSON.stringify({ message, level, progress }));
}

async function failure(action) {
  try {
    return { result: await action() };
  } catch (error) {
    return { error: error.message ?? String(error) };
  }
}

const scenarios = {
  async viewApi() {
    const client = await Client.connect(url);
    return client.view_api();
  },

  async predict() {
    const client = await Client.connect(url);
    const byPosition = await client.predict("/predict", ["Ann", 2]);
    const byName = await client.predict("/predict", { times: 3, name: "Bob" });
    const byIndex = await client.predict(1, ["Cid", 1]);
    const withDefault = await client.predict("/predict", { name: "Dee" });
    return [byPosition, byName, byIndex, withDefault].map((result) => result.data[0]);
  },

  async stream() {
    const client = await Client.connect(url);
    return events(client.submit("/chat", { message: "hello" }, undefined, undefined, true));
  },

  async state() {
    const [first, second] = [await Client.connect(url), await Client.connect(url)];
    const replies = [];
    for (const [client, text] of [[first, "a"], [first, "b"], [second, "c"], [first, "d"]]) {
      replies.push((await client.predict("/predict", [text])).data);
    }
    return replies;
  },

  async cancel() {
    const client = await Client.connect(url, { events: ["data", "status"] });
    const job = client.submit("/chat", ["count"]);
    const seen = await events(job, (event) => event.type === "data" && event.data[0] === "1 2 " && job.cancel());
    const after = await client.predict("/chat", ["history"]);
    return { seen, after: after.data };
  },

  async upload() {
    const client = await Client.connect(url);
    const file = new Blob(["a small text"], { type: "text/plain" });
    const answer = await client.predict("/predict", [handle_file(file)]);
    const echoed = answer.data[1];
    const content = await (await fetch(echoed.url)).text();
    return { size: answer.data[0], path: echoed.path, content };
  },

  async login() {
    const inside = await Client.connect(url, { auth: ["ann", "secret"] });
    const result = await inside.predict("/chat", ["hello"]);
    const outside = await failure(() => Client.connect(url));
    const wrong = await failure(() => Client.connect(url, { auth: ["ann", "guess"] }));
    return { data: result.data, outside: outside.error, wrong: wrong.error };
  },

  async errors() {
    const client = await Client.connect(url);
    const answers = {};
    for (const text of ["user", "other", "fine"]) {
      answers[text] = await failure(async () => (await client.predict("/predict", [text])).data);
    }
    answers.unknown = await failure(() => client.predict("/nothing", ["x"]));
    answers.tooMany = await failure(() => client.predict("/predict", ["a", "b"]));
    answers.wrongType = await failure(() => client.predict("/predict", [7]));
    return answers;
  },

  async notices() {
    const client = await Client.connect(url, { events: ["data", "status", "log"] });
    return events(client.submit("/predict", ["x"]));
  },

  async edits() {
    const client = await Client.connect(url);
    return events(client.submit("/predict", ["x"]));
  },

  async tabs() {
    const clients = await Promise.all(Array.from({ length: 8 }, () => Client.connect(url)));
    const results = await Promise.all(clients.map((client, i) => client.predict("/chat", [`tab ${i}`])));
    return results.map((result) => result.data[0]);
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
