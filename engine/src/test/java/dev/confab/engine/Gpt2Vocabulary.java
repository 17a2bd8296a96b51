package dev.confab.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * GPT-2's {@code vocab.json} and {@code merges.txt}, rebuilt from the ranks that JTokkit ships.
 *
 * <p>In GPT-2's vocabulary ids follow the order of the merges, so the merge that made a token is what byte-pair
 * encoding of its bytes ends with when only earlier tokens may be formed.
 */
final class Gpt2Vocabulary {
    private static final int END_OF_TEXT = 50_256;

    private Gpt2Vocabulary() {}

    static Path folder(Path parent) {
        Path folder = parent.resolve("tokenizers").resolve("gpt2");
        Path last = folder.resolve("tokenizer_config.json");
        try {
            if (!Files.exists(last)) {
                Files.createDirectories(folder);
                write(folder);
                Files.writeString(last, "{\"model_max_length\": 1024}");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder) throws IOException {
        Map<String, Integer> ranks = ranks();
        var vocabulary = new LinkedHashMap<String, Integer>();
        var merges = new ArrayList<String>();
        merges.add("#version: 0.2");
        ranks.forEach((token, rank) -> {
            vocabulary.put(visible(token), rank);
            if (token.length() > 1) {
                List<String> pair = splitByEarlierMerges(token, rank, ranks);
                merges.add(visible(pair.get(0)) + " " + visible(pair.get(1)));
            }
        });
        vocabulary.put("<|endoftext|>", END_OF_TEXT);
        Files.writeString(folder.resolve("vocab.json"), JsonMapper.shared().writeValueAsString(vocabulary));
        Files.writeString(folder.resolve("merges.txt"), String.join("\n", merges) + "\n");
    }

    /** Tokens as Latin-1 strings, one character a byte, in the order of their ranks. */
    private static Map<String, Integer> ranks() throws IOException {
        var ranks = new LinkedHashMap<String, Integer>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Gpt2Vocabulary.class.getResourceAsStream("/com/knuddels/jtokkit/r50k_base.tiktoken"),
                StandardCharsets.US_ASCII))) {
            for (String line; (line = lines.readLine()) != null; ) {
                int space = line.indexOf(' ');
                byte[] token = Base64.getDecoder().decode(line.substring(0, space));
                ranks.put(new String(token, StandardCharsets.ISO_8859_1), Integer.valueOf(line.substring(space + 1)));
            }
        }
        return ranks;
    }

    private static List<String> splitByEarlierMerges(String token, int rank, Map<String, Integer> ranks) {
        var parts = new ArrayList<>(List.of(token.split("")));
        while (parts.size() > 2) {
            int best = -1;
            int bestRank = rank;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int candidate = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
                if (candidate < bestRank) {
                    bestRank = candidate;
                    best = i;
                }
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return parts;
    }

    private static String visible(String latin1) {
        var text = new StringBuilder();
        latin1.chars().forEach(c -> text.append(VISIBLE.get(c)));
        return text.toString();
    }

    /** GPT-2's printable stand-in of each byte: itself where it is printable, else the next character from 256 on. */
    private static final Map<Integer, Character> VISIBLE = visibleCharacters();

    private static Map<Integer, Character> visibleCharacters() {
        var characters = new HashMap<Integer, Character>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters.put(b, (char) (printable ? b : next++));
        }
        return characters;
    }
}
