package dev.confab.examples;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.ui.Interface;
import dev.confab.ui.Outputs;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.State;

/** A page for a conversation as plain text: Gradio's tutorial on chatbots, its third step, in Java. */
public final class TextInterface {
    private TextInterface() {}

    /**
     * Serves the page until the process is stopped.
     *
     * @param arguments the model's name or folder; microsoft/DialoGPT-medium if there is none
     */
    public static void main(String... arguments) {
        String name = arguments.length > 0 ? arguments[0] : "microsoft/DialoGPT-medium";
        var tokenizer = Tokenizer.fromPretrained(name);
        var model = LanguageModel.fromPretrained(name);
        var config = GenerationConfig.builder()
                .maxLength(1000)
                .padTokenId(tokenizer.eosTokenId())
                .build();

        Interface.of((String input, int[] history) -> {
                    // tokenize the new input sentence
                    int[] newUserInputIds = tokenizer.encode(input + tokenizer.eosToken());

                    // append the new user input tokens to the chat history
                    int[] botInputIds = Tokens.concat(history, newUserInputIds);

                    // generate a response
                    int[] newHistory = model.generate(botInputIds, config);

                    // convert the tokens to text, and then split the responses into lines
                    String response = tokenizer.decode(newHistory).replace(tokenizer.eosToken(), "\n");

                    return Outputs.of(response, newHistory);
                })
                .inputs(Component.named("text"), State.of(new int[0]))
                .outputs("text", "state")
                .launch();
    }
}
