package dev.confab.dialogue.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShippedListsTest {
    private static final FilterPolicy SAFE = FilterPolicy.safe(Locale.US);
    private static final FilterPolicy KID_SAFE = FilterPolicy.kidSafe(Locale.US);

    @Test
    void presetsFindWhatTheyAreForAndLeaveTheRestAlone() throws IOException {
        List<Lines> corpus = Lines.read("corpus.txt");
        List<String> failures = new ArrayList<>();
        for (Lines line : corpus) {
            boolean safe = line.kind().equals("all");
            boolean kidSafe = !line.kind().equals("none");
            expect(safe, SAFE, line, "safe", failures);
            expect(kidSafe, KID_SAFE, line, "kid-safe", failures);
        }
        System.out.println("shipped word lists: "
                + corpus.stream().collect(Collectors.groupingBy(Lines::kind, Collectors.counting())) + " sentences");
        assertThat(failures).isEmpty();
        assertThat(corpus).hasSizeGreaterThan(140);
    }

    private static void expect(boolean found, FilterPolicy policy, Lines line, String preset, List<String> failures) {
        FilterResult input = policy.input().check(line.text());
        FilterResult reply = policy.reply().check(line.text());
        if (input instanceof FilterResult.Refused != found || reply instanceof FilterResult.Retry != found) {
            failures.add("%s, '%s': input %s, reply %s".formatted(preset, line.text(), input, reply));
        }
    }
}
