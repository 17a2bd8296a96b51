package dev.confab.server.openai;

import java.util.List;

/**
 * What is to be generated.
 *
 * @param prompts in tokens, at least one each
 * @param sampling how
 * @param maxTokens the most tokens of each reply; 0 only with {@code echo}
 * @param echo whether the prompt stands before the reply
 */
record Task(List<int[]> prompts, Sampling sampling, int maxTokens, boolean echo) {
    int choices() {
        return prompts.size() * sampling.replies();
    }
}
