package dev.confab.server.openai;

import java.util.List;
import java.util.Optional;

/**
 * What is to be generated.
 *
 * @param prompts in tokens, at least one each
 * @param sampling how
 * @param maxTokens the most tokens of each reply; 0 only with {@code echo}
 * @param echo whether the prompt stands before the reply
 * @param answer what is said without asking the model, as a filter wants it; empty if the model is asked
 */
record Task(List<int[]> prompts, Sampling sampling, int maxTokens, boolean echo, Optional<String> answer) {
    int choices() {
        return prompts.size() * sampling.replies();
    }
}
