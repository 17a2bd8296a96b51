package dev.confab.training.data;

import java.util.Optional;

/**
 * Data to learn from, and data to measure on. Closing it closes both.
 *
 * @param training the larger part
 * @param validation what was put aside; empty where chance put nothing aside, as it may with a few dozen dialogues
 */
public record DatasetSplit(TokenizedDataset training, Optional<TokenizedDataset> validation) implements AutoCloseable {
    @Override
    public void close() {
        try (training) {
            validation.ifPresent(TokenizedDataset::close);
        }
    }
}
