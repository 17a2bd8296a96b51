package dev.confab.examples;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.Tokens;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.ui.Interface;
import dev.confab.ui.Outputs;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.Markup;
import dev.confab.ui.component.State;
import java.util.regex.Pattern;

/** A page for a conversation in bubbles: Gradio's tutorial on chatbots, its fourth step, in Java. */
public final class HtmlInterface {
    private static final String CSS = """
            .chatbot {display:flex;flex-direction:column}
            .msg {padding:4px;margin-bottom:4px;border-radius:4px;width:80%}
            .msg.user {background-color:cornflowerblue;color:white}
            .msg.bot {background-color:lightgray;align-self:self-end}
            """;

    private HtmlInterface() {}

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
                    String[] response = tokenizer.decode(newHistory).split(Pattern.quote(tokenizer.eosToken()), 0);

                    // write some HTML
                    StringBuilder html = new StringBuilder("<div class='chatbot'>");
                    for (int m = 0; m < response.length; m++) {
                        String cls = m % 2 == 0 ? "user" : "bot";
                        html.append("<div class='msg %s'> %s</div>".formatted(cls, Markup.escape(response[m])));
                    }
                    html.append("</div>");

                    return Outputs.of(html, newHistory);
                })
                .inputs(Component.named("text"), State.of(new int[0]))
                .outputs("html", "state")
                .css(CSS)
                .launch();
    }
}
