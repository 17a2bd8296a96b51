package dev.confab.dialogue.filter;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Turns what was found in a text into the result of a filter. */
final class Findings {
    private Findings() {}

    static FilterResult apply(FilterAction action, String text, List<Finding> findings) {
        if (findings.isEmpty()) {
            return FilterResult.passed();
        }
        String reason = findings.stream().map(Finding::reason).distinct().collect(Collectors.joining(", "));
        return switch (action) {
            case FilterAction.Mask() -> new FilterResult.Masked(mask(text, findings), reason);
            case FilterAction.Retry() -> new FilterResult.Retry(reason);
            case FilterAction.Replace(String reply) -> new FilterResult.Replaced(reply, reason);
            case FilterAction.Refuse(String reply) -> new FilterResult.Refused(reply, reason);
        };
    }

    /** Where findings overlap, the one that begins first is masked whole, and the rest of the other with its own mask. */
    private static String mask(String text, List<Finding> findings) {
        var masked = new StringBuilder(text.length());
        int done = 0;
        for (Finding finding : findings.stream()
                .sorted(Comparator.comparingInt(Finding::start).thenComparing(Finding::end, Comparator.reverseOrder()))
                .toList()) {
            if (finding.end() > done) {
                masked.append(text, done, Math.max(done, finding.start()));
                masked.append(finding.mask());
                done = finding.end();
            }
        }
        return masked.append(text, done, text.length()).toString();
    }
}
