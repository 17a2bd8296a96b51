package dev.confab.training.data;

/**
 * Data to learn from, and data to measure on. Closing it closes both.
 *
 * @param training the larger part
 * @param validation what was put aside
 */
public record DatasetSplit(TokenizedDataset training, TokenizedDataset validation) implements AutoCloseable {
    @Override
    public void close() {
        try (training;
                validation) {
            // Both are closed, even where closing one of them fails.
        }
    }
}
