package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.SequenceClassifier;
import dev.confab.skills.ConnectedSkills;
import java.util.ArrayList;
import java.util.List;

/** The models that a chatbot needs, and the services that its skills ask, which are closed together. Belongs to one thread. */
final class LoadedModels implements AutoCloseable {
    private final List<Runnable> closings = new ArrayList<>();

    LanguageModel add(LanguageModel model) {
        closings.add(model::close);
        return model;
    }

    SequenceClassifier add(SequenceClassifier classifier) {
        closings.add(classifier::close);
        return classifier;
    }

    ConnectedSkills add(ConnectedSkills skills) {
        closings.add(skills::close);
        return skills;
    }

    /** Closes all, the newest first. */
    @Override
    public void close() {
        closeAll(closings.reversed());
    }

    /** One that fails keeps no other open; the first failure is thrown, with the others suppressed in it. */
    static void closeAll(List<Runnable> closings) {
        RuntimeException failure = null;
        for (Runnable closing : closings) {
            try {
                closing.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
