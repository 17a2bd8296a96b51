package dev.confab.ui;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Looks for violations of accessibility rules with axe-core. */
public final class Axe {
    private static final String SCRIPT = load();
    private static final String RUN = """
        async () => {
          const { violations, passes } = await axe.run();
          if (passes.length < 10) {
            return ["axe looked at " + passes.length + " rules only"];
          }
          return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id}: ${help}: ${target.flat().join(" ")}: ${failureSummary}`));
        }
        """;

    private Axe() {}

    /** What is wrong with the page as it is now, one line for each element; empty if nothing is. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Page page) {
        // at rest: a colour on its way to another is neither; an animation that is cancelled never finishes
        page.evaluate("() => Promise.allSettled(document.getAnimations().filter((animation) =>"
                + " animation.effect.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished))");
        page.evaluate(SCRIPT);
        return (List<String>) page.evaluate(RUN);
    }

    private static String load() {
        try (InputStream pom =
                Axe.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            Properties properties = new Properties();
            properties.load(pom);
            String path = "/META-INF/resources/webjars/axe-core/" + properties.getProperty("version") + "/axe.min.js";
            try (InputStream script = Axe.class.getResourceAsStream(path)) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
