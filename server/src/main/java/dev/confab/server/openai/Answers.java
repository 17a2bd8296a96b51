package dev.confab.server.openai;

import dev.confab.server.openai.TokenProbabilities.Top;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers as OpenAI does, whole or in parts. One for each request.
 *
 * @param chat whether they are messages of a chat or plain texts
 */
record Answers(boolean chat, String id, long created, String model, boolean logProbabilities) {
    /** What stands for the log-probability of something impossible, as JSON has no infinity. */
    private static final double IMPOSSIBLE = -9999;

    private ObjectNode head(boolean part) {
        String object = !chat ? "text_completion" : part ? "chat.completion.chunk" : "chat.completion";
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    /** The whole answer. */
    ObjectNode whole(List<Choice> choices, Usage usage, TokenNames names) {
        ObjectNode answer = head(false);
        ArrayNode list = answer.putArray("choices");
        for (Choice choice : choices) {
            ObjectNode json = list.addObject().put("index", choice.index());
            if (chat) {
                json.putObject("message")
                        .put("role", "assistant")
                        .put("content", choice.text())
                        .putNull("refusal");
            } else {
                json.put("text", choice.text());
            }
            putScores(json, choice.scores(), names);
            json.put("finish_reason", choice.finishReason());
        }
        answer.set("usage", usage.json());
        return answer;
    }

    /** The first part of a choice in a chat, which says who speaks. */
    ObjectNode beginning(int choice) {
        ObjectNode answer = head(true);
        ObjectNode json = answer.putArray("choices").addObject().put("index", choice);
        json.putObject("delta").put("role", "assistant").put("content", "");
        json.putNull("finish_reason");
        return answer;
    }

    /** A part of a choice. */
    ObjectNode part(int choice, String text, List<TokenScore> scores, TokenNames names) {
        ObjectNode answer = head(true);
        ObjectNode json = answer.putArray("choices").addObject().put("index", choice);
        if (chat) {
            json.putObject("delta").put("content", text);
        } else {
            json.put("text", text);
        }
        putScores(json, scores, names);
        json.putNull("finish_reason");
        return answer;
    }

    /** The last part of a choice. */
    ObjectNode end(Choice choice) {
        ObjectNode answer = head(true);
        ObjectNode json = answer.putArray("choices").addObject().put("index", choice.index());
        if (chat) {
            json.putObject("delta");
        } else {
            json.put("text", "");
        }
        json.putNull("logprobs");
        json.put("finish_reason", choice.finishReason());
        return answer;
    }

    /** What comes after all choices, if it is wanted. */
    ObjectNode usage(Usage usage) {
        ObjectNode answer = head(true);
        answer.putArray("choices");
        answer.set("usage", usage.json());
        return answer;
    }

    private void putScores(ObjectNode json, List<TokenScore> scores, TokenNames names) {
        if (!logProbabilities) {
            json.putNull("logprobs");
        } else if (chat) {
            ArrayNode content = json.putObject("logprobs").putArray("content");
            for (TokenScore score : scores) {
                ObjectNode token = content.addObject();
                putToken(token, score.token(), score.logProbability());
                ArrayNode top = token.putArray("top_logprobs");
                Top likeliest = score.top();
                for (int i = 0; likeliest != null && i < likeliest.count(); i++) {
                    putToken(top.addObject(), names.of(likeliest.token(i)), likeliest.logProbability(i));
                }
            }
        } else {
            putPlainScores(json.putObject("logprobs"), scores, names);
        }
    }

    private static void putToken(ObjectNode json, String token, float logProbability) {
        json.put("token", token).put("logprob", number(logProbability));
        ArrayNode bytes = json.putArray("bytes");
        for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xff);
        }
    }

    private static void putPlainScores(ObjectNode json, List<TokenScore> scores, TokenNames names) {
        ArrayNode tokens = json.putArray("tokens");
        ArrayNode values = json.putArray("token_logprobs");
        ArrayNode tops = json.putArray("top_logprobs");
        ArrayNode offsets = json.putArray("text_offset");
        for (TokenScore score : scores) {
            tokens.add(score.token());
            offsets.add(score.offset());
            values.add(number(score.logProbability()));
            Top top = score.top();
            if (top == null) {
                tops.addNull();
            } else {
                ObjectNode likeliest = tops.addObject();
                for (int i = 0; i < top.count(); i++) {
                    likeliest.put(names.of(top.token(i)), number(top.logProbability(i)));
                }
                likeliest.put(score.token(), number(score.logProbability()));
            }
        }
    }

    private static @Nullable Double number(float logProbability) {
        return Float.isNaN(logProbability) ? null : logProbability < IMPOSSIBLE ? IMPOSSIBLE : (double) logProbability;
    }

    /** The texts of tokens. */
    @FunctionalInterface
    interface TokenNames {
        /** The text of a token. */
        String of(int token);
    }
}
