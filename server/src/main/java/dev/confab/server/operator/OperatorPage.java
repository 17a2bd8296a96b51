package dev.confab.server.operator;

import dev.confab.engine.generation.BatchStatistics;
import dev.confab.server.operator.Plot.Kind;
import dev.confab.server.operator.Plot.Series;
import dev.confab.server.operator.Plot.Unit;
import dev.confab.server.store.PeriodOfUse;
import dev.confab.server.store.RatedReply;
import dev.confab.server.store.Typical;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What an operator sees first: figures, plots, what goes on now, and what people did not like. */
final class OperatorPage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);
    private static final int LONGEST_TEXT = 400;
    private static final String REPLIES = "confab.replies";
    private static final String INTERVENTIONS = "confab.interventions";
    private static final String REQUESTS = "confab.requests";

    private final Overview overview;
    private final Axis axis;
    private final HtmlWriter out = new HtmlWriter();

    private OperatorPage(Overview overview) {
        this.overview = overview;
        axis = overview.axis();
    }

    /** The content of the page. */
    static String of(Overview overview, Instant now) {
        return new OperatorPage(overview).write(now);
    }

    private String write(Instant now) {
        spans(now);
        figures();
        plots();
        present();
        disliked();
        return out.toString();
    }

    private void spans(Instant now) {
        out.open("nav", "aria-label", "Time").open("ul", "class", "spans");
        for (Span span : Span.values()) {
            out.open("li");
            if (span == axis.span()) {
                out.element("a", span.label(), "href", "operator?span=" + span.id(), "aria-current", "page");
            } else {
                out.element("a", span.label(), "href", "operator?span=" + span.id());
            }
            out.close("li");
        }
        out.close("ul");
        out.element(
                "p", TIME.format(now.atZone(axis.zone())) + ", " + axis.zone().getId(), "class", "quiet");
        out.close("nav");
    }

    // --- figures

    private void figures() {
        PeriodOfUse whole = overview.whole();
        out.open("section", "aria-labelledby", "figures")
                .element("h2", "At a glance", "id", "figures")
                .open("dl", "class", "tiles");
        figure("Page replies", count(whole.replies()), share(whole.failed(), whole.replies(), "failed"));
        figure("People", count(whole.owners()), "who asked on the page");
        long answered = overview.total(REQUESTS, "route=/v1/");
        long refused = overview.total("confab.refused", "reason=");
        figure("API requests", count(answered), count(refused) + " refused in all");
        figure(
                "First text",
                told(whole.secondsToFirst().median(), Unit.SECONDS),
                "95% within " + told(whole.secondsToFirst().slow(), Unit.SECONDS));
        figure(
                "Tokens/s",
                told(whole.tokensPerSecond().median(), Unit.SPEED),
                "95% at least " + told(whole.tokensPerSecond().slow(), Unit.SPEED));
        for (String option : overview.options()) {
            double count = overview.rated(option).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            figure(option, count(Math.round(count)), share(Math.round(count), whole.replies(), "of replies"));
        }
        out.close("dl").close("section");
    }

    private void figure(String name, String value, String note) {
        out.open("div")
                .element("dt", name)
                .open("dd")
                .element("strong", value)
                .element("span", note)
                .close("dd")
                .close("div");
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String told(OptionalDouble value, Unit unit) {
        return value.isPresent() ? unit.format(value.getAsDouble()) : "–";
    }

    private static String share(long part, long whole, String what) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return String.format(Locale.ENGLISH, "%.1f%% %s", percent, what).strip();
    }

    // --- plots

    private void plots() {
        out.open("section", "aria-labelledby", "plots")
                .element("h2", "Over time", "id", "plots")
                .open("div", "class", "plots");
        plot(
                "Traffic",
                Kind.BARS,
                Unit.COUNT,
                new Series(
                        "Replies on the page", 0, use(period -> period.replies() - period.failed() - period.stopped())),
                new Series("Requests to the API", 1, overview.counted(REQUESTS, "route=/v1/")),
                new Series("Failed on the page", 2, use(PeriodOfUse::failed)),
                new Series("Stopped on the page", 3, use(PeriodOfUse::stopped)));
        plot("Time to the first text", Kind.LINES, Unit.SECONDS, typical(PeriodOfUse::secondsToFirst));
        plot("Tokens per second", Kind.LINES, Unit.SPEED, typical(PeriodOfUse::tokensPerSecond));
        plot("People", Kind.BARS, Unit.COUNT, new Series("People on the page", 0, use(PeriodOfUse::owners)));
        plot(
                "Feedback",
                Kind.BARS,
                Unit.COUNT,
                overview.options().stream()
                        .map(option -> new Series(option, colour(option), overview.rated(option)))
                        .toArray(Series[]::new));
        plot(
                "Filters, guards and failures",
                Kind.BARS,
                Unit.COUNT,
                new Series("Filters", 0, overview.counted(INTERVENTIONS, "stage=input", "stage=output")),
                new Series("Guards", 1, overview.counted(INTERVENTIONS, "stage=guard")),
                new Series("Incidents", 2, overview.counted(INTERVENTIONS, "stage=failure")),
                new Series("Fallbacks", 3, overview.counted(REPLIES, "source=fallback")));
        out.close("div").close("section");
    }

    private void plot(String title, Kind kind, Unit unit, Series... series) {
        new Plot(title, kind, axis, unit, List.of(series)).write(out);
    }

    private List<Double> use(ToDoubleFunction<PeriodOfUse> value) {
        return overview.use().stream().map(value::applyAsDouble).toList();
    }

    private Series[] typical(Function<PeriodOfUse, Typical> of) {
        List<Double> median = use(period -> of.apply(period).median().orElse(Double.NaN));
        List<Double> slow = use(period -> of.apply(period).slow().orElse(Double.NaN));
        return new Series[] {new Series("Median", 0, median), new Series("Slowest 5%", 1, slow)};
    }

    private static int colour(String option) {
        return switch (option) {
            case "Like" -> 0;
            case Overview.DISLIKE -> 2;
            default -> 1; // of options of one's own
        };
    }

    // --- the present

    private void present() {
        out.open("section", "aria-labelledby", "now")
                .element("h2", "Now, on this server", "id", "now")
                .open("dl", "class", "tiles");
        figure("Under way", count(overview.underWay()), "requests and replies");
        overview.now().ifPresentOrElse(this::batch, () -> figure("Model", "–", "is being loaded"));
        out.close("dl").close("section");
    }

    private void batch(BatchStatistics now) {
        long prompt = now.promptTokensComputed() + now.promptTokensReused();
        figure("In the batch", count(now.running()), count(now.waiting()) + " wait for it");
        figure(
                "Mean batch size",
                Unit.SPEED.format(now.meanBatchSize()),
                "in " + count(now.steps()) + " passes since the start");
        figure("Reused prompt", share(now.promptTokensReused(), prompt, ""), "of " + count(prompt) + " tokens");
        figure(
                "Memory of chats",
                share(now.keyValueBytes(), now.keyValueCapacity(), ""),
                "of " + (now.keyValueCapacity() >> 20) + " MiB; " + count(now.evictions()) + " forgotten");
        figure("Tokens made", count(now.generatedTokens()), "since the start");
    }

    // --- what people did not like

    private void disliked() {
        out.open("section", "aria-labelledby", "disliked").element("h2", "Most disliked replies", "id", "disliked");
        if (overview.disliked().isEmpty()) {
            out.element("p", "No reply was disliked in this time.", "class", "none");
        } else {
            out.open("ol", "class", "disliked");
            overview.disliked().forEach(this::reply);
            out.close("ol");
        }
        out.close("section");
    }

    private void reply(RatedReply reply) {
        out.open("li")
                .element("blockquote", shortened(reply.text()))
                .element("p", reply.count() == 1 ? "once" : reply.count() + " times", "class", "quiet")
                .open("ul");
        for (RatedReply.Rating rating : reply.ratings()) {
            String address = "operator?conversation=" + rating.conversation();
            out.open("li")
                    .element(
                            "a",
                            "conversation of " + TIME.format(rating.at().atZone(axis.zone())),
                            "href",
                            address + "#rated");
            if (!rating.comment().isEmpty()) {
                out.element("q", rating.comment());
            }
            out.close("li");
        }
        out.close("ul").close("li");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }
}
