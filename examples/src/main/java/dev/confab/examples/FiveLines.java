package dev.confab.examples;

import static dev.confab.engine.tokenizer.DecodeOption.SKIP_SPECIAL_TOKENS;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.Tokenizer;

/** Let's chat for five lines: DialoGPT's own example, in Java. */
public final class FiveLines {
    private FiveLines() {}

    /**
     * Chats.
     *
     * @param arguments the model's name or folder; microsoft/DialoGPT-medium if there is none
     */
    public static void main(String... arguments) {
        String name = arguments.length > 0 ? arguments[0] : "microsoft/DialoGPT-medium";
        var tokenizer = Tokenizer.fromPretrained(name);
        try (var model = LanguageModel.fromPretrained(name)) {
            var config = GenerationConfig.builder()
                    .maxLength(1000)
                    .padTokenId(tokenizer.eosTokenId())
                    .build();

            int[] history = {};
            for (int step = 0; step < 5; step++) {
                // encode the new line, add the token that ends a turn, and append both to what was said before
                String line = IO.readln(">> User:");
                int[] input = Tokens.concat(history, tokenizer.encode(line + tokenizer.eosToken()));

                // generate a reply, while limiting the whole conversation to 1000 tokens
                history = model.generate(input, config);

                // print what came after the input
                IO.println("DialoGPT: " + tokenizer.decode(Tokens.from(history, input.length), SKIP_SPECIAL_TOKENS));
            }
        }
    }
}
