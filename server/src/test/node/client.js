// Drives a server with OpenAI's own client and prints what it saw as JSON.
import OpenAI from 'openai';

const [baseURL] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
const messages = [{ role: 'user', content: 'Hello, how are you?' }];
const seen = {};

seen.models = (await client.models.list()).data.map((model) => model.id);

const chat = await client.chat.completions.create({ model: 'tiny', messages });
seen.chat = chat.choices[0].message.content;
seen.usage = chat.usage;

seen.streamed = '';
seen.usageAtTheEnd = null;
const stream = await client.chat.completions.create({
  model: 'tiny',
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  seen.streamed += chunk.choices[0]?.delta?.content ?? '';
  seen.usageAtTheEnd = chunk.usage ?? null;
}

const helper = client.chat.completions.stream({ model: 'tiny', messages });
seen.helper = (await helper.finalChatCompletion()).choices[0].message.content;

messages.push({ role: 'assistant', content: seen.chat }, { role: 'user', content: 'Why?' });
seen.second = (await client.chat.completions.create({ model: 'tiny', messages })).usage;

const completion = await client.completions.create({
  model: 'tiny', prompt: ['One', 'Two'], n: 2, max_tokens: 4, logprobs: 1, echo: true, seed: 1, stop: ['@@'],
});
seen.completions = completion.choices.map((choice) => choice.text);

const cancelled = await client.completions.create({ model: 'tiny', prompt: 'Hi', max_tokens: 100, stream: true });
for await (const _ of cancelled) {
  break; // closes the connection
}

try {
  await client.chat.completions.create({ model: 'other', messages });
} catch (error) {
  seen.error = { type: error.constructor.name, status: error.status, param: error.param, code: error.code };
}
console.log(JSON.stringify(seen));
