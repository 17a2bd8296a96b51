package dev.confab.examples;

import static dev.confab.engine.tokenizer.DecodeOption.SKIP_SPECIAL_TOKENS;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.ui.Interface;
import dev.confab.ui.Outputs;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.State;

/** A page that shows the latest reply, under a title. */
public final class TitledInterface {
    private TitledInterface() {}

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

        var iface = Interface.of((String inputText, int[] history) -> {
                    // encode the input text
                    int[] newUserInputIds = tokenizer.encode(inputText + tokenizer.eosToken());

                    // append to the conversation history
                    int[] botInputIds = Tokens.concat(history, newUserInputIds);

                    // generate response
                    int[] newHistory = model.generate(botInputIds, config);

                    // decode and return the response
                    int[] reply = Tokens.from(newHistory, botInputIds.length);
                    String response = tokenizer.decode(reply, SKIP_SPECIAL_TOKENS);

                    return Outputs.of(response, newHistory);
                })
                .inputs(Component.named("text"), State.of(new int[0]))
                .outputs("text", "state")
                .title("DialoGPT Chatbot");

        iface.launch();
    }
}
