package dev.confab.examples;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.hub.Hub;
import dev.confab.training.TrainingListener;
import dev.confab.training.TrainingOptions;
import dev.confab.training.TrainingRequest;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.TrainingRun;
import java.nio.file.Path;

/** Teaches a model dialogues of one's own, and talks to what it became. */
public final class FineTuning {
    private FineTuning() {}

    /**
     * Trains, and says one thing.
     *
     * @param arguments the model's name or folder, the file with dialogues, and the folder for the trained model
     */
    public static void main(String... arguments) {
        Path model = Hub.fromEnvironment().resolve(arguments[0]);
        Path output = Path.of(arguments[2]);
        var request = TrainingRequest.builder(new Start.Checkpoint(model), output)
                .data(Path.of(arguments[1]))
                .options(TrainingOptions.builder(5e-5).epochs(2).patience(3).build())
                .build();
        try (var run = TrainingRun.prepare(request, new Report())) {
            run.run();
        }
        try (var bot = Chatbot.fromPretrained(output.toString())) {
            IO.println(bot.newConversation().say("Does money buy happiness?").text());
        }
    }

    private static final class Report implements TrainingListener {
        @Override
        public void validated(Validation validation) {
            IO.println("step " + validation.step() + ": loss " + validation.loss());
        }
    }
}
