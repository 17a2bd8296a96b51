package dev.confab.engine.model;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A checkpoint that a test writes itself, tensor by tensor, right or with a fault. */
final class WrittenCheckpoint {
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Gpt2Config config;
    private final String prefix;

    /** A right one. */
    WrittenCheckpoint(Gpt2Config config, String prefix) {
        this.config = config;
        this.prefix = prefix;
        int hidden = config.hiddenSize();
        with("wte.weight", config.vocabularySize(), hidden);
        with("wpe.weight", config.positions(), hidden);
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "h." + layer + ".";
            norm(block + "ln_1");
            linear(block + "attn.c_attn", hidden, 3 * hidden);
            linear(block + "attn.c_proj", hidden, hidden);
            norm(block + "ln_2");
            linear(block + "mlp.c_fc", hidden, config.innerSize());
            linear(block + "mlp.c_proj", config.innerSize(), hidden);
        }
        norm("ln_f");
    }

    private void norm(String name) {
        with(name + ".weight", config.hiddenSize());
        with(name + ".bias", config.hiddenSize());
    }

    private void linear(String name, int inputs, int outputs) {
        with(name + ".weight", inputs, outputs);
        with(name + ".bias", outputs);
    }

    /** With one more tensor, or another shape of one. */
    WrittenCheckpoint with(String name, int... shape) {
        shapes.put(prefix + name, shape);
        return this;
    }

    WrittenCheckpoint without(String name) {
        if (shapes.remove(prefix + name) == null) {
            throw new IllegalArgumentException(name);
        }
        return this;
    }

    WrittenCheckpoint withoutAnyTensor() {
        shapes.clear();
        return this;
    }

    /** Writes {@code config.json} and {@code model.safetensors}, and returns the latter. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), """
                {"vocab_size": %d, "n_positions": %d, "n_embd": %d, "n_layer": %d, "n_head": %d,
                 "tie_word_embeddings": %s}""".formatted(
                        config.vocabularySize(),
                        config.positions(),
                        config.hiddenSize(),
                        config.layers(),
                        config.heads(),
                        config.tiedHead()));
        Path file = folder.resolve("model.safetensors");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            byte[] header = header().getBytes(StandardCharsets.UTF_8);
            out.writeLong(Long.reverseBytes(header.length));
            out.write(header);
            for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
                writeNumbers(out, tensor.getKey(), count(tensor.getValue()));
            }
        }
        return file;
    }

    private static int count(int[] shape) {
        return IntStream.of(shape).reduce(1, Math::multiplyExact);
    }

    private String header() {
        var entries = new StringBuilder("{");
        long offset = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            long end = offset + 4L * count(tensor.getValue());
            String shape =
                    IntStream.of(tensor.getValue()).mapToObj(Integer::toString).collect(Collectors.joining(","));
            entries.append(entries.length() > 1 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), shape, offset, end));
            offset = end;
        }
        return entries.append('}').toString();
    }

    private static void writeNumbers(DataOutputStream out, String name, int count) throws IOException {
        var random = new SplittableRandom(name.hashCode());
        var bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        boolean gain = name.contains("ln_") && name.endsWith("weight");
        for (int i = 0; i < count; i++) {
            bytes.putFloat(gain ? 1f : (random.nextFloat() - 0.5f) * 0.2f);
        }
        out.write(bytes.array());
    }
}
